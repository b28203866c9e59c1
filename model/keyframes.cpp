// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/keyframes.h"

#include <algorithm>
#include <iterator>

namespace tideline::model {

Keyframes::Keyframes(Engine start, std::int64_t spacing)
    : spacing_(std::max<std::int64_t>(1, spacing))
{
    kept_.reserve(kMost + 1);
    kept_.push_back(std::move(start));
}

void Keyframes::consider(const Engine& engine)
{
    const auto next = std::find_if(kept_.begin(), kept_.end(),
                                   [&](const Engine& kept) { return kept.events() > engine.events(); });
    if (engine.events() - std::prev(next)->events() < spacing_)
        return;
    if (next != kept_.end() && next->events() - engine.events() < spacing_)
        return;
    kept_.insert(next, engine);
    if (kept_.size() > kMost)
        thin();
}

const Engine& Keyframes::atTime(Micros time) const
{
    const auto after =
        std::find_if(kept_.begin() + 1, kept_.end(), [&](const Engine& kept) { return kept.now() > time; });
    return *std::prev(after);
}

const Engine& Keyframes::atEvents(std::int64_t events) const
{
    const auto after = std::find_if(kept_.begin() + 1, kept_.end(),
                                    [&](const Engine& kept) { return kept.events() > events; });
    return *std::prev(after);
}

void Keyframes::dropAfter(const Engine& engine)
{
    const auto another = [&](const Engine& kept) {
        return kept.events() > engine.events() || kept.now() > engine.now() ||
               kept.acts().size() > engine.acts().size();
    };
    kept_.erase(std::remove_if(kept_.begin() + 1, kept_.end(), another), kept_.end());
}

// Drops the one that is missed least: where the gap it leaves is smallest, measured against its distance from
// the newest.
void Keyframes::thin()
{
    std::size_t least = 1;
    const auto gap = [&](std::size_t i) { return kept_[i + 1].events() - kept_[i - 1].events(); };
    const auto distance = [&](std::size_t i) { return kept_.back().events() - kept_[i].events() + spacing_; };
    for (std::size_t i = 2; i + 1 < kept_.size(); ++i) {
        // gap(i) / distance(i) < gap(least) / distance(least); equal means the older one goes
        const double left = static_cast<double>(gap(i)) * static_cast<double>(distance(least));
        const double right = static_cast<double>(gap(least)) * static_cast<double>(distance(i));
        if (left < right)
            least = i;
    }
    kept_.erase(kept_.begin() + static_cast<std::ptrdiff_t>(least));
}

} // namespace tideline::model
