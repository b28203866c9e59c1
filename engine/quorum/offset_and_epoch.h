// SPDX-License-Identifier: GPL-3.0-or-later
// OffsetAndEpoch: a place in a quorum's log: the offset behind a record, and the epoch of that record. A
// plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"

namespace tideline {

struct OffsetAndEpoch
{
    Offset offset = 0;
    LeaderEpoch epoch = 0;
    // Which log knows more: the epoch counts first (Raft, 5.4.1).
    bool isUpToDateWith(const OffsetAndEpoch& other) const
    {
        return epoch != other.epoch ? epoch > other.epoch : offset >= other.offset;
    }
    TIDELINE_FIELDS(OffsetAndEpoch, offset, epoch)
};

} // namespace tideline
