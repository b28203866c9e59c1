// SPDX-License-Identifier: GPL-3.0-or-later
// QuorumPeer: a node's replica of the metadata log in the lab's network: a voter in a controller, an observer
// in a broker.
//
// It drives a RaftNode (engine/quorum/raft_node.h) with messages and timers, and tells the journal of
// elections and votes. Every call says what has changed; the actor around it reads the rest from node(). A
// plain value inside its actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/cluster/topology.h"
#include "engine/quorum/raft_node.h"

#include <optional>

namespace tideline {

// µs that a controller which is asked to stop waits for its successor. Source: KafkaRaftManager.shutdown.
inline constexpr Micros kQuorumShutdown = 5'000'000;

class QuorumPeer
{
public:
    QuorumPeer() = default;
    QuorumPeer(NodeIndex self, const Topology& topology);

    // The process starts (again), with log, epoch and vote as they are on its disk.
    void start(Step step);
    // True when the message was for the quorum.
    bool onMessage(const Message& message, Step step);
    void onTimer(Step step);
    // The connection to the peer has closed: what it was asked is not answered. Source: KafkaNetworkChannel
    // of Kafka, BROKER_NOT_AVAILABLE.
    void onConnectionClosed(NodeIndex peer, Step step);
    // RaftNode::append and shutDown.
    std::optional<Offset> append(RaftPayload payload, std::int32_t records, Step step);
    void shutDown(Step step);
    // A snapshot of the log up to here, which is committed, is on the disk from now on.
    void createSnapshot(RaftSnapshot snapshot, Step step);

    const RaftNode& node() const { return node_; }
    bool leads() const { return node_.quorum().role() == RaftRole::Leader; }
    // The node that leads the quorum, as far as this one knows; kNone: it knows of none.
    NodeIndex leader() const;

    TIDELINE_FIELDS(QuorumPeer, node_, last_, armedFor_)

private:
    template <class Call>
    void drive(Step step, Call&& call);
    void tell(const RaftEffect& effect, Step step);
    void tell(const RaftStatus& status, Step step);

    RaftNode node_;
    RaftStatus last_; // as last noticed
    Micros armedFor_ = kNever;
    RaftEffects effects_; // of the call under way; empty between calls, kept for its memory
};

} // namespace tideline
