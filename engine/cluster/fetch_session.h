// SPDX-License-Identifier: GPL-3.0-or-later
// FetchSession and Fetcher: the two ends of one follower's fetching from one leader (KIP-227).
//
// There is one fetch under way per pair of brokers, not one per partition: the follower names only what
// changed since its last request, the leader answers only what is new. The leader's end keeps a list of dirty
// partitions, so that an idle pair costs nothing per partition. Plain values inside the broker's actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/message.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace tideline {

// The leader's end.
struct FetchSession
{
    struct Part
    {
        PartitionIndex partition = 0;
        Offset fetchOffset = 0; // what the follower asked for last
        LeaderEpoch currentEpoch = 0;
        LeaderEpoch lastFetchedEpoch = -1;
        Offset segment = 0;            // base offset of the one in which the fetch offset lay then
        Offset sentHighWatermark = -1; // what it was told last
        Offset sentLogStart = 0;       // likewise
        bool dirty = false;            // there may be something new
        TIDELINE_FIELDS(Part, partition, fetchOffset, currentEpoch, lastFetchedEpoch, segment,
                        sentHighWatermark, sentLogStart, dirty)
    };

    bool open = false;
    Micros lastFetch = 0;
    std::vector<Part> parts; // by partition
    std::vector<PartitionIndex> dirty;
    std::vector<PartitionIndex> lookAgain; // where it may join the ISR with its next fetch
    std::optional<ReplyTo> parked;         // waits for data
    std::int64_t waits = 0; // counts the waits, so that an old timer is told from the present one

    Part* find(PartitionIndex partition)
    {
        const auto at = lowerBound(partition);
        return at != parts.end() && at->partition == partition ? &*at : nullptr;
    }
    Part& findOrAdd(PartitionIndex partition)
    {
        const auto at = lowerBound(partition);
        if (at != parts.end() && at->partition == partition)
            return *at;
        Part part;
        part.partition = partition;
        return *parts.insert(at, part);
    }
    void forget(PartitionIndex partition)
    {
        std::erase_if(parts, [partition](const Part& part) { return part.partition == partition; });
    }
    void mark(Part& part)
    {
        if (part.dirty)
            return;
        part.dirty = true;
        dirty.push_back(part.partition);
    }
    TIDELINE_FIELDS(FetchSession, open, lastFetch, parts, dirty, lookAgain, parked, waits)

private:
    std::vector<Part>::iterator lowerBound(PartitionIndex partition)
    {
        return std::lower_bound(
            parts.begin(), parts.end(), partition,
            [](const Part& part, PartitionIndex wanted) { return part.partition < wanted; });
    }
};

// The follower's end.
struct Fetcher
{
    std::vector<PartitionIndex> partitions; // followed from this leader, ascending
    std::vector<PartitionIndex> changed;    // to be named in the next request
    std::vector<PartitionIndex> forgotten;
    std::vector<PartitionIndex>
        throttled;        // of `partitions`: not asked for until the quota lets them (KIP-73)
    bool fullNext = true; // the session begins anew
    bool inFlight = false;
    Micros notBefore = 0;  // back-off after an error
    Micros looksAgain = 0; // when the quota is asked again

    void add(PartitionIndex partition)
    {
        const auto at = std::lower_bound(partitions.begin(), partitions.end(), partition);
        if (at == partitions.end() || *at != partition)
            partitions.insert(at, partition);
        std::erase(forgotten, partition);
        touch(partition);
    }
    void remove(PartitionIndex partition)
    {
        if (std::erase(partitions, partition) > 0)
            forgotten.push_back(partition);
        std::erase(changed, partition);
        std::erase(throttled, partition);
    }
    void touch(PartitionIndex partition)
    {
        if (std::find(changed.begin(), changed.end(), partition) == changed.end())
            changed.push_back(partition);
    }
    TIDELINE_FIELDS(Fetcher, partitions, changed, forgotten, throttled, fullNext, inFlight, notBefore,
                    looksAgain)
};

} // namespace tideline
