// SPDX-License-Identifier: GPL-3.0-or-later
// GroupConsumer: one member of a consumer group with the application that polls it.
//
// The loop is KafkaConsumer.poll() and the work between two polls: find the coordinator, join, sync, find
// positions, fetch, hand out at most max.poll.records, process (so many µs a record), commit as the group's
// keys say, poll again. Eager rebalances (range): everything is given up before joining again. What the
// coordinator wants is noticed at the next poll, as in Kafka. An actor. `delivered` means: the application
// has processed it.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/histogram.h"
#include "engine/clients/client_metadata.h"
#include "engine/clients/fetch_client.h"
#include "engine/cluster/outstanding_requests.h"
#include "engine/lab/frame.h"

#include <string>
#include <vector>

namespace tideline {

class GroupConsumer
{
public:
    GroupConsumer() = default;
    // `number`: 1 for the first member of its group.
    GroupConsumer(MemberIndex index, GroupIndex group, std::int32_t number)
        : index_(index)
        , group_(group)
        , number_(number)
    {}

    void start(Step step);
    // close(): commits what auto-commit would, and leaves the group. What is in hand and not processed is
    // left to others.
    void stop(Step step);
    // The process dies; what it had processed of the records in hand is done all the same.
    void crash(Step step);
    void onMessage(const Message& message, Step step);
    void onTimer(const Timer& timer, Step step);
    void onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step);

    MemberIndex index() const { return index_; }
    GroupIndex group() const { return group_; }
    // client.rack; empty: none.
    std::string rack(const Topology& topology) const
    {
        return topology.scenario->groups[static_cast<std::size_t>(group_)].rackOf(number_);
    }
    MemberState state() const { return state_; }
    Micros since() const { return since_; }
    std::int32_t generation() const { return generation_; }
    const std::vector<PartitionIndex>& assigned() const { return assigned_; }
    const FetchClient& fetching() const { return fetch_; }
    // From event to delivery, µs of the run; since the roll-up last took it.
    const Histogram& latency() const { return latency_.read(); }
    void clearLatency()
    {
        if (latency_.read().total() > 0)
            latency_.edit().clear();
    }

    struct Asked
    {
        enum class What : std::uint8_t {
            Metadata,
            FindCoordinator,
            Join,
            Sync,
            Heartbeat,
            Leave,
            Commit,
            OffsetFetch,
            ListOffsets,
            Fetch
        };
        // What happens when a commit is answered.
        enum class Then : std::uint8_t { Nothing, Process, PollAgain, Rejoin };
        What what = What::Metadata;
        BrokerId broker = kNone;
        Then then = Then::Nothing;
        TIDELINE_FIELDS(Asked, what, broker, then)
    };

    TIDELINE_FIELDS(GroupConsumer, index_, group_, number_, state_, since_, metadata_, outstanding_, fetch_,
                    coordinator_, memberId_, generation_, assigned_, leads_, assignedFrom_, rejoinWanted_,
                    heartbeatTimerRuns_, positionsAsked_, waitingForCommit_, inHand_, processingSince_,
                    processing_, processingCount_, lastPoll_, lastAutoCommit_, wakeAt_, backOffUntil_,
                    latency_)

private:
    const GroupSpec& spec(const Step& step) const;
    NodeIndex coordinatorNode() const { return Topology::brokerNode(coordinator_); }
    void setState(MemberState state, Step step);
    void ask(NodeIndex node, MessageBody body, Asked asked, Micros timeout, Step step);
    void askForMetadata(Step step);
    void wakeAt(Micros at, Step step);
    void backOff(Step step);
    bool backingOff(const Step& step) const { return step.now < backOffUntil_; }
    void advance(Step step);

    // group_consumer_membership.cpp
    void findCoordinator(Step step);
    void join(Step step);
    void onJoined(const JoinGroupResponse& response, Step step);
    std::vector<MemberAssignment> assign(const JoinGroupResponse& response, const Step& step);
    std::vector<std::vector<std::string>> racksOf(const std::string& topic, const Step& step) const;
    std::vector<PartitionIndex> subscribed(const Step& step) const;
    void watchSubscription(const Step& step);
    void onSynced(const SyncGroupResponse& response, Step step);
    void onHeartbeat(const HeartbeatResponse& response);
    void heartbeatTimer(Step step);
    void lose(Step step);
    void revoke(bool lost, Step step);
    void prepareRejoin(Step step);

    // group_consumer_poll.cpp
    void findPositions(Step step);
    void onCommittedOffsets(const OffsetFetchResponse& response, Step step);
    void onListedOffsets(const ListOffsetsResponse& response, Step step);
    void poll(Step step);
    void process(Step step);
    void processed(Step step);
    void deliver(std::int64_t records, Step step);
    void deliverWhatIsLeft(const PolledSlice& slice, std::int32_t offsets, Step step) const;
    void interrupt(Step step);
    void measureLatency(const PolledSlice& slice, const Step& step);
    void commit(Asked::Then then, Step step);
    void onCommitted(const OffsetCommitResponse* response, Asked::Then then, Step step);
    void sendFetches(Step step);

    MemberIndex index_ = kNone;
    GroupIndex group_ = kNone;
    std::int32_t number_ = 1;
    MemberState state_ = MemberState::Stopped;
    Micros since_ = 0;
    ClientMetadata metadata_;
    OutstandingRequests<Asked> outstanding_;
    FetchClient fetch_;
    BrokerId coordinator_ = kNone;
    std::string memberId_;
    std::int32_t generation_ = -1;
    std::vector<PartitionIndex> assigned_;
    bool leads_ = false;                       // it made the assignment of this generation
    std::vector<PartitionIndex> assignedFrom_; // then: the partitions that there were to assign
    bool rejoinWanted_ = false;
    bool heartbeatTimerRuns_ = false;
    bool positionsAsked_ = false;
    bool waitingForCommit_ = false;
    std::vector<PolledSlice> inHand_; // polled, not processed to the end
    Micros processingSince_ = 0;
    std::int64_t processing_ = 0; // number of the work in hand, told from older timers; 0 = idle
    std::int64_t processingCount_ = 0;
    Micros lastPoll_ = 0;
    Micros lastAutoCommit_ = 0;
    Micros wakeAt_ = kNever;  // a timer rings then
    Micros backOffUntil_ = 0; // retry.backoff.ms: nothing is asked of a coordinator before
    Cow<Histogram> latency_;
};

} // namespace tideline
