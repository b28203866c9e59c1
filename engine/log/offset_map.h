// SPDX-License-Identifier: GPL-3.0-or-later
// OffsetMap: the last offset of each key in the dirty part of a log, as far as the cleaner's memory goes
// (Kafka's SkimpyOffsetMap, but with the keys themselves instead of their MD5).
//
// Nine tenths of the slots are used. The map keeps copies of the keys: those of a compressed batch are gone
// with its reader. One thread at a time.
#pragma once

#include "engine/base/ids.h"
#include "engine/log/bytes.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string>

namespace tideline {

class OffsetMap
{
public:
    explicit OffsetMap(std::int64_t slots)
        : capacity_(slots * 9 / 10)
    {}

    // False when the map is full, even if it has the key: nothing is noted any more.
    bool put(Bytes key, Offset offset);
    // Everything up to here is in the map, or has no key.
    void seen(Offset offset) { latest_ = std::max(latest_, offset); }

    // The last offset that the map knows; -1 when there is none.
    Offset latestOffset() const { return latest_; }
    // Whether a later record has the key.
    bool hasLater(Bytes key, Offset offset) const;

private:
    std::int64_t capacity_;
    std::map<std::string, Offset, std::less<>> offsets_;
    Offset latest_ = kUnknownOffset;
};

} // namespace tideline
