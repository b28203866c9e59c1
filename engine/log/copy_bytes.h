// SPDX-License-Identifier: GPL-3.0-or-later
// copyBytes: memcpy for the short fields of a record, whose sizes the compiler does not know.
//
// A call of memcpy costs more than copying a key or a value of 100 bytes; blocks of fixed size, the last one
// overlapping, need none. A pure function; any thread.
#pragma once

#include <cstddef>
#include <cstring>

namespace tideline {

namespace detail {

// Two blocks that overlap as needed; Size <= count <= 2 * Size.
template <std::size_t Size>
inline char* copyOverlapping(char* to, const char* from, std::size_t count)
{
    std::memcpy(to, from, Size);
    std::memcpy(to + count - Size, from + count - Size, Size);
    return to + count;
}

} // namespace detail

// Copies `count` bytes between ranges that do not overlap, and returns the end of what was written. `from`
// may be null for 0.
inline char* copyBytes(char* to, const char* from, std::size_t count)
{
    constexpr std::size_t kBlock = 32;
    constexpr std::size_t kLongest = 256;
    if (count > kLongest) {
        std::memcpy(to, from, count);
        return to + count;
    }
    if (count >= kBlock) {
        std::size_t done = 0;
        for (; done + kBlock <= count; done += kBlock)
            std::memcpy(to + done, from + done, kBlock);
        std::memcpy(to + count - kBlock, from + count - kBlock, kBlock);
        return to + count;
    }
    if (count >= 16)
        return detail::copyOverlapping<16>(to, from, count);
    if (count >= 8)
        return detail::copyOverlapping<8>(to, from, count);
    if (count >= 4)
        return detail::copyOverlapping<4>(to, from, count);
    for (; count > 0; --count)
        *to++ = *from++;
    return to;
}

} // namespace tideline
