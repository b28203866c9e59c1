// SPDX-License-Identifier: GPL-3.0-or-later
// WatermarkMultiplexer: merges the watermarks of the splits (partitions) that one source reads.
//
// Out goes the minimum over splits that are not idle, never decreasing; when all are idle, the maximum over
// all of them is flushed and the source turns idle. An immediate update is merged at once, a deferred one at
// the next periodic emission. Unregistering a split takes effect at the next merge. Source: Flink 2.3.0
// WatermarkOutputMultiplexer, CombinedWatermarkStatus. Splits are walked in the order of their registration.
// A plain value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace tideline::flink {

using SplitId = std::uint32_t;

class WatermarkMultiplexer
{
public:
    // False when there is an output of this id already.
    bool registerOutput(SplitId id)
    {
        if (find(id))
            return false;
        partials_.push_back({id, kMinMillis, false});
        return true;
    }

    bool unregisterOutput(SplitId id)
    {
        return std::erase_if(partials_, [id](const Partial& partial) { return partial.id == id; }) != 0;
    }

    bool isRegistered(SplitId id) const { return find(id) != nullptr; }
    bool empty() const { return partials_.empty(); }

    // Updates of a registered split; `output` is what the merged watermark goes to. A watermark makes its
    // split active.
    template <class Output>
    void emitImmediate(SplitId id, Millis watermark, Output&& output)
    {
        if (setWatermark(id, watermark))
            merge(output);
    }
    void emitDeferred(SplitId id, Millis watermark) { setWatermark(id, watermark); }

    template <class Output>
    void setIdleImmediate(SplitId id, bool idle, Output&& output)
    {
        setIdleDeferred(id, idle);
        merge(output);
    }
    void setIdleDeferred(SplitId id, bool idle) { find(id)->idle = idle; }

    // The periodic emission: merges what has changed.
    template <class Output>
    void merge(Output&& output)
    {
        if (partials_.empty())
            return;
        const bool allIdle =
            std::all_of(partials_.begin(), partials_.end(), [](const Partial& p) { return p.idle; });
        const Millis merged = allIdle ? maximum() : minimumOfActive();
        if (merged > combined_) {
            combined_ = merged;
            output.emitWatermark(merged);
        }
        if (allIdle)
            output.markIdle();
    }

    // The merged watermark; kMinMillis before the first.
    Millis combined() const { return combined_; }
    // The watermark of one split, idle or not.
    std::optional<Millis> watermark(SplitId id) const
    {
        const Partial* partial = find(id);
        return partial ? std::optional(partial->watermark) : std::nullopt;
    }

    bool isIdle(SplitId id) const
    {
        const Partial* partial = find(id);
        return partial && partial->idle;
    }

    bool operator==(const WatermarkMultiplexer&) const = default;
    TIDELINE_FIELDS(WatermarkMultiplexer, partials_, combined_)

private:
    struct Partial
    {
        SplitId id = 0;
        Millis watermark = kMinMillis;
        bool idle = false;

        bool operator==(const Partial&) const = default;
        TIDELINE_FIELDS(Partial, id, watermark, idle)
    };

    const Partial* find(SplitId id) const
    {
        // Splits are usually numbered in the order of their registration.
        if (id < partials_.size() && partials_[id].id == id)
            return &partials_[id];
        const auto found = std::find_if(partials_.begin(), partials_.end(),
                                        [id](const Partial& partial) { return partial.id == id; });
        return found == partials_.end() ? nullptr : &*found;
    }
    Partial* find(SplitId id) { return const_cast<Partial*>(std::as_const(*this).find(id)); }

    // True when the merged watermark may have changed.
    bool setWatermark(SplitId id, Millis watermark)
    {
        Partial& partial = *find(id);
        partial.idle = false;
        if (watermark <= partial.watermark)
            return false;
        partial.watermark = watermark;
        return true;
    }

    Millis minimumOfActive() const
    {
        Millis minimum = kMaxMillis;
        for (const Partial& partial : partials_)
            minimum = partial.idle ? minimum : std::min(minimum, partial.watermark);
        return minimum;
    }

    Millis maximum() const
    {
        Millis maximum = kMinMillis;
        for (const Partial& partial : partials_)
            maximum = std::max(maximum, partial.watermark);
        return maximum;
    }

    std::vector<Partial> partials_;
    Millis combined_ = kMinMillis;
};

} // namespace tideline::flink
