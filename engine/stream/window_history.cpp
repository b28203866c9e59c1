// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/window_history.h"

#include <algorithm>

namespace tideline {

namespace {

std::size_t positionOf(const std::vector<WindowTotals>& page, Millis start)
{
    const auto before = [](const WindowTotals& totals, Millis value) { return totals.window.start < value; };
    return static_cast<std::size_t>(std::lower_bound(page.begin(), page.end(), start, before) - page.begin());
}

} // namespace

void WindowHistory::add(const WindowTotals& totals)
{
    if (totals.window.start <= forgottenUpTo_ && forgottenUpTo_ != kMinMillis)
        return;
    const std::size_t page = pageOf(totals.window.start);
    insert(page, page < pages_.size() ? positionOf(pages_[page].read(), totals.window.start) : 0, totals);
}

void WindowHistory::addDropped(const TimeWindow& window)
{
    if (window.start <= forgottenUpTo_ && forgottenUpTo_ != kMinMillis)
        return;
    const std::size_t page = pageOf(window.start);
    if (page < pages_.size()) {
        const std::size_t position = positionOf(pages_[page].read(), window.start);
        if (position < pages_[page].read().size() && pages_[page].read()[position].window == window) {
            ++pages_[page].edit()[position].dropped;
            return;
        }
    }
    WindowTotals totals;
    totals.window = window;
    totals.phase = WindowPhase::Cleaned;
    totals.dropped = 1;
    add(totals);
}

std::size_t WindowHistory::pageOf(Millis start) const
{
    // The last page that begins at or before the start; the first one when none does.
    const auto after = [](Millis value, const Cow<Page>& page) {
        return value < page.read().front().window.start;
    };
    const auto found = std::upper_bound(pages_.begin(), pages_.end(), start, after);
    return found == pages_.begin() ? 0 : static_cast<std::size_t>(found - pages_.begin()) - 1;
}

void WindowHistory::insert(std::size_t page, std::size_t position, const WindowTotals& totals)
{
    ++size_;
    const bool atTheEnd = page + 1 == pages_.size() && position == pages_[page].read().size();
    if (pages_.empty() || (atTheEnd && position == kPageSize)) {
        pages_.emplace_back(Page{totals}); // the usual case leaves full pages behind
        forgetOldest();
        return;
    }
    Page& windows = pages_[page].edit();
    windows.insert(windows.begin() + static_cast<std::ptrdiff_t>(position), totals);
    if (windows.size() <= kPageSize)
        return;
    const auto middle = windows.begin() + kPageSize / 2;
    Page upper(middle, windows.end());
    windows.erase(middle, windows.end());
    pages_.insert(pages_.begin() + static_cast<std::ptrdiff_t>(page) + 1, Cow<Page>(std::move(upper)));
    forgetOldest();
}

void WindowHistory::forgetOldest()
{
    while (size_ > kWindowsKept) {
        const Page& oldest = pages_.front().read();
        forgottenUpTo_ = oldest.back().window.start;
        size_ -= oldest.size();
        pages_.erase(pages_.begin());
    }
}

} // namespace tideline
