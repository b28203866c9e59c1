// SPDX-License-Identifier: GPL-3.0-or-later
// Ledger: what was produced, acknowledged and delivered, record by record, kept as ranges of record numbers.
//
// It is fed only by what clients saw (producer callbacks, processed polls) and never asks a broker, so that
// it can tell when brokers lost something. A record is lost to a group when it was acknowledged at an offset,
// the group has read past that offset, and has not been given the record. What lay before a group's first
// position, and what auto.offset.reset skipped, is not its concern, and what was deleted with its topic is
// counted apart. The one thing that brokers say is what they removed by rule: such a record is expired, not
// lost. A value; copies share until written.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/cluster/effects.h"
#include "engine/lab/frame.h"
#include "engine/lab/record_ranges.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace tideline {

// A range of records of one producer and partition.
struct LedgerRange
{
    PartitionIndex partition = 0;
    ProducerIndex producer = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    bool expired = false; // removed by a broker by rule; else lost
};

class Ledger
{
public:
    // `partitionsOf`: which partitions each group reads.
    explicit Ledger(std::vector<std::vector<PartitionIndex>> partitionsOf = {});

    void produced(const RecordsProduced& what);
    void moved(const RecordsMoved& what);
    void failed(const RecordsFailed& what);
    // Returns what turns out to be lost or expired, group by group.
    void acknowledged(const RecordsAcknowledged& what, std::vector<std::pair<GroupIndex, LedgerRange>>& lost);
    void delivered(GroupIndex group, const RecordsDelivered& what, std::vector<LedgerRange>& again,
                   std::vector<LedgerRange>& lost);
    // A broker took these out of its log: retention, compaction, an administrator.
    void removed(const RecordsRemoved& what);
    // The group goes on at `to` instead of `from` (auto.offset.reset); what it skips of its own will is not
    // its concern. Returns what it can no longer get.
    void reset(GroupIndex group, PartitionIndex partition, Offset from, Offset to, bool ownWill,
               std::vector<LedgerRange>& lost);
    // The group begins at this offset of a partition: what lies before is not for it.
    void begins(GroupIndex group, PartitionIndex partition, Offset offset);
    // There is a new partition that the group reads.
    void reads(GroupIndex group, PartitionIndex partition);
    // Its topic was deleted, with every record in it.
    void partitionDeleted(PartitionIndex partition);

    LedgerNumbers numbers(GroupIndex group) const;

    struct AckRun // acknowledged records in a row, offsets and numbers both
    {
        RecordNumber firstK = 0;
        std::int32_t records = 0;
        Offset offset = 0;
        TIDELINE_FIELDS(AckRun, firstK, records, offset)
    };
    struct Stream // one producer and partition
    {
        std::int64_t produced = 0, acknowledged = 0, failed = 0;
        std::vector<AckRun> waiting; // by offset; not yet judged by every group
        RecordRanges removed;        // by a broker, by rule
        TIDELINE_FIELDS(Stream, produced, acknowledged, failed, waiting, removed)
    };
    struct Delivery // one group, producer and partition
    {
        RecordRanges ranges;
        RecordRanges lost;   // or expired, or skipped
        Offset judgedTo = 0; // runs below this offset are judged
        TIDELINE_FIELDS(Delivery, ranges, lost, judgedTo)
    };
    struct GroupBook
    {
        std::map<PartitionIndex, Offset> begin;    // first offset that concerns the group
        std::map<PartitionIndex, Offset> position; // it has read up to here
        std::map<PartitionIndex, std::vector<std::pair<Offset, Offset>>> skipped; // by auto.offset.reset
        std::map<std::pair<PartitionIndex, ProducerIndex>, Delivery> deliveries;
        std::int64_t distinct = 0, repeatedRecords = 0, repeats = 0, lost = 0, before = 0;
        std::int64_t expired = 0, deleted = 0;
        TIDELINE_FIELDS(GroupBook, begin, position, skipped, deliveries, distinct, repeatedRecords, repeats,
                        lost, before, expired, deleted)
    };
    TIDELINE_FIELDS(Ledger, streams_, groups_, deleted_)

private:
    using StreamKey = std::pair<PartitionIndex, ProducerIndex>;
    void judge(GroupIndex group, const StreamKey& key, Offset upTo, std::vector<LedgerRange>& lost);
    void judgeAll(GroupIndex group, PartitionIndex partition, Offset upTo, std::vector<LedgerRange>& lost);
    void deletedUnread(GroupIndex group, const StreamKey& key);
    bool isRead(GroupIndex group, PartitionIndex partition) const;

    // By group, ascending; those of deleted topics included. Follows from the facts.
    std::vector<std::vector<PartitionIndex>> partitionsOf_;
    std::map<StreamKey, Cow<Stream>> streams_;
    std::vector<Cow<GroupBook>> groups_;
    std::set<PartitionIndex> deleted_;
};

} // namespace tideline
