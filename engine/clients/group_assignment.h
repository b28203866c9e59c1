// SPDX-License-Identifier: GPL-3.0-or-later
// What an assignor of the classic protocol sees of a group, and what it answers. Plain values; any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace tideline {

struct GroupMember
{
    std::string id;                        // member.id, unique
    std::optional<std::string> instanceId; // group.instance.id: set for a static member
    std::string rack;                      // client.rack; empty: none
    std::vector<std::string> topics;       // subscription
};

struct AssignableTopic
{
    std::int32_t partitionCount = 0;
    // By partition: the racks of its replicas' brokers. Empty: no broker has a rack.
    std::vector<std::vector<std::string>> replicaRacks;
};

// The topics that exist, by name.
using AssignableTopics = std::map<std::string, AssignableTopic>;

// Member id, topic, partitions ascending; every member has an entry, a topic only with partitions.
using GroupAssignment = std::map<std::string, std::map<std::string, std::vector<std::int32_t>>>;

// The order in which every assignor goes through members: static ones by instance id, then the others by
// member id.
inline bool assignedBefore(const GroupMember& a, const GroupMember& b)
{
    if (a.instanceId && b.instanceId)
        return std::tie(*a.instanceId, a.id) < std::tie(*b.instanceId, b.id);
    if (a.instanceId || b.instanceId)
        return a.instanceId.has_value();
    return a.id < b.id;
}

} // namespace tideline
