// SPDX-License-Identifier: GPL-3.0-or-later
// How a sentence names what somebody wrote, and what they may have meant.
//
// Pure functions; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tideline {

// The text in double quotes, on one line, with control characters and broken UTF-8 made visible and shortened
// to about 60 bytes.
std::string inQuotes(std::string_view text);

// Number of single-character insertions, deletions, replacements and swaps of neighbours between two names
// (optimal string alignment). Only the first 64 bytes of each count, so that a hostile name costs little.
std::size_t editDistance(std::string_view a, std::string_view b);

// The candidate with the least edit distance, the first of equals; empty when there is no candidate.
std::string_view nearestName(std::string_view name, std::span<const std::string_view> candidates);
std::string_view nearestName(std::string_view name, std::span<const std::string> candidates);

} // namespace tideline
