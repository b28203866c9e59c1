// SPDX-License-Identifier: GPL-3.0-or-later
// Varints of record batch v2: zigzag, then groups of seven bits, lowest first, the high bit set while more
// follow.
//
// A varint is a signed 32-bit integer in at most 5 bytes, a varlong a signed 64-bit one in at most 10.
// Reading never looks past `end`. Source: KIP-98, "ByteUtils" of Kafka. Pure functions; any thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace tideline {

inline constexpr std::size_t kMaxVarintBytes = 5;
inline constexpr std::size_t kMaxVarlongBytes = 10;

constexpr std::uint32_t zigzag(std::int32_t value)
{
    return (static_cast<std::uint32_t>(value) << 1) ^ static_cast<std::uint32_t>(value >> 31);
}

constexpr std::uint64_t zigzagLong(std::int64_t value)
{
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int32_t unzigzag(std::uint32_t value)
{
    return static_cast<std::int32_t>((value >> 1) ^ (0U - (value & 1U)));
}

constexpr std::int64_t unzigzagLong(std::uint64_t value)
{
    return static_cast<std::int64_t>((value >> 1) ^ (std::uint64_t{0} - (value & 1U)));
}

namespace detail {

// bits / 7 rounded up, for 1..64 bits, without a division.
constexpr std::size_t groupsOfSeven(std::uint32_t bits)
{
    return (bits * 9 + 64) / 64;
}

} // namespace detail

// Bytes that the encoding takes: 1..5.
constexpr std::size_t varintSize(std::int32_t value)
{
    return detail::groupsOfSeven(static_cast<std::uint32_t>(std::bit_width(zigzag(value) | 1U)));
}

// Bytes that the encoding takes: 1..10.
constexpr std::size_t varlongSize(std::int64_t value)
{
    return detail::groupsOfSeven(static_cast<std::uint32_t>(std::bit_width(zigzagLong(value) | 1U)));
}

// Writes seven bits a byte and returns the place after them.
inline char* putUnsignedVarlong(char* at, std::uint64_t value)
{
    while (value >= 0x80) {
        *at++ = static_cast<char>(value | 0x80);
        value >>= 7;
    }
    *at++ = static_cast<char>(value);
    return at;
}

inline char* putVarint(char* at, std::int32_t value)
{
    return putUnsignedVarlong(at, zigzag(value));
}

inline char* putVarlong(char* at, std::int64_t value)
{
    return putUnsignedVarlong(at, zigzagLong(value));
}

enum class VarintRead : std::uint8_t {
    Done,
    CutOff, // the bytes end within the number
    TooLong // the last possible byte still says that more follow
};

// Reads from `at` and moves it past the number; leaves both alone when it is not Done.
template <class Unsigned, std::size_t MaxBytes>
inline VarintRead getUnsigned(const char*& at, const char* end, Unsigned& value)
{
    if (at == end)
        return VarintRead::CutOff;
    auto byte = static_cast<unsigned char>(*at);
    if (byte < 0x80) { // by far the most common
        value = byte;
        ++at;
        return VarintRead::Done;
    }
    Unsigned result = byte & 0x7fU;
    const char* next = at + 1;
    for (std::size_t i = 1; i < MaxBytes; ++i) {
        if (next == end)
            return VarintRead::CutOff;
        byte = static_cast<unsigned char>(*next++);
        result |= static_cast<Unsigned>(byte & 0x7fU)
                  << (7 * i); // bits beyond the width fall off, as in Kafka
        if (byte < 0x80) {
            value = result;
            at = next;
            return VarintRead::Done;
        }
    }
    return VarintRead::TooLong;
}

inline VarintRead getVarint(const char*& at, const char* end, std::int32_t& value)
{
    std::uint32_t raw = 0;
    const VarintRead read = getUnsigned<std::uint32_t, kMaxVarintBytes>(at, end, raw);
    if (read == VarintRead::Done)
        value = unzigzag(raw);
    return read;
}

inline VarintRead getVarlong(const char*& at, const char* end, std::int64_t& value)
{
    std::uint64_t raw = 0;
    const VarintRead read = getUnsigned<std::uint64_t, kMaxVarlongBytes>(at, end, raw);
    if (read == VarintRead::Done)
        value = unzigzagLong(raw);
    return read;
}

} // namespace tideline
