// SPDX-License-Identifier: GPL-3.0-or-later
// Java's String.hashCode(), by which Kafka spreads groups over __consumer_offsets and a Java client holds its
// partitions.
//
// It counts in UTF-16 units and wraps at 32 bits. A pure function; any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace tideline {

// Of a text in UTF-8; a malformed byte counts as the character with its number.
std::int32_t javaStringHash(std::string_view utf8);

} // namespace tideline
