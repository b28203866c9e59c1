// SPDX-License-Identifier: GPL-3.0-or-later
// jsonHundredths: the number behind a field of a flat JSON value, in hundredths, without building a document
// for each record.
//
// Exact decimal arithmetic: what lies beyond the second decimal is cut off. A value without the field, or
// with something else than a number behind it, counts as 0. Pure; any thread.
#pragma once

#include "engine/log/bytes.h"

#include <cstdint>
#include <string>

namespace tideline {

inline std::int64_t jsonHundredths(Bytes json, const std::string& fieldName)
{
    std::size_t at = 0;
    while ((at = json.find(fieldName, at)) != Bytes::npos) {
        const std::size_t after = at + fieldName.size();
        if (at > 0 && json[at - 1] == '"' && after < json.size() && json[after] == '"')
            break;
        at = after;
    }
    if (at == Bytes::npos)
        return 0;
    at += fieldName.size() + 1;
    while (at < json.size() && (json[at] == ' ' || json[at] == ':'))
        ++at;
    const bool negative = at < json.size() && json[at] == '-';
    if (negative)
        ++at;
    // A tenth of what fits, so that a digit more cannot overflow.
    constexpr std::int64_t kLargest = 90'000'000'000'000'000;
    std::int64_t value = 0;
    for (; at < json.size() && json[at] >= '0' && json[at] <= '9' && value < kLargest / 100; ++at)
        value = value * 10 + (json[at] - '0');
    int decimals = 0;
    if (at < json.size() && json[at] == '.') {
        for (++at; decimals < 2 && at < json.size() && json[at] >= '0' && json[at] <= '9'; ++at, ++decimals)
            value = value * 10 + (json[at] - '0');
    }
    for (; decimals < 2; ++decimals)
        value *= 10;
    return negative ? -value : value;
}

} // namespace tideline
