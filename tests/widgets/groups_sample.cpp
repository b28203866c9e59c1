// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/widgets/groups_sample.h"

#include <algorithm>
#include <array>

namespace tideline::test {

namespace {

constexpr Micros kNow = 83'450'000;
constexpr std::array<std::int64_t, 6> kLags{12, 0, 7, 3, 21, 19};

void addNames(Directory& names, const GroupsSampleOptions& options)
{
    names.brokers = 3;
    names.controllers = 1;
    names.addTopic("orders", options.partitions);
    names.producers = {"sensors"};
    const std::array<std::string, 3> groups{"billing", "audit", "search"};
    for (int i = 0; i < options.groups; ++i)
        names.groups.push_back(i < 3 ? groups[static_cast<std::size_t>(i)] : "group-" + std::to_string(i));
    for (int i = 0; i < options.members; ++i)
        names.members.push_back({names.groups[0] + "-" + std::to_string(i + 1), 0});
}

void addMembers(GroupsFrame& frame, ClusterFrame::Group& group, const GroupsSampleOptions& options)
{
    for (int i = 0; i < options.members; ++i) {
        GroupsFrame::Member member;
        member.base.index = i;
        member.base.state = MemberState::Stable;
        // The range assignor: contiguous partitions, the first members one more.
        const int least = options.partitions / options.members;
        const int more = options.partitions % options.members;
        const int first = i * least + std::min(i, more);
        for (int p = first; p < first + least + (i < more ? 1 : 0); ++p) {
            const std::int64_t lag = kLags[static_cast<std::size_t>(p) % kLags.size()];
            const Offset hw = 1800 + 10 * p;
            member.base.partitions.push_back(p);
            member.base.lag += lag;
            member.readings.push_back({p, 0, hw - lag - 15 - p, hw - lag, hw, hw + 2, lag * 5'000});
        }
        group.lag += member.base.lag;
        group.members.push_back(member.base);
        frame.members.push_back(std::move(member));
    }
}

void addLag(GroupsFrame& frame, const GroupsSampleOptions& options)
{
    for (int p = 0; p < std::min(64, options.partitions); ++p) {
        GroupsFrame::LagSeries series;
        series.partition = p;
        const std::int64_t last = kLags[static_cast<std::size_t>(p) % kLags.size()];
        for (int i = 0; i < options.lagPoints; ++i) {
            const std::int64_t hill = std::max(0, 30 - std::abs(i - options.lagPoints / 2)) * (p % 6 + 1) / 2;
            series.points.emplace_back(kNow - 30'000'000 + 30'000'000LL * (i + 1) / options.lagPoints,
                                       last + hill + (i * 7 + p) % 3);
        }
        if (!series.points.empty())
            series.points.back().second = last;
        frame.lag.push_back(std::move(series));
    }
    std::stable_sort(frame.lag.begin(), frame.lag.end(), [](const auto& a, const auto& b) {
        return !a.points.empty() && !b.points.empty() && a.points.back().second > b.points.back().second;
    });
}

GroupsFrame::Rebalance rebalance(const GroupsSampleOptions& options)
{
    GroupsFrame::Rebalance result;
    result.fromGeneration = 11;
    result.toGeneration = 12;
    result.started = 79'110'000;
    result.ended = 81'960'000;
    result.cause = 412;
    for (int i = 0; i < options.members; ++i) {
        const Micros learns = result.started + 300'000 * (i % 9);
        const bool joins = i + 1 == options.members;
        const Micros start = result.started - 1'000'000;
        if (!joins) {
            result.segments.push_back({i,
                                       MemberState::Stable,
                                       start,
                                       learns,
                                       {2 * i % options.partitions, (2 * i + 1) % options.partitions}});
            result.segments.push_back({i, MemberState::Joining, learns, result.ended - 60'000, {}});
        } else {
            result.segments.push_back(
                {i, MemberState::FindingCoordinator, result.started - 200'000, result.started, {}});
            result.segments.push_back({i, MemberState::Joining, result.started, result.ended - 60'000, {}});
        }
        result.segments.push_back({i, MemberState::Syncing, result.ended - 60'000, result.ended, {}});
        result.segments.push_back(
            {i, MemberState::Stable, result.ended, result.ended + 1'000'000,
             i < options.partitions ? std::vector<PartitionIndex>{i} : std::vector<PartitionIndex>{}});
    }
    return result;
}

} // namespace

Frame groupsSample(const GroupsSampleOptions& options)
{
    Frame whole;
    auto names = std::make_shared<Directory>();
    addNames(*names, options);
    whole.names = names;
    whole.version = 1;
    whole.now = kNow;
    ClusterFrame::Producer producer;
    producer.topic = "orders";
    whole.cluster.producers.push_back(producer);
    GroupsFrame frame;
    for (int i = 0; i < options.groups; ++i) {
        ClusterFrame::Group group;
        group.index = i;
        group.state = i == 1 ? GroupState::PreparingRebalance : GroupState::Stable;
        group.generation = i == 0 ? 12 : 3;
        group.coordinator = 1;
        group.ledger = {10'700, 10'699, 1, 10'650, 14, 16, 0, 35};
        if (i == 0)
            addMembers(frame, group, options);
        frame.groups.push_back(std::move(group));
    }
    frame.shown = options.groups > 0 ? 0 : kNone;
    frame.spec.name = "billing";
    frame.spec.topics = {"orders"};
    addLag(frame, options);
    if (options.members > 0)
        frame.rebalance = rebalance(options);
    whole.cluster.groups = frame.groups;
    whole.groups = std::move(frame);
    return whole;
}

} // namespace tideline::test
