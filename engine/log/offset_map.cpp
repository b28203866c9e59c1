// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/offset_map.h"

namespace tideline {

bool OffsetMap::put(Bytes key, Offset offset)
{
    if (static_cast<std::int64_t>(offsets_.size()) >= capacity_)
        return false;
    const auto found = offsets_.find(key);
    if (found == offsets_.end())
        offsets_.emplace(key, offset);
    else
        found->second = offset;
    latest_ = offset;
    return true;
}

bool OffsetMap::hasLater(Bytes key, Offset offset) const
{
    const auto found = offsets_.find(key);
    return found != offsets_.end() && offset < found->second;
}

} // namespace tideline
