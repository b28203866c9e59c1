// SPDX-License-Identifier: GPL-3.0-or-later
// A consumer that reads from a follower (KIP-392): what lies below the follower's own high watermark, and
// what it is told otherwise. And what a leader says to one in another rack.
#include "tests/engine/broker_alone.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

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
class OneReplica : public tests::BrokerAlone
{
public:
    explicit OneReplica(BrokerId leader)
        : BrokerAlone(inTwoRacks())
    {
        log.broker(1, "a");
        log.broker(2, "b");
        createTopic(leader);
        run();
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
    void fetch(Offset offset, Micros maxWait = 0, LeaderEpoch epoch = 0, const std::string& rack = {})
    {
        send(kConsumer, FetchRequest{maxWait, 1, 1'000'000, {{0, offset, epoch, 1'000'000}}, rack});
    }
    std::vector<FetchResponse::Part> answered() const
    {
        std::vector<FetchResponse::Part> parts;
        for (const FetchResponse& response : answers<FetchResponse>())
            parts.push_back(response.parts.at(0));
        return parts;
    }

private:
    static Scenario inTwoRacks()
    {
        Scenario scenario = twoBrokers();
        scenario.cluster.racks = {"a", "b"};
        scenario.cluster.replicaSelector = ReplicaSelector::RackAware;
        return scenario;
    }
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
        const FetchResponse::Part part = follower.answered().at(0);
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
        QCOMPARE(follower.answered().at(0).error, ErrorCode::None);
        QVERIFY(follower.answered().at(0).batches.empty());
        follower.fetch(11);
        QCOMPARE(follower.answered().at(1).error, ErrorCode::OffsetOutOfRange);
    }

    // A consumer that waits is answered when the leader tells the follower of a higher one.
    void aWaitingConsumerIsAnswered()
    {
        OneReplica follower(2);
        follower.replicate(0, {batchAt(0, 10)}, 0);
        follower.fetch(0, 500'000);
        QVERIFY(follower.answered().empty());
        follower.replicate(10, {}, 10);
        QCOMPARE(follower.answered().at(0).batches.size(), std::size_t{1});
    }

    void otherEpochsAreRefused()
    {
        OneReplica follower(2);
        follower.fetch(0, 0, 1);
        QCOMPARE(follower.answered().at(0).error, ErrorCode::UnknownLeaderEpoch);
    }

    // The follower in rack b has fetched up to 0: a consumer there is sent to it at once, without data.
    void aLeaderSendsToTheConsumersRack()
    {
        OneReplica leader(1);
        leader.fetch(0, 500'000, 0, "b");
        QVERIFY(leader.answered().empty()); // the follower has not fetched yet: nobody else has the offset
        leader.send(1, ReplicaFetchRequest{2, 2, true, {{0, 0, 0, -1, false, 0}}});
        leader.fetch(0, 500'000, 0, "b");
        QCOMPARE(leader.answered().at(0).preferredReadReplica, 2);
        leader.fetch(0, 0, 0, "a");
        QCOMPARE(leader.answered().at(1).preferredReadReplica, kNone);
    }
};

TIDELINE_RULE_TEST(FollowerFetchingTest)
#include "follower_fetching_test.moc"
