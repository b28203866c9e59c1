// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/quorum/snapshot_retention.h"

namespace tideline {

namespace {

std::int64_t bytesOf(const RaftLog& log)
{
    std::int64_t sum = log.bytes();
    for (const RaftSnapshot& snapshot : log.snapshots())
        sum += snapshot.bytes;
    return sum;
}

bool mayGo(const RaftLog& log, const QuorumConfig& config, Micros now)
{
    const bool tooLarge = config.retentionBytes >= 0 && bytesOf(log) > config.retentionBytes;
    const bool tooOld =
        config.retentionTime >= 0 && now - log.snapshots().front().made > config.retentionTime;
    return tooLarge || tooOld;
}

} // namespace

bool retainSnapshots(RaftLog& log, const QuorumConfig& config, Micros now)
{
    bool moved = false;
    while (log.snapshots().size() >= 2 && mayGo(log, config, now)) {
        const OffsetAndEpoch next = log.snapshots()[1].id;
        if (!log.deleteBeforeSnapshot(next))
            break;
        moved = true;
    }
    return moved;
}

} // namespace tideline
