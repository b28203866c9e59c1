// SPDX-License-Identifier: GPL-3.0-or-later
// GroupCoordinator: the groups whose __consumer_offsets partition a broker leads, and their committed
// offsets.
//
// 1. What it must remember it writes as records to that partition and has replicated (acks=all) before it
// takes effect and is answered.
// 2. A new leader of the partition reads the log and goes on: members keep their ids and generation, nothing
// rebalances.
// 3. Offsets of partitions whose topic has been deleted are deleted, too.
// The broker carries out the writes (takeWrites) and reports their end (stored). Part of the
// broker's actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/clients/classic_group.h"
#include "engine/clients/offsets_topic.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/replica_log.h"

#include <map>
#include <set>
#include <variant>
#include <vector>

namespace tideline {

// What happens when a write is replicated.
struct CommitStored
{
    ReplyTo to;
    OffsetCommitRequest request; // takes effect then
    TIDELINE_FIELDS(CommitStored, to, request)
};
struct AssignmentStored
{
    GroupIndex group = 0;
    std::int32_t generation = 0;
    TIDELINE_FIELDS(AssignmentStored, group, generation)
};
struct NothingStored // nobody waits
{
    GroupIndex group = 0;
    TIDELINE_FIELDS(NothingStored, group)
};
using Stored = std::variant<CommitStored, AssignmentStored, NothingStored>;

struct CoordinatorWrite
{
    PartitionIndex partition = 0; // of __consumer_offsets
    std::vector<KeyAndValue> records;
    Stored then;
};

class GroupCoordinator
{
public:
    // The broker knows the metadata log up to here, in which topics may have been deleted.
    void onMetadata(const MetadataImage& image, bool topicsDeleted, Step step);
    // This broker has become leader of an offsets partition: reads its log.
    void load(PartitionIndex partition, const ReplicaLog& log, Step step);
    // It leads the partition no longer.
    void unload(PartitionIndex partition, Step step);

    // Handles every group request; false when the message is none.
    bool onMessage(const Message& message, const ReplyTo& from, Step step);
    void onTimer(GroupIndex group, Step step);
    // A write is replicated, or has failed.
    void stored(const Stored& then, ErrorCode error, Step step);
    // What is to be written now; empty afterwards.
    std::vector<CoordinatorWrite> takeWrites();

    const ClassicGroup* group(GroupIndex index) const;
    // -1: nothing committed.
    Offset committed(GroupIndex group, PartitionIndex partition) const;

    TIDELINE_FIELDS(GroupCoordinator, loaded_, groups_, committed_)

private:
    ClassicGroup* owned(GroupIndex group, Step step);
    void onCommit(const OffsetCommitRequest& request, const ReplyTo& from, Step step);
    void commitStored(const OffsetCommitRequest& request, Step step);
    void onOffsetFetch(const OffsetFetchRequest& request, const ReplyTo& from, Step step);
    void store(const ClassicGroup& group, Stored then, Step step);
    void storeWhenEmptied(const ClassicGroup& group, GroupState before, Step step);
    void forgetDeleted(const MetadataImage& image, Step step);
    GroupMetadataRecord recordOf(const ClassicGroup& group, const Step& step) const;
    void replay(const OffsetCommitRecord& record, GroupIndex group);
    void replay(const GroupMetadataRecord& record, GroupIndex group, Step step);

    MetadataImage image_; // the broker's
    std::set<PartitionIndex> loaded_;
    std::map<GroupIndex, ClassicGroup> groups_;
    std::map<std::pair<GroupIndex, PartitionIndex>, Offset> committed_;
    std::vector<CoordinatorWrite> writes_; // empty between steps
};

} // namespace tideline
