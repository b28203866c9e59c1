// SPDX-License-Identifier: GPL-3.0-or-later
// Topology: what stands still during a run: configuration, topics, and which number is which node.
//
// Nodes are numbered brokers first, then controllers, then clients. Shared by every copy of an engine and
// never changed after it was made. Step is what an actor gets when it is woken. Any thread may read.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/cluster/effects.h"
#include "engine/lab/scenario.h"
#include "engine/lab/tape.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tideline {

struct TopicLayout
{
    std::string name;
    PartitionIndex firstPartition = 0;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    std::int32_t minInsyncReplicas = 1;
    bool uncleanLeaderElection = false;
    bool internal = false; // __consumer_offsets
    std::vector<std::vector<BrokerId>> assignment = {}; // by partition; empty: the controller places them
    LogConfig log = {};                                 // as the scenario says; dynamic settings come later
};

// How the data's own time runs beside the engine's clock. Made-up records happen on the clock; a log is
// replayed `pace` times as fast.
struct DataTime
{
    Millis origin = 0;     // ms: the data's time at the start of the run
    std::int64_t pace = 1; // ms of the data in one ms of the run

    Millis at(Micros now) const
    {
        return quotient(static_cast<Int128>(now) * pace + static_cast<Int128>(origin) * kMicrosPerMilli,
                        kMicrosPerMilli);
    }
    // The engine's time at which the data's time is reached; may be before the run.
    Micros runTime(Millis data) const
    {
        return quotient((static_cast<Int128>(data) - origin) * kMicrosPerMilli, pace);
    }

private:
    // Rounded towards minus infinity. A long run at a great pace needs more than 64 bits before the division,
    // and stays at the end of the range after it.
    static std::int64_t quotient(Int128 dividend, std::int64_t divisor)
    {
        using Limits = std::numeric_limits<std::int64_t>;
        const Int128 rounded = dividend / divisor - (dividend % divisor < 0 ? 1 : 0);
        return static_cast<std::int64_t>(std::clamp<Int128>(rounded, Limits::min(), Limits::max()));
    }
};

struct Topology
{
    std::shared_ptr<const Scenario> scenario;
    std::vector<TapePtr> tapes;      // by producer; null where records are made up
    std::vector<DataTime> dataTimes; // by topic: that of the log that is replayed into it, if one is
    ClusterConfig config;
    std::vector<TopicLayout> topics; // the scenario's, then __consumer_offsets when there are groups
    std::vector<TopicIndex> topicOfPartition;
    std::vector<std::string> groupNames;

    std::int32_t partitionCount() const { return static_cast<std::int32_t>(topicOfPartition.size()); }
    const TopicLayout& topicOf(PartitionIndex partition) const
    {
        return topics[static_cast<std::size_t>(topicOfPartition[static_cast<std::size_t>(partition)])];
    }
    TopicIndex topicIndex(std::string_view name) const; // kNone when it is not there

    static NodeIndex brokerNode(BrokerId id) { return id - 1; }
    NodeIndex controllerNode() const { return config.brokers; }
    bool isBroker(NodeIndex node) const { return node < config.brokers; }
    NodeIndex firstClientNode() const { return config.brokers + config.controllers; }

    // The partition of __consumer_offsets whose leader is the group's coordinator.
    PartitionIndex offsetsPartition(GroupIndex group) const;
};

// `tapes`: one for each producer that replays a log, in their order.
Topology makeTopology(std::shared_ptr<const Scenario> scenario, const std::vector<TapePtr>& tapes);

// The record whose life an observer follows; pipelines say what becomes of it.
struct WatchedRecord
{
    PartitionIndex partition = kNone;
    Offset offset = kUnknownOffset;
};

struct Step
{
    Micros now = 0; // the node's own clock
    const Topology& topology;
    Random& draws;
    Effects& out;
    WatchedRecord watched;
};

} // namespace tideline
