// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: one node of the quorum that keeps the metadata log; the one that leads it is the active
// controller, which decides who is alive, who leads and who is in sync, by writing that log.
//
// 1. Each request goes to its rule, a file of that name (register_broker.h, broker_heartbeat.h,
// alter_partition.h, elect_leaders.h...), which answers with records; write() appends and replays them, and
// nothing else changes what the controller knows.
// 2. It is active from when it leads and has everything that was committed before, until another epoch begins
// or it cannot write any more: a leader that has given up does not know that before. Answers but refusals
// wait until what they rest on is committed; what is not when it loses the leadership never was.
// 3. A broker is alive from its first caught-up heartbeat until its session is found to be over, which lasts
// broker.session.timeout.ms from its last one and is looked at eight times in that.
// 4. The epoch of a broker is the offset of its registration; requests with another one are refused.
// While none is active nobody is fenced, elected or taken into an ISR, and all else goes on. An actor: step
// functions only, no network, no queue. Source: QuorumController of Kafka.
#pragma once

#include "engine/base/fields.h"
#include "engine/cluster/admin_request.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/metadata_loader.h"
#include "engine/cluster/quorum_peer.h"
#include "engine/cluster/topology.h"

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

namespace tideline {

class Controller
{
public:
    // `number`: 1 to config.controllers.
    Controller(std::int32_t number, const Topology& topology);
    Controller() = default;

    void onMessage(const Message& message, const ReplyTo& from, Step step);
    void onTimer(const Timer& timer, Step step);
    void onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step);
    // An administrator's request reaches the active controller.
    void onAdmin(const AdminRequest& request, Step step);
    // The process is to end; it ends once another controller leads, or after kQuorumShutdown.
    void shutDown(Step step);

    std::int32_t number() const { return number_; }
    bool active() const { return active_; }
    // One that has given up can write no more.
    bool canWrite() const { return active_ && quorum_.leads(); }
    std::int32_t epoch() const { return quorum_.node().quorum().epoch(); }
    Micros activeSince() const { return activeSince_; }
    // What it knows to be committed.
    const MetadataImage& image() const { return image_; }
    // What the active one decides by: with what is not committed yet. Of another one: empty.
    const control::ClusterControl& control() const { return control_; }
    Offset metadataEnd() const { return quorum_.node().log().endOffset(); }
    const RaftNode& quorum() const { return quorum_.node(); }

    using Answer = std::variant<RegisterBrokerResponse, BrokerHeartbeatResponse, AlterPartitionResponse>;
    // An answer that waits until the log is committed up to an offset.
    struct Deferred
    {
        Offset upTo = 0;
        ReplyTo to;
        Answer answer;
        TIDELINE_FIELDS(Deferred, upTo, to, answer)
    };

    TIDELINE_FIELDS(Controller, number_, quorum_, settings_, control_, image_, loader_, deferred_, active_,
                    activeSince_, activeEpoch_, stopping_)

private:
    // controller_leadership.cpp
    void start(Step step);
    void follow(Step step);
    void takeCommitted(Step step);
    void activate(Step step);
    void resign(Step step);
    void answer(const ReplyTo& to, Answer answer, Step step);
    void answerCommitted(Step step);
    void write(const control::Records& records, Step step, std::optional<Micros> lastHeartbeat = {});

    // controller.cpp
    void handle(const Message& message, const ReplyTo& from, Step step);
    void onRegister(const RegisterBrokerRequest& request, const ReplyTo& from, Step step);
    void onHeartbeat(const BrokerHeartbeatRequest& request, const ReplyTo& from, Step step);
    void onAlterPartition(const AlterPartitionRequest& request, const ReplyTo& from, Step step);
    void runAgain(TimerKind task, bool more, Micros period, Step step);
    Micros staleBrokerPeriod() const;
    void fenceStaleBroker(Step step);
    void createTopics(Step step);
    void runElections(TimerKind job, Step step);

    std::int32_t number_ = 1;
    QuorumPeer quorum_;
    control::ControlSettings settings_;
    control::ClusterControl control_;
    MetadataImage image_;   // shared with who follows the log
    MetadataLoader loader_; // of the log into image_
    std::vector<Deferred> deferred_;
    bool active_ = false;
    Micros activeSince_ = 0;
    std::int32_t activeEpoch_ = 0; // in which it is or was active; timers of another one ring for nobody
    bool stopping_ = false;
};

} // namespace tideline
