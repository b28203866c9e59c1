// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: decides who is alive, who leads and who is in sync, by writing the metadata log.
//
// 1. Each request goes to its rule, a file of that name (register_broker.h, broker_heartbeat.h,
// alter_partition.h, elect_leaders.h...), which answers with records; write() appends and replays them, and
// nothing else changes what the controller knows.
// 2. A broker is alive from its first caught-up heartbeat until broker.session.timeout.ms after its last one.
// 3. The epoch of a broker is the offset of its registration; requests with another one are refused.
// One controller: while it is dead nobody is fenced, elected or taken into an ISR, and all else goes on. A
// quorum comes with its own rules. An actor: step functions only,
// no network, no queue.
#pragma once

#include "engine/base/fields.h"
#include "engine/cluster/admin_request.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/topology.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace tideline {

class Controller
{
public:
    explicit Controller(const Topology& topology);
    Controller() = default;

    void onMessage(const Message& message, const ReplyTo& from, Step step);
    void onTimer(const Timer& timer, Step step);
    // An administrator's request reaches the controller.
    void onAdmin(const AdminRequest& request, Step step);

    const MetadataImage& image() const { return image_; }
    const control::ClusterControl& control() const { return control_; }
    Offset metadataEnd() const { return static_cast<Offset>(log_.size()); }
    const MetadataRecord& record(Offset offset) const { return log_[static_cast<std::size_t>(offset)]; }
    std::int32_t epoch() const { return epoch_; }
    Micros activeSince() const { return activeSince_; }

    struct ParkedFetch
    {
        ReplyTo to;
        Offset offset = 0;
        TIDELINE_FIELDS(ParkedFetch, to, offset)
    };

    TIDELINE_FIELDS(Controller, log_, control_, image_, parked_, epoch_, activeSince_, sessionTimerRuns_,
                    topicsCreated_)

private:
    void start(Step step);
    void onRegister(const RegisterBrokerRequest& request, const ReplyTo& from, Step step);
    void onHeartbeat(const BrokerHeartbeatRequest& request, const ReplyTo& from, Step step);
    void onMetadataFetch(const MetadataFetchRequest& request, const ReplyTo& from, Step step);
    void onAlterPartition(const AlterPartitionRequest& request, const ReplyTo& from, Step step);

    void armSessionTimer(Step step);
    void checkSessions(Step step);
    void createTopics(Step step);
    void runElections(TimerKind job, Step step);

    // `lastHeartbeat`: of the broker that is being fenced, when it was not heard of just now.
    void write(const control::Records& records, Step step, std::optional<Micros> lastHeartbeat = {});
    // controller_facts.cpp
    static void tell(const control::Record& record, Micros lastHeartbeat, Step step);
    void tell(PartitionIndex partition, const PartitionRegistration& before, Step step) const;
    static void tellTopics(const MetadataImage& before, const control::Records& records, Step step);
    static void tellLeader(PartitionIndex partition, const PartitionRegistration& before,
                           const PartitionRegistration& after, Step step);
    void answerParked(Step step);
    MetadataFetchResponse recordsFrom(Offset offset) const;

    CowPages<MetadataRecord> log_;
    control::ClusterControl control_;
    MetadataImage image_; // of all that has been written, shared with who follows the log
    std::vector<ParkedFetch> parked_;
    std::int32_t epoch_ = 0;
    Micros activeSince_ = 0;
    bool sessionTimerRuns_ = false;
    bool topicsCreated_ = false;
};

} // namespace tideline
