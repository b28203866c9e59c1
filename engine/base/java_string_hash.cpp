// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/java_string_hash.h"

#include <cstddef>

namespace tideline {
namespace {

constexpr std::uint32_t kJavaPrime = 31;

// Code point at `at`, which moves past it; malformed bytes count as themselves.
std::uint32_t nextCodePoint(std::string_view utf8, std::size_t& at)
{
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(utf8[i]));
    };
    const std::uint32_t lead = byte(at);
    const std::size_t length = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 1 || at + length > utf8.size()) {
        ++at;
        return lead;
    }
    std::uint32_t point = lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        point = point << 6 | (byte(at + i) & 0x3f);
    at += length;
    return point;
}

} // namespace

std::int32_t javaStringHash(std::string_view utf8)
{
    std::uint32_t hash = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::uint32_t point = nextCodePoint(utf8, at);
        if (point >= 0x10000) { // two UTF-16 units
            hash = hash * kJavaPrime + (0xd800 + ((point - 0x10000) >> 10));
            hash = hash * kJavaPrime + (0xdc00 + ((point - 0x10000) & 0x3ff));
        } else {
            hash = hash * kJavaPrime + point;
        }
    }
    return static_cast<std::int32_t>(hash);
}

} // namespace tideline
