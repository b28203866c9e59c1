// SPDX-License-Identifier: GPL-3.0-or-later
// Topology: what stands still during a run: configuration, the topics that it begins with, and which number
// is which node.
//
// 1. Topics and partitions have indexes in the order in which they are created (topic_registry.h). Those of
// the scenario are created first and in its order, so that a topic's place in the list is the index that it
// has at first; one that is deleted and created again has another.
// 2. Clients and groups name a topic by its place in the list, and find its partitions in their metadata.
// 3. Nodes are numbered brokers first, then controllers, then clients. Shared by every copy of an engine and
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
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    std::int32_t minInsyncReplicas = 1;
    bool uncleanLeaderElection = false;
    bool internal = false;                              // __consumer_offsets
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
    std::vector<TopicLayout> topics;  // the scenario's, then __consumer_offsets when there are groups
    PartitionIndex firstInternal = 0; // partitions of __consumer_offsets, which stays as it is
    PartitionIndex internalEnd = 0;
    std::vector<std::string> groupNames;

    bool isInternal(PartitionIndex partition) const
    {
        return partition >= firstInternal && partition < internalEnd;
    }
    TopicIndex topicIndex(std::string_view name) const; // kNone when it is not there
    // Indexes of the partitions that a topic of the list begins with, by number.
    std::vector<PartitionIndex> partitionsAtFirst(TopicIndex topic) const;
    // How time runs in a partition's records; that of the run when its topic is gone or was never listed.
    const DataTime& dataTimeOf(PartitionIndex partition, const MetadataImage& image) const;

    static NodeIndex brokerNode(BrokerId id) { return id - 1; }
    // `controller`: 1 to config.controllers.
    NodeIndex controllerNode(std::int32_t controller) const { return config.brokers + controller - 1; }
    bool isBroker(NodeIndex node) const { return node < config.brokers; }
    bool isController(NodeIndex node) const { return !isBroker(node) && node < firstClientNode(); }
    // node.id, by which the quorum names its replicas: of each broker and each controller.
    static std::int32_t replicaId(NodeIndex node) { return node + 1; }
    static NodeIndex replicaNode(std::int32_t replica) { return replica - 1; }
    // The other half of a process that is broker and controller; kNone when a node has a process of its own.
    NodeIndex sameProcess(NodeIndex node) const;
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
    Micros now = 0; // the node's own clock, the monotonic one
    const Topology& topology;
    Random& draws;
    Effects& out;
    WatchedRecord watched;
    FactNumber cause = 0; // the last fact before what woke the actor
    Micros skew = 0;      // what its wall clock is ahead of `now`; below 0: behind

    // Its wall clock, µs; may be before the run. What Kafka asks System.currentTimeMillis() for.
    Micros wallClock() const { return now + skew; }
    // What the node takes for the time of day, ms: for timestamps. Time-outs go by `now`, all but
    // replica.lag.time.max.ms. The clocks of a run begin at 0, and show nothing before it.
    Millis wallTime() const { return std::max<Millis>(0, toMillis(now + skew)); }
};

} // namespace tideline
