// SPDX-License-Identifier: GPL-3.0-or-later
// A consumer that reads from a follower (KIP-392): what lies below the follower's own high watermark, and
// what it is told otherwise. And what a leader says to one in another rack.
#include "engine/cluster/broker.h"
#include "tests/engine/actor_alone.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr LeaderEpoch kEpoch = 1; // of the quorum
constexpr ReplicaId kController = 3;
constexpr NodeIndex kConsumer = 9;

LogBatch batchAt(Offset base, std::int32_t records)
{
    LogBatch batch;
    batch.bytes = Chunk(Bytes("0123456789"));
    batch.leaderEpoch = 0;
    batch.baseOffset = base;
    batch.records = records;
    return batch;
}

// Broker 1 in rack a has a replica of partition 0, led by `leader` in epoch 0; broker 2 is in rack b.
class OneReplica : public tests::ActorAlone<Broker>
{
public:
    explicit OneReplica(BrokerId leader)
        : ActorAlone(scenario())
    {
        actor = Broker(1, topology);
        with([](Broker& broker, Step step) { broker.start(step); });
        tell({QuorumError::FencedLeaderEpoch, false, kEpoch, kController, RaftFetchAnswer{}});
        advanceTo(100'000);
        answer<RegisterBrokerRequest>(RegisterBrokerResponse{ErrorCode::None, 0});
        log_.broker(1, "a");
        log_.broker(2, "b");
        log_.topic(0, "t");
        log_.partition(0, 0, {1, 2}, {1, 2}, leader);
        RaftFetchAnswer fetched;
        fetched.batches.push_back(log_.batchFrom(0, kEpoch));
        fetched.highWatermark = log_.end();
        tell({QuorumError::None, false, kEpoch, kController, std::move(fetched)});
    }

    // The leader answers what this follower has asked.
    void replicate(Offset fetchOffset, std::vector<LogBatch> batches, Offset highWatermark)
    {
        ReplicaFetchResponse::Part part;
        part.fetchOffset = fetchOffset;
        part.highWatermark = highWatermark;
        part.batches = std::move(batches);
        answer<ReplicaFetchRequest>(ReplicaFetchResponse{ErrorCode::None, {part}});
    }
    void send(NodeIndex from, MessageBody body)
    {
        with([&](Broker& broker, Step step) {
            broker.onMessage(Message{from, 0, 1, 0, now, std::move(body)}, ReplyTo{from, 0, 1}, step);
        });
    }
    void fetch(Offset offset, Micros maxWait = 0, LeaderEpoch epoch = 0, const std::string& rack = {})
    {
        send(kConsumer, FetchRequest{maxWait, 1, 1'000'000, {{0, offset, epoch, 1'000'000}}, rack});
    }
    std::vector<FetchResponse::Part> answers() const
    {
        std::vector<FetchResponse::Part> parts;
        for (const SendReply& reply : saw<SendReply>()) {
            if (const auto* response = reply.body.as<FetchResponse>())
                parts.push_back(response->parts.at(0));
        }
        return parts;
    }

private:
    static Scenario scenario()
    {
        Scenario scenario;
        scenario.cluster.brokers = 2;
        scenario.cluster.racks = {"a", "b"};
        scenario.cluster.replicaSelector = ReplicaSelector::RackAware;
        scenario.topics = {TopicSpec{"t", 1, 2, 1}};
        return scenario;
    }
    void tell(RaftAnswer quorum)
    {
        const std::int32_t number = asked<QuorumRequest>().back().number;
        answer<QuorumRequest>(QuorumResponse{number, std::move(quorum)});
    }
    tests::MetadataLog log_;
};

} // namespace

class FollowerFetchingTest : public QObject
{
    Q_OBJECT

private slots:
    void itGivesWhatLiesBelowItsHighWatermark()
    {
        OneReplica follower(2);
        follower.replicate(0, {batchAt(0, 5), batchAt(5, 5)}, 5);
        follower.fetch(0);
        const FetchResponse::Part part = follower.answers().at(0);
        QCOMPARE(part.error, ErrorCode::None);
        QCOMPARE(part.highWatermark, Offset{5});
        QCOMPARE(part.batches.size(), std::size_t{1});
        QCOMPARE(part.preferredReadReplica, kNone); // only a leader names one
    }

    // Beyond its high watermark there is nothing yet, beyond its log end it does not know.
    void beyondItsHighWatermark()
    {
        OneReplica follower(2);
        follower.replicate(0, {batchAt(0, 10)}, 0);
        follower.fetch(10);
        QCOMPARE(follower.answers().at(0).error, ErrorCode::None);
        QVERIFY(follower.answers().at(0).batches.empty());
        follower.fetch(11);
        QCOMPARE(follower.answers().at(1).error, ErrorCode::OffsetOutOfRange);
    }

    // A consumer that waits is answered when the leader tells the follower of a higher one.
    void aWaitingConsumerIsAnswered()
    {
        OneReplica follower(2);
        follower.replicate(0, {batchAt(0, 10)}, 0);
        follower.fetch(0, 500'000);
        QVERIFY(follower.answers().empty());
        follower.replicate(10, {}, 10);
        QCOMPARE(follower.answers().at(0).batches.size(), std::size_t{1});
    }

    void otherEpochsAreRefused()
    {
        OneReplica follower(2);
        follower.fetch(0, 0, 1);
        QCOMPARE(follower.answers().at(0).error, ErrorCode::UnknownLeaderEpoch);
    }

    // The follower in rack b has fetched up to 0: a consumer there is sent to it at once, without data.
    void aLeaderSendsToTheConsumersRack()
    {
        OneReplica leader(1);
        leader.fetch(0, 500'000, 0, "b");
        QVERIFY(leader.answers().empty()); // the follower has not fetched yet: nobody else has the offset
        leader.send(1, ReplicaFetchRequest{2, 2, true, {{0, 0, 0, -1, false, 0}}});
        leader.fetch(0, 500'000, 0, "b");
        QCOMPARE(leader.answers().at(0).preferredReadReplica, 2);
        leader.fetch(0, 0, 0, "a");
        QCOMPARE(leader.answers().at(1).preferredReadReplica, kNone);
    }
};

TIDELINE_RULE_TEST(FollowerFetchingTest)
#include "follower_fetching_test.moc"
