// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/views.h"

#include "engine/lab/world.h"
#include "engine/log/record_batch.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::size_t kMostLagLines = 64;
constexpr std::size_t kMembersShown = 64;

GroupsFrame::Reading readingOf(const World& world, GroupIndex group, PartitionIndex partition)
{
    GroupsFrame::Reading reading;
    reading.partition = partition;
    reading.committed = world.groupCommitted(group, partition);
    reading.position = world.groupPosition(group, partition);
    const Replica* leader = world.leaderReplica(partition);
    if (!leader)
        return reading;
    reading.logStart = leader->log.startOffset();
    reading.hw = leader->highWatermark;
    reading.leo = leader->leo();
    if (reading.position == kUnknownOffset || reading.position >= leader->highWatermark)
        return reading;
    const std::size_t next = leader->log.find(reading.position);
    if (next < leader->log.batchCount()) {
        const DataTime& time = world.topology->dataTimeOf(partition, world.metadata());
        const Millis written = readBatchHeader(leader->log.batch(next).bytes.bytes()).baseTimestamp;
        reading.behind = std::max<Micros>(0, world.now - time.runTime(written));
    }
    return reading;
}

std::vector<GroupsFrame::LagSeries> lagOf(const World& world, GroupIndex group)
{
    std::vector<GroupsFrame::LagSeries> list;
    for (const auto& [partition, lineIndex] : world.lagLines[static_cast<std::size_t>(group)]) {
        if (list.size() >= kMostLagLines)
            break;
        const RollUps::Line& line = world.rollUps.line(lineIndex);
        GroupsFrame::LagSeries series;
        series.partition = partition;
        for (std::size_t i = 0; i < line.points.size(); ++i)
            if (line.points[i] != RollUps::kNothing)
                series.points.emplace_back(static_cast<Micros>(i + 1) * world.rollUps.bucket(),
                                           line.points[i]);
        list.push_back(std::move(series));
    }
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) {
        const std::int64_t lastA = a.points.empty() ? 0 : a.points.back().second;
        const std::int64_t lastB = b.points.empty() ? 0 : b.points.back().second;
        return lastA > lastB;
    });
    return list;
}

// The last rebalance, from a second before it began to a second after it ended.
std::optional<GroupsFrame::Rebalance> rebalanceOf(const World& world, GroupIndex group)
{
    const GroupStory& story = *world.groups[static_cast<std::size_t>(group)];
    if (story.rebalanceStarted == 0 && story.moments.empty())
        return std::nullopt;
    GroupsFrame::Rebalance rebalance;
    rebalance.fromGeneration = story.fromGeneration;
    rebalance.toGeneration = story.toGeneration;
    rebalance.started = story.rebalanceStarted;
    rebalance.ended = story.rebalanceEnded;
    rebalance.cause = story.cause;
    const Micros from = std::max<Micros>(0, story.rebalanceStarted - kMicrosPerSecond);
    const Micros to =
        story.rebalanceEnded == 0 ? world.now : std::min(world.now, story.rebalanceEnded + kMicrosPerSecond);
    for (const Cow<GroupConsumer>& member : world.members) {
        if (member->group() != group)
            continue;
        for (std::size_t i = 0; i < story.moments.size(); ++i) {
            const MemberMoment& moment = story.moments[i];
            if (moment.member != member->index())
                continue;
            Micros end = to;
            for (std::size_t j = i + 1; j < story.moments.size(); ++j) {
                if (story.moments[j].member == moment.member) {
                    end = story.moments[j].from;
                    break;
                }
            }
            const Micros shownFrom = std::max(from, moment.from);
            const Micros shownTo = std::min(to, end);
            if (shownFrom < shownTo)
                rebalance.segments.push_back(
                    {moment.member, moment.state, shownFrom, shownTo, moment.partitions});
        }
    }
    return rebalance;
}

} // namespace

ClusterFrame::Group groupBox(const World& world, GroupIndex group, const Selection& selected)
{
    const auto place = static_cast<std::size_t>(group);
    ClusterFrame::Group box;
    box.index = group;
    box.commit = world.topology->scenario->groups[place].commit;
    box.ledger = world.ledger.numbers(group);
    const PartitionRegistration& offsets =
        world.metadata().partition(world.topology->offsetsPartition(group));
    box.coordinator = offsets.leader;
    box.state = GroupState::Unknown;
    if (offsets.leader != kNone) {
        if (const ClassicGroup* known =
                world.brokers[static_cast<std::size_t>(offsets.leader - 1)]->coordinator().group(group)) {
            box.state = known->state();
            box.generation = known->generation();
        }
    }
    std::vector<PartitionIndex> unread = world.groupPartitions(group);
    const auto lagOf = [&](PartitionIndex partition) {
        const Replica* leader = world.leaderReplica(partition);
        const Offset position = world.groupPosition(group, partition);
        return leader && position != kUnknownOffset ? std::max<Offset>(0, leader->highWatermark - position)
                                                    : Offset{0};
    };
    for (const Cow<GroupConsumer>& member : world.members) {
        if (member->group() != group)
            continue;
        ClusterFrame::Member shown;
        shown.index = member->index();
        shown.state = member->state();
        shown.since = member->since();
        const Node& node = world.node(world.memberNode(member->index()));
        if (node.paused)
            shown.state = MemberState::Paused;
        if (member->state() == MemberState::Stable)
            shown.partitions = member->assigned();
        for (const PartitionIndex partition : shown.partitions) {
            shown.lag += lagOf(partition);
            std::erase(unread, partition);
        }
        box.lag += shown.lag;
        ++box.membersInAll;
        if (box.members.size() < kMembersShown)
            box.members.push_back(std::move(shown));
        else if (selected.kind == Selection::Kind::Member && selected.index == shown.index)
            box.members.back() = std::move(shown);
    }
    for (const PartitionIndex partition : unread)
        box.lag += lagOf(partition);
    return box;
}

GroupsFrame groupsFrame(const World& world, const ViewRequest& request)
{
    GroupsFrame frame;
    for (std::size_t g = 0; g < world.groups.size(); ++g)
        frame.groups.push_back(groupBox(world, static_cast<GroupIndex>(g), request.selection));
    if (world.groups.empty())
        return frame;
    frame.shown = 0;
    const Selection& selection = request.selection;
    if (selection.kind == Selection::Kind::Group && selection.index >= 0 &&
        static_cast<std::size_t>(selection.index) < world.groups.size())
        frame.shown = selection.index;
    if (selection.kind == Selection::Kind::Member && selection.index >= 0 &&
        static_cast<std::size_t>(selection.index) < world.members.size())
        frame.shown = world.members[static_cast<std::size_t>(selection.index)]->group();
    frame.spec = world.topology->scenario->groups[static_cast<std::size_t>(frame.shown)];
    frame.unassigned = world.groupPartitions(frame.shown);
    for (const ClusterFrame::Member& base : frame.groups[static_cast<std::size_t>(frame.shown)].members) {
        GroupsFrame::Member member{base, {}};
        for (const PartitionIndex partition : base.partitions) {
            member.readings.push_back(readingOf(world, frame.shown, partition));
            std::erase(frame.unassigned, partition);
        }
        frame.members.push_back(std::move(member));
    }
    frame.lag = lagOf(world, frame.shown);
    frame.rebalance = rebalanceOf(world, frame.shown);
    return frame;
}

} // namespace tideline
