// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes: a range of bytes that somebody else owns, and how the log's integers lie in it (big-endian, as in
// Kafka's protocol).
//
// A record's key, value and header values may be null, which is not the same as empty: NullableBytes. Pure
// functions; any thread.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <type_traits>

namespace tideline {

using Bytes = std::string_view;
using NullableBytes = std::optional<std::string_view>;

namespace detail {

template <class Integer>
constexpr std::make_unsigned_t<Integer> swapped(std::make_unsigned_t<Integer> value)
{
    if constexpr (sizeof(Integer) == 1 || std::endian::native == std::endian::big)
        return value;
    else if constexpr (sizeof(Integer) == 2)
        return __builtin_bswap16(value);
    else if constexpr (sizeof(Integer) == 4)
        return __builtin_bswap32(value);
    else
        return __builtin_bswap64(value);
}

} // namespace detail

// The integer at `at`; all its bytes must be readable.
template <class Integer>
Integer loadBigEndian(const char* at)
{
    std::make_unsigned_t<Integer> raw = 0;
    std::memcpy(&raw, at, sizeof raw);
    return static_cast<Integer>(detail::swapped<Integer>(raw));
}

// Writes the integer to `at` and returns the place after it.
template <class Integer>
char* storeBigEndian(char* at, Integer value)
{
    const auto raw = detail::swapped<Integer>(static_cast<std::make_unsigned_t<Integer>>(value));
    std::memcpy(at, &raw, sizeof raw);
    return at + sizeof raw;
}

} // namespace tideline
