// SPDX-License-Identifier: GPL-3.0-or-later
// WindowHistory: the totals of windows that are gone, by ascending start; the oldest are forgotten above a
// limit.
//
// Kept in copy-on-write pages of at most 64 windows; whole pages are forgotten at a time. A value; one thread
// at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/stream/window_totals.h"

#include <cstddef>
#include <vector>

namespace tideline {

class WindowHistory
{
public:
    static constexpr std::size_t kPageSize = 64;
    static constexpr std::size_t kWindowsKept = 4096;

    // A window that was not in it.
    void add(const WindowTotals& totals);
    // Counts a dropped record for a window that is gone, which may never have existed. Not kept when the
    // window is forgotten.
    void addDropped(const TimeWindow& window);

    std::size_t size() const { return size_; }
    // Windows that start at or before this are forgotten; kMinMillis when none is.
    Millis forgottenUpTo() const { return forgottenUpTo_; }

    // visit(const WindowTotals&) by ascending start, for windows with start >= from.
    template <class Visit>
    void forEach(Millis from, Visit&& visit) const
    {
        for (std::size_t page = pageOf(from); page < pages_.size(); ++page)
            for (const WindowTotals& totals : pages_[page].read())
                if (totals.window.start >= from)
                    visit(totals);
    }

    bool operator==(const WindowHistory&) const = default;
    TIDELINE_FIELDS(WindowHistory, pages_, size_, forgottenUpTo_)

private:
    using Page = std::vector<WindowTotals>;

    // The page in which a window of this start is, or belongs.
    std::size_t pageOf(Millis start) const;
    void insert(std::size_t page, std::size_t position, const WindowTotals& totals);
    void forgetOldest();

    std::vector<Cow<Page>> pages_;
    std::size_t size_ = 0;
    Millis forgottenUpTo_ = kMinMillis;
};

} // namespace tideline
