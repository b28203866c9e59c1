// SPDX-License-Identifier: GPL-3.0-or-later
// Broker 1 of two by itself. The test plays its controller, and broker 2.
#pragma once

#include "engine/cluster/broker.h"
#include "tests/engine/actor_alone.h"
#include "tests/engine/metadata_log.h"

#include <string>
#include <utility>
#include <vector>

namespace tideline::tests {

class BrokerAlone : public ActorAlone<Broker>
{
public:
    static constexpr LeaderEpoch kQuorumEpoch = 1;
    static constexpr ReplicaId kController = 3;

    // Its process has started; nothing has been answered.
    explicit BrokerAlone(const Scenario& scenario)
        : ActorAlone(scenario)
    {
        actor = Broker(1, topology);
        with([](Broker& broker, Step step) { broker.start(step); });
    }

    // Topic "t" of one partition with replicas on both brokers.
    static Scenario twoBrokers()
    {
        Scenario scenario;
        scenario.cluster.brokers = 2;
        scenario.topics = {TopicSpec{"t", 1, 2, 1}};
        return scenario;
    }

    // It hears who leads the quorum.
    void findController(ReplicaId controller = kController)
    {
        tell({QuorumError::FencedLeaderEpoch, false, kQuorumEpoch, controller, RaftFetchAnswer{}});
        advanceTo(now);
    }
    void acceptRegistration()
    {
        answer<RegisterBrokerRequest>(RegisterBrokerResponse{ErrorCode::None, 0});
        advanceTo(now);
    }
    // What stands in `log` from `offset` on is committed, and it is told.
    void tellMetadata(Offset offset = 0)
    {
        RaftFetchAnswer fetched;
        fetched.batches.push_back(log.batchFrom(offset, kQuorumEpoch));
        fetched.highWatermark = log.end();
        tell({QuorumError::None, false, kQuorumEpoch, kController, std::move(fetched)});
    }
    void answerHeartbeat(bool caughtUp, bool fenced, bool shouldShutDown = false)
    {
        answer<BrokerHeartbeatRequest>(
            BrokerHeartbeatResponse{ErrorCode::None, caughtUp, fenced, shouldShutDown});
        advanceTo(now);
    }
    // It registers, reads the log, in which both brokers must stand, and runs.
    void run()
    {
        findController();
        acceptRegistration();
        tellMetadata();
        answerHeartbeat(true, true);
        answerHeartbeat(true, false);
    }
    // Partition 0 of topic "t" under this leader.
    void createTopic(BrokerId leader)
    {
        log.topic(0, "t");
        log.partition(0, 0, {1, 2}, {1, 2}, leader);
    }

    void send(NodeIndex from, MessageBody body)
    {
        with([&](Broker& broker, Step step) {
            broker.onMessage(Message{from, 0, 1, 0, now, std::move(body)}, ReplyTo{from, 0, 1}, step);
        });
    }
    // What it has answered, oldest first.
    template <class Response>
    std::vector<Response> answers() const
    {
        std::vector<Response> list;
        for (const SendReply& reply : saw<SendReply>()) {
            if (const auto* response = reply.body.as<Response>())
                list.push_back(*response);
        }
        return list;
    }

    MetadataLog log;

private:
    void tell(RaftAnswer quorum)
    {
        const std::int32_t number = asked<QuorumRequest>().back().number;
        answer<QuorumRequest>(QuorumResponse{number, std::move(quorum)});
    }
};

} // namespace tideline::tests
