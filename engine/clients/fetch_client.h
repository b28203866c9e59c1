// SPDX-License-Identifier: GPL-3.0-or-later
// FetchClient: the fetching half of a consumer: positions, what is buffered, and what to ask which broker
// for.
//
// 1. One request is under way per broker; partitions with unread buffered batches are left out.
// 2. A partition that returned data goes to the back of the order, so that none starves.
// 3. The position is the next offset that poll() hands out; buffered batches lie at or after it. It skips
// offsets that compaction took.
// 4. A partition is fetched from its leader, or from the replica that the leader has named (KIP-392), until
// that has been so for metadata.max.age.ms, another leader is known, or the replica fails or is gone.
// Part of a consumer's or a pipeline's actor; it only builds requests and takes answers.
#pragma once

#include "engine/base/fields.h"
#include "engine/clients/client_metadata.h"
#include "engine/cluster/message.h"
#include "engine/log/record_batch_reader.h"

#include <optional>
#include <vector>

namespace tideline {

struct FetchLimits
{
    Micros maxWait = 500'000;                   // fetch.max.wait.ms
    std::int32_t minBytes = 1;                  // fetch.min.bytes
    std::int32_t maxBytes = 52'428'800;         // fetch.max.bytes
    std::int32_t maxPartitionBytes = 1'048'576; // max.partition.fetch.bytes
    std::string rack = {};                      // client.rack; empty: none
};

// Records [offset, offset + records) of one batch, as poll() hands them out.
struct PolledSlice
{
    PartitionIndex partition = 0;
    LogBatch batch;
    Offset offset = 0;
    std::int32_t records = 0; // offsets: compaction may have taken some of their records
    TIDELINE_FIELDS(PolledSlice, partition, batch, offset, records)
};

class FetchClient
{
public:
    struct Partition
    {
        PartitionIndex index = 0;
        Offset position = kUnknownOffset; // unknown: to be found by committed offset or reset
        Offset asked = kUnknownOffset;    // position that the last request for it was from
        Offset highWatermark = kUnknownOffset;
        std::vector<LogBatch> buffered; // from `next` on
        std::size_t next = 0;
        bool needsReset = false;
        LeaderEpoch askedEpoch = -1;       // leader epoch that the last request for it named
        BrokerId preferred = kNone;        // preferred read replica; kNone: the leader
        Micros preferredUntil = 0;         // the leader is asked again after this time
        LeaderEpoch preferredInEpoch = -1; // whose leader has named it
        TIDELINE_FIELDS(Partition, index, position, asked, highWatermark, buffered, next, needsReset,
                        askedEpoch, preferred, preferredUntil, preferredInEpoch)
        bool hasBuffered() const { return next < buffered.size(); }
    };

    void assign(const std::vector<PartitionIndex>& partitions);
    // One more partition; `instead` of one that is there, which is forgotten, or kNone.
    void add(PartitionIndex partition, PartitionIndex instead, Offset position);
    void clear();
    void setPosition(PartitionIndex partition, Offset offset);
    void requestReset(PartitionIndex partition);

    // Partitions without a position, or that must be reset.
    std::vector<PartitionIndex> withoutPosition() const;
    std::vector<PartitionOffset> positions() const; // those that are known
    const std::vector<Partition>& partitions() const { return partitions_; }

    // What to ask now, by broker. Marks the brokers as asked. `oldMetadata` is set when a partition has no
    // leader, or its preferred replica is not there.
    std::vector<std::pair<BrokerId, FetchRequest>>
    requests(const ClientMetadata& metadata, const FetchLimits& limits, Micros now, bool& oldMetadata);
    // Takes an answer; a replica that it prefers is read from until `preferredUntil`. Returns true when
    // metadata should be refreshed. Errors that say the offset is gone mark a reset.
    bool onResponse(BrokerId broker, const FetchResponse& response, Micros preferredUntil = kNever);
    void onLost(BrokerId broker);

    // Up to maxRecords records, partition by partition; moves the positions.
    std::vector<PolledSlice> poll(std::int64_t maxRecords);
    bool hasBuffered() const;

    TIDELINE_FIELDS(FetchClient, partitions_, asked_)

private:
    Partition* find(PartitionIndex partition);
    static BrokerId readReplica(Partition& partition, const ClientMetadata& metadata, Micros now,
                                bool& oldMetadata);

    std::vector<Partition> partitions_; // in the order in which they are asked for and polled
    std::vector<BrokerId> asked_;       // brokers with a request under way
};

} // namespace tideline
