// SPDX-License-Identifier: GPL-3.0-or-later
// Replication quotas at both ends: everything that is listed counts, who is in sync never waits.
#include "tests/engine/broker_alone.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

LogBatch batchAt(Offset base)
{
    LogBatch batch;
    batch.bytes = Chunk(Bytes(std::string(1'000, 'x')));
    batch.leaderEpoch = 0;
    batch.baseOffset = base;
    batch.records = 1;
    return batch;
}

// Broker 1 of two under these limits of 100 bytes a second; partition 0 is throttled on both.
class Throttled : public tests::BrokerAlone
{
public:
    explicit Throttled(BrokerId leader)
        : BrokerAlone(twoBrokers())
    {
        const control::ConfigResource topic{control::ConfigLevel::Topic, 0};
        const control::ConfigResource broker{control::ConfigLevel::Broker, 1};
        log.broker(1);
        log.broker(2);
        log.topic(0, "t");
        for (const std::string side : {"leader", "follower"}) {
            log.write(control::ConfigRecord{topic, side + ".replication.throttled.replicas", "*"});
            log.write(control::ConfigRecord{broker, side + ".replication.throttled.rate", "100"});
        }
        log.partition(0, 0, {1, 2}, {1, 2}, leader);
        run();
    }

    // --- as the leader
    // A batch of 1000 bytes at this offset came to it when it was a follower, or is told to it as such.
    void appended(Offset offset) { replicated(offset, offset + 1); }
    // Batches that broker 2 is given when it fetches from this offset.
    std::size_t given(Offset offset, LeaderEpoch epoch)
    {
        const std::size_t before = answers<ReplicaFetchResponse>().size();
        send(1, ReplicaFetchRequest{2, log.image().brokerEpoch(2), true, {{0, offset, epoch, -1, false, 0}}});
        advanceTo(now + 500'000); // what waits is over then
        const std::vector<ReplicaFetchResponse> all = answers<ReplicaFetchResponse>();
        return all.size() == before || all.back().parts.empty() ? 0 : all.back().parts[0].batches.size();
    }
    void leads(const BrokerIds& isr)
    {
        const Offset from = log.end();
        log.change(0, 1, isr);
        tellMetadata(from);
    }

    // --- as a follower
    void replicated(Offset offset, Offset highWatermark)
    {
        ReplicaFetchResponse::Part part;
        part.fetchOffset = offset;
        part.highWatermark = highWatermark;
        part.batches = {batchAt(offset)};
        answer<ReplicaFetchRequest>(ReplicaFetchResponse{ErrorCode::None, {part}});
    }
    // Whether the fetch that waits now names the partition as one that it no longer wants.
    bool holdsBack() const { return asked<ReplicaFetchRequest>().at(0).parts.at(0).forgotten; }
};

} // namespace

class BrokerThrottleTest : public QObject
{
    Q_OBJECT

private slots:
    void theIsrNeverWaits()
    {
        Throttled broker(2);
        for (const Offset offset : {0, 1, 2})
            broker.appended(offset);
        broker.leads({1, 2});
        for (const Offset offset : {0, 1, 2})
            QVERIFY(broker.given(offset, 1) > 0);
    }

    // What the ISR was given counts: there is nothing left for who is outside it.
    void whoIsOutsideWaitsForWhatTheIsrWasGiven()
    {
        Throttled broker(2);
        broker.appended(0);
        broker.leads({1, 2});
        QCOMPARE(broker.given(0, 1), std::size_t{1});
        broker.leads({1});
        QCOMPARE(broker.given(0, 2), std::size_t{0});
        broker.advanceTo(broker.now + 11'000'000);
        QCOMPARE(broker.given(0, 2), std::size_t{1});
    }

    // It had all that was committed when it was given data last, or had not.
    void aFollowerWaitsWhileItLags()
    {
        Throttled caughtUp(2);
        caughtUp.replicated(0, 1);
        QVERIFY(!caughtUp.holdsBack());
        Throttled behind(2);
        behind.replicated(0, 5);
        QVERIFY(behind.holdsBack());
    }
};

TIDELINE_RULE_TEST(BrokerThrottleTest)
#include "broker_throttle_test.moc"
