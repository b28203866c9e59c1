// SPDX-License-Identifier: GPL-3.0-or-later
// shownIndexes: which of many things a frame shows: the first ones, and what a person has selected in place
// of the last, so that what is selected is always there. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tideline {

// Indexes below `count`, ascending, at most `most` (>= 1) of them; `selected` may be none of them.
inline std::vector<std::int32_t> shownIndexes(std::size_t count, std::size_t most, std::int32_t selected)
{
    std::vector<std::int32_t> shown;
    for (std::size_t i = 0; i < count && i < most; ++i)
        shown.push_back(static_cast<std::int32_t>(i));
    if (selected >= 0 && static_cast<std::size_t>(selected) >= most &&
        static_cast<std::size_t>(selected) < count)
        shown.back() = selected;
    return shown;
}

} // namespace tideline
