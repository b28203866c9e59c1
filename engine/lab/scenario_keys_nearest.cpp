// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_keys_nearest.h"

#include <algorithm>
#include <array>
#include <limits>

namespace tideline {

namespace {

constexpr std::size_t kLongestQuote = 60;
constexpr std::size_t kComparedBytes = 64;

// Length of the well-formed UTF-8 sequence that text begins with, 0 when there is none. Surrogates and
// overlong forms are left to the JSON parser, which has refused them before.
std::size_t sequenceLength(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xc2 ? 0
                               : lead < 0xe0 ? 2
                               : lead < 0xf0 ? 3
                               : lead < 0xf5 ? 4
                                             : 0;
    if (length == 0 || length > text.size())
        return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80)
            return 0;
    }
    return length;
}

template <class Name>
std::string_view nearest(std::string_view name, std::span<const Name> candidates)
{
    std::string_view best;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const Name& candidate : candidates) {
        const std::size_t distance = editDistance(name, candidate);
        if (distance < least) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

} // namespace

std::string inQuotes(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty()) {
        if (out.size() > kLongestQuote)
            return out + "...\"";
        const std::size_t length = sequenceLength(text);
        const auto byte = static_cast<unsigned char>(text.front());
        if (length == 0 || byte < 0x20 || byte == 0x7f)
            out += '?';
        else
            out += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out + "\"";
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    a = a.substr(0, kComparedBytes);
    b = b.substr(0, kComparedBytes);
    // Three rows of the usual table: two back (for swaps), one back, and the one being filled.
    using Row = std::array<std::size_t, kComparedBytes + 1>;
    Row before{};
    Row above{};
    Row row{};
    for (std::size_t j = 0; j <= b.size(); ++j)
        above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before = above;
        above = row;
    }
    return above[b.size()];
}

std::string_view nearestName(std::string_view name, std::span<const std::string_view> candidates)
{
    return nearest(name, candidates);
}

std::string_view nearestName(std::string_view name, std::span<const std::string> candidates)
{
    return nearest(name, candidates);
}

} // namespace tideline
