// SPDX-License-Identifier: GPL-3.0-or-later
// Controller: decides who is alive, who leads and who is in sync, by writing the metadata log.
//
// 1. Its state changes only by replaying the records that it wrote (write()), so that brokers which follow
// the log see the same.
// 2. A broker is alive from its first caught-up heartbeat until broker.session.timeout.ms after its last one.
// 3. The epoch of a broker is the offset of its registration; requests with another one are refused.
// One controller, which nothing can stop: a quorum comes with its own rules. An actor: step functions only,
// no network, no queue.
#pragma once

#include "engine/base/fields.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/topology.h"

#include <cstdint>
#include <vector>

namespace tideline {

class Controller
{
public:
    explicit Controller(const Topology& topology);
    Controller() = default;

    void onMessage(const Message& message, const ReplyTo& from, Step step);
    void onTimer(const Timer& timer, Step step);

    const MetadataImage& image() const { return image_; }
    Offset metadataEnd() const { return static_cast<Offset>(log_.size()); }
    std::int32_t epoch() const { return epoch_; }
    Micros activeSince() const { return activeSince_; }

    // What the controller keeps about a broker and does not write down.
    struct Contact
    {
        Micros last = 0;
        bool sessionTimerRuns = false;
        TIDELINE_FIELDS(Contact, last, sessionTimerRuns)
    };
    struct ParkedFetch
    {
        ReplyTo to;
        Offset offset = 0;
        TIDELINE_FIELDS(ParkedFetch, to, offset)
    };

    TIDELINE_FIELDS(Controller, log_, image_, contacts_, parked_, epoch_, activeSince_, topicsCreated_)

private:
    void start(Step step);
    void onRegister(const RegisterBrokerRequest& request, const ReplyTo& from, Step step);
    void onHeartbeat(const BrokerHeartbeatRequest& request, const ReplyTo& from, Step step);
    void onMetadataFetch(const MetadataFetchRequest& request, const ReplyTo& from, Step step);
    void onAlterPartition(const AlterPartitionRequest& request, const ReplyTo& from, Step step);
    ErrorCode judgeAlterPartition(const AlterPartitionRequest::Part& part, BrokerId broker) const;

    void checkSession(BrokerId broker, Step step);
    void fence(BrokerId broker, Step step);
    void unfence(BrokerId broker, Step step);
    void createTopics(Step step);
    void electPreferred(Step step);

    void write(const MetadataRecord& record, Step step);
    void tell(const PartitionImage& before, PartitionIndex partition, Step step) const;
    void answerParked(Step step);
    MetadataFetchResponse recordsFrom(Offset offset) const;
    Contact& contact(BrokerId broker) { return contacts_[static_cast<std::size_t>(broker - 1)]; }

    CowPages<MetadataRecord> log_;
    MetadataImage image_;
    std::vector<Contact> contacts_; // broker id - 1
    std::vector<ParkedFetch> parked_;
    std::int32_t epoch_ = 0;
    Micros activeSince_ = 0;
    bool topicsCreated_ = false;
};

} // namespace tideline
