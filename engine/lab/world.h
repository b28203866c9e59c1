// SPDX-License-Identifier: GPL-3.0-or-later
// World: the state of a run, every part behind a Cow, so that a copy takes a few references.
//
// Nothing outside decides anything: nodes are actors, `queue` holds what will happen, `nodes` their clocks
// and chances. Only the simulator (simulation.h) writes here. A value.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/event_queue.h"
#include "engine/base/random.h"
#include "engine/clients/classic_queue.h"
#include "engine/clients/group_consumer.h"
#include "engine/clients/producer.h"
#include "engine/cluster/broker.h"
#include "engine/cluster/controller.h"
#include "engine/cluster/network.h"
#include "engine/cluster/topology.h"
#include "engine/lab/command.h"
#include "engine/lab/invariants.h"
#include "engine/lab/journal.h"
#include "engine/lab/ledger.h"
#include "engine/lab/roll_ups.h"
#include "engine/stream/pipeline_job.h"
#include "engine/stream/window_truth.h"

#include <memory>
#include <variant>
#include <vector>

namespace tideline {

// --- events
struct DeliverMessage
{
    // Late: a cut link has held it, or what a cut link has held goes before it. Arrived: it is at its node,
    // which was paused.
    enum class Way : std::uint8_t { Ordinary, Late, Arrived };
    Message message;
    Way way = Way::Ordinary;
};
struct RingTimer
{
    Timer timer;
    std::int32_t incarnation = 0; // of the node that set it; another one's timers ring for nobody
    Micros due = 0;               // on the node's own clock, which a client's pause stops
};
struct CloseSeen
{
    NodeIndex peer = kNone;
    std::int32_t upTo = 0; // correlation number
    std::int32_t incarnation = 0;
};
// The rolling restart looks whether it can go on.
struct ContinueRestart
{
    std::int32_t look = 0; // counts the looks
};
// A queue beside the log has something to do.
struct RingQueue
{
    std::int32_t queue = 0;
};
struct CarryOutAct
{
    std::int32_t act = 0; // place in World::commands
};
struct Event
{
    FactNumber cause = 0;
    NodeIndex node = kNone;
    std::variant<DeliverMessage, RingTimer, CloseSeen, CarryOutAct, ContinueRestart, RingQueue> body;
};

// --- nodes
// The first stretch of the run's randomness that belongs to no node.
inline constexpr std::uint64_t kNodeStreams = 1000;

enum class NodeKind : std::uint8_t { Broker, Controller, Producer, Pipeline, Member };

struct Node
{
    NodeKind kind = NodeKind::Broker;
    std::int32_t index = 0; // broker id - 1, producer, pipeline, member
    bool alive = true;      // its process runs
    bool paused = false;    // it runs, but stands still
    std::int32_t incarnation = 0;
    Micros since = 0;       // when the state began
    Micros clockBehind = 0; // a client: its own clock stood still for so long
    Micros skew = 0;        // its wall clock is ahead by so much; below 0: behind
    Micros slowed = 0;      // added to answers to its replica fetches
    Micros diskDelay = 0;   // a broker: added to what it appends
    Micros fencedSince = 0; // a broker: its last heartbeat before it was fenced
    FactNumber deed = 0;    // what was last done to it from outside; 0 once it is well again
    Random draws;
    std::vector<Event> held; // while paused, in order
    TIDELINE_FIELDS(Node, kind, index, alive, paused, incarnation, since, clockBehind, skew, slowed,
                    diskDelay, fencedSince, deed, draws)
};

// Where a rebalance of a group is, for the Groups view.
struct MemberMoment
{
    MemberIndex member = 0;
    MemberState state = MemberState::Stopped;
    Micros from = 0;
    std::vector<PartitionIndex> partitions; // that it reads
    TIDELINE_FIELDS(MemberMoment, member, state, from, partitions)
};

struct GroupStory
{
    bool stable = false; // every member of the generation has its assignment
    Micros rebalanceStarted = 0;
    Micros rebalanceEnded = 0;
    std::int32_t fromGeneration = 0;
    std::int32_t toGeneration = 0;
    FactNumber cause = 0;
    std::vector<MemberMoment> moments; // by time; the newest few hundred
    TIDELINE_FIELDS(GroupStory, stable, rebalanceStarted, rebalanceEnded, fromGeneration, toGeneration, cause,
                    moments)
};

// Where a rolling restart is: it looks again whenever something has happened that it may wait for.
struct RestartStory
{
    enum class Phase : std::uint8_t { None, WaitsForReplicas, Stops, Starts };
    Phase phase = Phase::None;
    std::vector<BrokerId> brokers;
    std::int32_t turn = 0; // place in `brokers` of the one whose turn it is
    FactNumber deed = 0;   // what it did last
    bool looks = false;    // a look is under way
    std::int32_t look = 0;
    TIDELINE_FIELDS(RestartStory, phase, brokers, turn, deed, looks, look)
};

// Partitions of the topics as the committed metadata has them.
struct UnhealthyPartitions
{
    Offset asOf = 0; // of the metadata log
    std::int64_t underReplicated = 0;
    std::int64_t offline = 0;
};

struct TimelineMark
{
    FactNumber fact = 0;
    Micros time = 0;
    FactBody body;
};

struct World
{
    std::shared_ptr<const Topology> topology;
    std::shared_ptr<const Directory> names;
    Micros now = 0;
    std::int64_t events = 0;
    bool invariantBroken = false;
    Cow<EventQueue<Event>> queue;
    Cow<Network> network;
    std::vector<Cow<Node>> nodes;
    std::vector<Cow<Controller>> controllers;
    // What the quorum has committed: the metadata as it is, whoever knows of it.
    MetadataImage committed;
    UnhealthyPartitions unhealthy; // counted from `committed`
    std::vector<Cow<Broker>> brokers;
    std::vector<Cow<Producer>> producers;
    std::vector<Cow<PipelineJob>> pipelines;
    std::vector<Cow<ClassicQueue>> queues;
    std::vector<Micros> queueWakes; // by queue: the earliest event that is there for it; kNever: none
    std::vector<Cow<GroupConsumer>> members;
    std::vector<std::int32_t> membersEver; // by group: how many members it has been given names for
    std::vector<Cow<WindowTruth>> truths;  // by pipeline
    std::vector<Cow<GroupStory>> groups;
    Cow<RestartStory> restart;
    Cow<std::vector<TimedCommand>> commands; // script and acts, in the order in which they were given
    std::vector<TimedCommand> acts;
    Journal journal;
    Ledger ledger;
    RollUps rollUps;
    Invariants invariants;
    Cow<std::vector<TimelineMark>> marks;
    std::int64_t marksLeftOut = 0;
    // Lines of rollUps.
    std::size_t producedLine = 0;
    std::size_t densityLine = 0;
    std::size_t underReplicatedLine = 0;
    std::size_t offlineLine = 0;
    std::vector<std::size_t> deliveredLines;                                   // by group
    std::vector<std::pair<std::size_t, std::size_t>> latencyLines;             // by group: median, 99 %
    std::vector<std::vector<std::pair<PartitionIndex, std::size_t>>> lagLines; // by group
    std::vector<std::size_t> watermarkLines;                                   // by pipeline
    std::vector<std::pair<std::size_t, std::size_t>> queueLines;               // by queue: delivered, waiting

    NodeIndex producerNode(ProducerIndex index) const { return topology->firstClientNode() + index; }
    NodeIndex pipelineNode(PipelineIndex index) const
    {
        return topology->firstClientNode() + static_cast<NodeIndex>(producers.size()) + index;
    }
    NodeIndex memberNode(MemberIndex index) const
    {
        return topology->firstClientNode() + static_cast<NodeIndex>(producers.size() + pipelines.size()) +
               index;
    }
    const Node& node(NodeIndex index) const { return *nodes[static_cast<std::size_t>(index)]; }
    const MetadataImage& metadata() const { return committed; }
    // The controller that is active and runs; null when there is none.
    const Controller* activeController() const;
    // The replica that leads, as the metadata has it; null when the partition has no leader or it does not
    // know yet.
    const Replica* leaderReplica(PartitionIndex partition) const;
    // Next offset that the group will be given of a partition: a member's position, else what it committed;
    // -1: none.
    Offset groupPosition(GroupIndex group, PartitionIndex partition) const;
    Offset groupCommitted(GroupIndex group, PartitionIndex partition) const;
    // One past the largest partition index that there is or has been.
    PartitionIndex partitionEnd() const { return static_cast<PartitionIndex>(names->partitions.size()); }
    // Partitions of the topics that the group reads, ascending.
    std::vector<PartitionIndex> groupPartitions(GroupIndex group) const;
    // A line in the lag chart for what the group reads; none when it has as many as a chart may.
    void addLagLine(GroupIndex group, PartitionIndex partition);
};

} // namespace tideline
