// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/range_assignor.h"

#include <algorithm>
#include <set>
#include <utility>

namespace tideline {
namespace {

using Racks = std::set<std::string>;

// A topic while its partitions are given away.
struct TopicState
{
    std::string name;
    std::vector<const GroupMember*> members; // its subscribers in order
    std::vector<std::int32_t> assigned;      // how many each of them has
    std::vector<std::int32_t> unassigned;    // partitions, ascending
    std::vector<Racks> racks; // of the replicas, by partition; empty when no subscriber has a rack
    std::int32_t share = 0;   // what everyone gets
    std::int32_t extra = 0;   // how many may still get one more
    bool rackAware = false;

    std::int32_t mayGet(std::size_t member) const
    {
        return std::max(0, share + (extra > 0 ? 1 : 0) - assigned[member]);
    }
    // A member without a rack matches any partition.
    bool matches(std::size_t member, std::int32_t partition) const
    {
        const std::string& rack = members[member]->rack;
        return rack.empty() || (!racks.empty() && racks[static_cast<std::size_t>(partition)].count(rack) > 0);
    }
};

void give(TopicState& topic, std::size_t member, const std::vector<std::int32_t>& partitions,
          GroupAssignment& assignment)
{
    auto& owned = assignment[topic.members[member]->id][topic.name];
    owned.insert(owned.end(), partitions.begin(), partitions.end());
    topic.assigned[member] += static_cast<std::int32_t>(partitions.size());
    if (topic.assigned[member] > topic.share)
        --topic.extra;
    std::erase_if(topic.unassigned, [&](std::int32_t partition) {
        return std::find(partitions.begin(), partitions.end(), partition) != partitions.end();
    });
}

// Racks count when a subscriber shares one with a replica and some partition lacks a rack that others have.
bool needsRacks(const TopicState& topic, const Racks& memberRacks)
{
    Racks all;
    for (const Racks& racks : topic.racks)
        all.insert(racks.begin(), racks.end());
    const bool shared = std::any_of(memberRacks.begin(), memberRacks.end(),
                                    [&](const std::string& rack) { return all.count(rack) > 0; });
    return shared && std::any_of(topic.racks.begin(), topic.racks.end(),
                                 [&](const Racks& racks) { return racks != all; });
}

TopicState stateOf(const std::string& name, const AssignableTopic& topic,
                   const std::vector<const GroupMember*>& inOrder)
{
    TopicState state;
    state.name = name;
    Racks memberRacks;
    for (const GroupMember* member : inOrder) {
        if (std::find(member->topics.begin(), member->topics.end(), name) == member->topics.end())
            continue;
        state.members.push_back(member);
        if (!member->rack.empty())
            memberRacks.insert(member->rack);
    }
    state.assigned.resize(state.members.size());
    if (state.members.empty())
        return state;
    for (std::int32_t partition = 0; partition < topic.partitionCount; ++partition)
        state.unassigned.push_back(partition);
    const auto memberCount = static_cast<std::int32_t>(state.members.size());
    state.share = topic.partitionCount / memberCount;
    state.extra = topic.partitionCount % memberCount;
    if (memberRacks.empty())
        return state;
    for (std::size_t partition = 0; partition < static_cast<std::size_t>(topic.partitionCount); ++partition) {
        state.racks.emplace_back();
        if (partition < topic.replicaRacks.size())
            state.racks.back().insert(topic.replicaRacks[partition].begin(),
                                      topic.replicaRacks[partition].end());
    }
    state.rackAware = needsRacks(state, memberRacks);
    return state;
}

// Each member in turn gets as many of the first partitions that suit it as its share allows.
template <class Suits>
void giveRanges(TopicState& topic, GroupAssignment& assignment, Suits suits)
{
    for (std::size_t member = 0; member < topic.members.size() && !topic.unassigned.empty(); ++member) {
        std::vector<std::int32_t> range;
        for (const std::int32_t partition : topic.unassigned) {
            if (static_cast<std::int32_t>(range.size()) == topic.mayGet(member))
                break;
            if (suits(member, partition))
                range.push_back(partition);
        }
        if (!range.empty())
            give(topic, member, range, assignment);
    }
}

// Partition p of all these topics goes to the first member whose rack suits all of them.
void giveCoPartitioned(const std::vector<TopicState*>& topics, GroupAssignment& assignment)
{
    std::vector<std::size_t> remaining(topics.front()->members.size());
    for (std::size_t i = 0; i < remaining.size(); ++i)
        remaining[i] = i;
    const auto partitions = static_cast<std::int32_t>(topics.front()->racks.size());
    for (std::int32_t partition = 0; partition < partitions && !remaining.empty(); ++partition) {
        const auto found = std::find_if(remaining.begin(), remaining.end(), [&](std::size_t member) {
            return std::all_of(topics.begin(), topics.end(), [&](const TopicState* topic) {
                return topic->matches(member, partition) && topic->mayGet(member) > 0;
            });
        });
        if (found == remaining.end())
            continue;
        const std::size_t member = *found;
        for (TopicState* topic : topics)
            give(*topic, member, {partition}, assignment);
        if (std::none_of(topics.begin(), topics.end(),
                         [&](const TopicState* topic) { return topic->mayGet(member) > 0; }))
            remaining.erase(found);
    }
}

void giveByRack(std::vector<TopicState>& topics, GroupAssignment& assignment)
{
    // Topics that are co-partitioned: the same subscribers, the same number of partitions.
    std::map<std::pair<std::vector<std::string>, std::size_t>, std::vector<TopicState*>> groups;
    for (TopicState& topic : topics) {
        std::vector<std::string> ids;
        for (const GroupMember* member : topic.members)
            ids.push_back(member->id);
        groups[{ids, topic.racks.size()}].push_back(&topic);
    }
    for (auto& [key, group] : groups) {
        if (group.size() > 1)
            giveCoPartitioned(group, assignment);
        else if (group.front()->rackAware)
            giveRanges(*group.front(), assignment, [&](std::size_t member, std::int32_t partition) {
                return group.front()->matches(member, partition);
            });
    }
}

} // namespace

GroupAssignment assignRange(const std::vector<GroupMember>& members, const AssignableTopics& topics)
{
    GroupAssignment assignment;
    std::vector<const GroupMember*> inOrder;
    for (const GroupMember& member : members) {
        assignment[member.id];
        inOrder.push_back(&member);
    }
    std::sort(inOrder.begin(), inOrder.end(),
              [](const GroupMember* a, const GroupMember* b) { return assignedBefore(*a, *b); });
    std::vector<TopicState> states;
    for (const auto& [name, topic] : topics) {
        TopicState state = stateOf(name, topic, inOrder);
        if (!state.members.empty())
            states.push_back(std::move(state));
    }
    if (std::any_of(states.begin(), states.end(), [](const TopicState& state) { return state.rackAware; }))
        giveByRack(states, assignment);
    for (TopicState& state : states)
        giveRanges(state, assignment, [](std::size_t, std::int32_t) { return true; });
    for (auto& [member, owned] : assignment) {
        for (auto& [topic, partitions] : owned)
            std::sort(partitions.begin(), partitions.end());
    }
    return assignment;
}

} // namespace tideline
