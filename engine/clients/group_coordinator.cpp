// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/group_coordinator.h"

#include "engine/log/record_batch_reader.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace tideline {

namespace {

GroupIndex groupNamed(const std::string& name, const Topology& topology)
{
    const auto found = std::find(topology.groupNames.begin(), topology.groupNames.end(), name);
    return found == topology.groupNames.end() ? kNone
                                              : static_cast<GroupIndex>(found - topology.groupNames.begin());
}

// Member ids carry the lab's number of the member: "member-3-5f0c...".
MemberIndex memberIndexOf(const std::string& clientId)
{
    constexpr std::string_view kPrefix = "member-";
    MemberIndex index = kNone;
    if (clientId.size() > kPrefix.size())
        std::from_chars(clientId.data() + kPrefix.size(), clientId.data() + clientId.size(), index);
    return index;
}

// What a client is told when a write fails. Source: CoordinatorOperationExceptionHelper of Kafka.
ErrorCode refusalOf(ErrorCode storing)
{
    return storing == ErrorCode::NotLeaderOrFollower ? ErrorCode::NotCoordinator
                                                     : ErrorCode::CoordinatorNotAvailable;
}

} // namespace

GroupMetadataRecord GroupCoordinator::recordOf(const ClassicGroup& group, const Step& step) const
{
    GroupMetadataRecord record{step.topology.groupNames[static_cast<std::size_t>(group.index())],
                               group.generation(),
                               group.leader(),
                               step.wallTime(),
                               {}};
    for (const ClassicGroup::Member& member : group.members()) {
        GroupMetadataRecord::Member stored{member.id,
                                           "member-" + std::to_string(member.index),
                                           static_cast<std::int32_t>(toMillis(member.rebalanceTimeout)),
                                           static_cast<std::int32_t>(toMillis(member.sessionTimeout)),
                                           {},
                                           {}};
        for (const TopicIndex topic : member.topics)
            stored.topics.push_back(step.topology.topics[static_cast<std::size_t>(topic)].name);
        for (const PartitionIndex partition : member.assignment) {
            const control::Partition* found = image_.topics.partition(partition);
            if (!found)
                continue; // deleted since
            const std::string& topic = image_.topics.topic(found->topic)->name;
            if (stored.assignment.empty() || stored.assignment.back().topic != topic)
                stored.assignment.push_back({topic, {}});
            stored.assignment.back().partitions.push_back(found->number);
        }
        record.members.push_back(std::move(stored));
    }
    return record;
}

void GroupCoordinator::onMetadata(const MetadataImage& image, bool topicsDeleted, Step step)
{
    if (topicsDeleted)
        forgetDeleted(image, step);
    image_ = image;
}

// Source: OffsetMetadataManager.onPartitionsDeleted of Kafka.
void GroupCoordinator::forgetDeleted(const MetadataImage& image, Step step)
{
    for (auto entry = committed_.begin(); entry != committed_.end();) {
        const auto [group, partition] = entry->first;
        const control::Partition* known = image_.topics.partition(partition);
        if (image.topics.partition(partition) || !known) {
            ++entry;
            continue;
        }
        const OffsetCommitRecord gone{step.topology.groupNames[static_cast<std::size_t>(group)],
                                      image_.topics.topic(known->topic)->name, known->number, kUnknownOffset,
                                      0};
        writes_.push_back({step.topology.offsetsPartition(group), {encode(gone)}, NothingStored{group}});
        entry = committed_.erase(entry);
    }
}

void GroupCoordinator::load(PartitionIndex partition, const ReplicaLog& log, Step step)
{
    loaded_.insert(partition);
    for (std::size_t i = 0; i < log.batchCount(); ++i) {
        forEachRecord(log.batch(i).bytes.bytes(), [&](const RecordView& view) {
            const auto record = decodeOffsetsRecord(view.key.value_or(Bytes()), view.value.value_or(Bytes()));
            if (!record)
                return;
            const std::string& name =
                std::visit([](const auto& r) -> const std::string& { return r.group; }, *record);
            const GroupIndex group = groupNamed(name, step.topology);
            if (group == kNone)
                return;
            if (const auto* offset = std::get_if<OffsetCommitRecord>(&*record))
                replay(*offset, group);
            else
                replay(std::get<GroupMetadataRecord>(*record), group, step);
        });
    }
    for (std::size_t g = 0; g < step.topology.groupNames.size(); ++g) {
        const auto group = static_cast<GroupIndex>(g);
        if (step.topology.offsetsPartition(group) != partition)
            continue;
        groups_.try_emplace(group, group);
        groups_.at(group).arm(step);
        step.out.fact(CoordinatorMoved{group, kNone}); // the broker fills in its id
    }
}

void GroupCoordinator::replay(const OffsetCommitRecord& record, GroupIndex group)
{
    const PartitionIndex partition = image_.topics.find(image_.topics.find(record.topic), record.partition);
    if (partition == kNone)
        return; // its topic has been deleted
    if (record.offset == kUnknownOffset)
        committed_.erase({group, partition});
    else
        committed_[{group, partition}] = record.offset;
}

void GroupCoordinator::replay(const GroupMetadataRecord& record, GroupIndex group, Step step)
{
    std::vector<ClassicGroup::Member> members;
    for (const GroupMetadataRecord::Member& stored : record.members) {
        ClassicGroup::Member member;
        member.id = stored.memberId;
        member.index = memberIndexOf(stored.clientId);
        member.sessionTimeout = fromMillis(stored.sessionTimeoutMs);
        member.rebalanceTimeout = fromMillis(stored.rebalanceTimeoutMs);
        member.lastHeard = step.now;
        for (const std::string& topic : stored.topics)
            member.topics.push_back(step.topology.topicIndex(topic));
        for (const GroupMetadataRecord::Partitions& topic : stored.assignment) {
            const TopicIndex index = image_.topics.find(topic.topic);
            for (const std::int32_t number : topic.partitions) {
                if (const PartitionIndex partition = image_.topics.find(index, number); partition != kNone)
                    member.assignment.push_back(partition);
            }
        }
        members.push_back(std::move(member));
    }
    groups_.insert_or_assign(group,
                             ClassicGroup(group, record.generation, record.leader, std::move(members)));
}

void GroupCoordinator::unload(PartitionIndex partition, Step step)
{
    if (loaded_.erase(partition) == 0)
        return;
    for (std::size_t g = 0; g < step.topology.groupNames.size(); ++g) {
        const auto group = static_cast<GroupIndex>(g);
        if (step.topology.offsetsPartition(group) != partition)
            continue;
        if (const auto found = groups_.find(group); found != groups_.end()) {
            found->second.resign(step);
            groups_.erase(found);
        }
        std::erase_if(committed_, [group](const auto& entry) { return entry.first.first == group; });
    }
}

ClassicGroup* GroupCoordinator::owned(GroupIndex group, Step step)
{
    if (!loaded_.contains(step.topology.offsetsPartition(group)))
        return nullptr;
    return &groups_.at(group);
}

bool GroupCoordinator::onMessage(const Message& message, const ReplyTo& from, Step step)
{
    const auto refuse = [&](auto response) {
        response.error = ErrorCode::NotCoordinator;
        step.out.reply(from, std::move(response));
    };
    if (const auto* join = message.body.as<JoinGroupRequest>()) {
        if (ClassicGroup* group = owned(join->group, step))
            group->join(*join, from, step);
        else
            refuse(JoinGroupResponse{});
    } else if (const auto* sync = message.body.as<SyncGroupRequest>()) {
        ClassicGroup* group = owned(sync->group, step);
        if (!group)
            refuse(SyncGroupResponse{});
        else if (group->sync(*sync, from, step))
            store(*group, AssignmentStored{sync->group, group->generation()}, step);
    } else if (const auto* heartbeat = message.body.as<HeartbeatRequest>()) {
        if (ClassicGroup* group = owned(heartbeat->group, step))
            group->heartbeat(*heartbeat, from, step);
        else
            refuse(HeartbeatResponse{});
    } else if (const auto* leave = message.body.as<LeaveGroupRequest>()) {
        ClassicGroup* group = owned(leave->group, step);
        if (!group) {
            refuse(LeaveGroupResponse{});
            return true;
        }
        const GroupState before = group->state();
        group->leave(*leave, from, step);
        storeWhenEmptied(*group, before, step);
    } else if (const auto* commit = message.body.as<OffsetCommitRequest>()) {
        onCommit(*commit, from, step);
    } else if (const auto* fetch = message.body.as<OffsetFetchRequest>()) {
        onOffsetFetch(*fetch, from, step);
    } else {
        return false;
    }
    return true;
}

void GroupCoordinator::onCommit(const OffsetCommitRequest& request, const ReplyTo& from, Step step)
{
    ClassicGroup* group = owned(request.group, step);
    const ErrorCode error = group ? group->judgeCommit(request, step) : ErrorCode::NotCoordinator;
    if (error != ErrorCode::None) {
        step.out.fact(CommitRefused{request.group, request.member, error});
        step.out.reply(from, OffsetCommitResponse{error});
        return;
    }
    CoordinatorWrite write{step.topology.offsetsPartition(request.group), {}, CommitStored{from, request}};
    for (const PartitionOffset& offset : request.offsets) {
        const control::Partition* found = image_.topics.partition(offset.partition);
        if (!found)
            continue; // of a topic that has been deleted
        const OffsetCommitRecord record{step.topology.groupNames[static_cast<std::size_t>(request.group)],
                                        image_.topics.topic(found->topic)->name, found->number, offset.offset,
                                        step.wallTime()};
        write.records.push_back(encode(record));
    }
    if (write.records.empty()) {
        step.out.reply(from, OffsetCommitResponse{ErrorCode::None});
        return;
    }
    writes_.push_back(std::move(write));
}

void GroupCoordinator::commitStored(const OffsetCommitRequest& request, Step step)
{
    if (!owned(request.group, step))
        return;
    for (const PartitionOffset& offset : request.offsets) {
        if (image_.topics.partition(offset.partition))
            committed_[{request.group, offset.partition}] = offset.offset;
    }
    step.out.fact(OffsetsCommitted{request.group, request.member, request.generation,
                                   static_cast<std::int32_t>(request.offsets.size())});
}

void GroupCoordinator::onOffsetFetch(const OffsetFetchRequest& request, const ReplyTo& from, Step step)
{
    OffsetFetchResponse response;
    if (!owned(request.group, step)) {
        response.error = ErrorCode::NotCoordinator;
    } else {
        for (const PartitionIndex partition : request.partitions)
            response.offsets.push_back({partition, committed(request.group, partition)});
    }
    step.out.reply(from, std::move(response));
}

void GroupCoordinator::onTimer(GroupIndex index, Step step)
{
    ClassicGroup* group = owned(index, step);
    if (!group)
        return;
    const GroupState before = group->state();
    group->onDeadline(step);
    storeWhenEmptied(*group, before, step);
}

void GroupCoordinator::stored(const Stored& then, ErrorCode error, Step step)
{
    if (const auto* commit = std::get_if<CommitStored>(&then)) {
        if (error == ErrorCode::None)
            commitStored(commit->request, step);
        step.out.reply(commit->to, OffsetCommitResponse{error == ErrorCode::None ? error : refusalOf(error)});
    } else if (const auto* assignment = std::get_if<AssignmentStored>(&then)) {
        if (ClassicGroup* group = owned(assignment->group, step))
            group->assignmentStored(assignment->generation,
                                    error == ErrorCode::None ? error : refusalOf(error), step);
    }
}

void GroupCoordinator::store(const ClassicGroup& group, Stored then, Step step)
{
    writes_.push_back(
        {step.topology.offsetsPartition(group.index()), {encode(recordOf(group, step))}, std::move(then)});
}

// Else another coordinator would bring the last members back.
void GroupCoordinator::storeWhenEmptied(const ClassicGroup& group, GroupState before, Step step)
{
    if (before != GroupState::Empty && group.state() == GroupState::Empty)
        store(group, NothingStored{group.index()}, step);
}

std::vector<CoordinatorWrite> GroupCoordinator::takeWrites()
{
    return std::exchange(writes_, {});
}

const ClassicGroup* GroupCoordinator::group(GroupIndex index) const
{
    const auto found = groups_.find(index);
    return found == groups_.end() ? nullptr : &found->second;
}

Offset GroupCoordinator::committed(GroupIndex group, PartitionIndex partition) const
{
    const auto found = committed_.find({group, partition});
    return found == committed_.end() ? kUnknownOffset : found->second;
}

} // namespace tideline
