// SPDX-License-Identifier: GPL-3.0-or-later
// A leader that has asked for another ISR counts with both until it knows which one holds.
#include "engine/cluster/broker.h"
#include "tests/engine/actor_alone.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kRetry = 50'000;
constexpr LeaderEpoch kEpoch = 1; // of the quorum
constexpr ReplicaId kController = 3;

// Broker 1 leads partition 0 with broker 2 in the ISR, which never fetches: at 45 s it asks to drop it.
class Leader : public tests::ActorAlone<Broker>
{
public:
    Leader()
        : ActorAlone(scenario())
    {
        actor = Broker(1, topology);
        with([](Broker& broker, Step step) { broker.start(step); });
        tell({QuorumError::FencedLeaderEpoch, false, kEpoch, kController, RaftFetchAnswer{}});
        advanceTo(100'000); // it knows now whom to ask
        answer<RegisterBrokerRequest>(RegisterBrokerResponse{ErrorCode::None, 0});
        log_.broker(1);
        log_.broker(2);
        log_.topic(0, "t");
        log_.partition(0, 0, {1, 2}, {1, 2}, 1);
        tell(0);
        advanceTo(45'000'000);
    }

    // What the metadata log says from here on.
    void tell(Offset from)
    {
        RaftFetchAnswer fetched;
        fetched.batches.push_back(log_.batchFrom(from, kEpoch));
        fetched.highWatermark = log_.end();
        tell({QuorumError::None, false, kEpoch, kController, std::move(fetched)});
    }
    // The controller answers what the broker asked last of the quorum.
    void tell(RaftAnswer quorum)
    {
        const std::int32_t number = asked<QuorumRequest>().back().number;
        answer<QuorumRequest>(QuorumResponse{number, std::move(quorum)});
    }
    // The controller has made the change.
    void shrink()
    {
        const Offset from = log_.end();
        log_.change(0, {}, BrokerIds{1});
        tell(from);
    }
    void answerProposal(ErrorCode error = ErrorCode::None)
    {
        answer<AlterPartitionRequest>(AlterPartitionResponse{ErrorCode::None, {{0, error}}});
    }
    // Broker 2 has fetched everything, as its process with this epoch.
    void fetched(std::int64_t brokerEpoch)
    {
        const ReplicaFetchRequest request{2, brokerEpoch, true, {{0, 0, 0, -1, false, 0}}};
        with([&](Broker& broker, Step step) {
            broker.onMessage(Message{1, 0, 7, 0, now, request}, ReplyTo{1, 0, 7}, step);
        });
    }
    // Broker 2 is started anew, and the leader learns of it.
    std::int64_t restartFollower()
    {
        const Offset from = log_.end();
        log_.broker(2);
        tell(from);
        return log_.image().brokerEpoch(2);
    }
    std::int64_t epochOfFollower() const { return log_.image().brokerEpoch(2); }
    std::size_t proposals() const { return asked<AlterPartitionRequest>().size(); }
    const Replica& replica() const { return *actor.replica(0); }

private:
    static Scenario scenario()
    {
        Scenario scenario;
        scenario.cluster.brokers = 2;
        scenario.topics = {TopicSpec{"t", 1, 2, 1}};
        return scenario;
    }
    tests::MetadataLog log_;
};

} // namespace

class BrokerIsrTest : public QObject
{
    Q_OBJECT

private slots:
    void aFollowerThatFetchesNothingIsToLeave()
    {
        Leader leader;
        QCOMPARE(leader.proposals(), std::size_t{1});
        QVERIFY(leader.asked<AlterPartitionRequest>()[0].parts[0].isr == BrokerIds{1});
        QVERIFY(leader.replica().isr == (BrokerIds{1, 2}));
        leader.answer<AlterPartitionRequest>(AlterPartitionResponse{ErrorCode::None, {{0, ErrorCode::None}}});
        QVERIFY(leader.replica().isr == BrokerIds{1});
        QVERIFY(leader.replica().proposedIsr.empty());
    }

    // The controller may have made the change: the leader goes on with both, and asks again.
    void aLostAnswerLeavesItOpen_data()
    {
        QTest::addColumn<bool>("lost"); // else an error of the whole request
        QTest::newRow("connection closed") << true;
        QTest::newRow("stale broker epoch") << false;
    }

    void aLostAnswerLeavesItOpen()
    {
        QFETCH(bool, lost);
        Leader leader;
        const AlterPartitionRequest first = leader.asked<AlterPartitionRequest>()[0];
        if (lost)
            leader.lose<AlterPartitionRequest>();
        else
            leader.answer<AlterPartitionRequest>(AlterPartitionResponse{ErrorCode::StaleBrokerEpoch, {}});
        QVERIFY(leader.replica().proposedIsr == BrokerIds{1});
        leader.advanceTo(leader.now + kRetry - 1);
        QCOMPARE(leader.proposals(), std::size_t{0});
        leader.advanceTo(leader.now + 1);
        QCOMPARE(leader.proposals(), std::size_t{1});
        QVERIFY(leader.asked<AlterPartitionRequest>()[0] == first);
    }

    // Nobody but the leader itself has fetched from this leader, so that it names no epoch (KIP-903).
    void aProposalNamesEpochs()
    {
        Leader leader;
        QVERIFY(leader.asked<AlterPartitionRequest>()[0].parts[0].brokerEpochs ==
                (std::vector<std::int64_t>{0}));
        leader.answerProposal();
        leader.fetched(leader.epochOfFollower());
        const AlterPartitionRequest::Part expand = leader.asked<AlterPartitionRequest>().at(0).parts[0];
        QVERIFY(expand.isr == (BrokerIds{1, 2}));
        QVERIFY(expand.brokerEpochs == (std::vector<std::int64_t>{0, leader.epochOfFollower()}));
    }

    // What it fetched as another process says nothing of what it has now.
    void anOldFetchBringsNobodyBack()
    {
        Leader leader;
        leader.answerProposal();
        const std::int64_t old = leader.epochOfFollower();
        const std::int64_t now = leader.restartFollower();
        QVERIFY(now > old);
        leader.fetched(old);
        QCOMPARE(leader.proposals(), std::size_t{0});
        QCOMPARE(leader.saw<SendReply>().back().body.as<ReplicaFetchResponse>()->parts.at(0).error,
                 ErrorCode::NotLeaderOrFollower);
        leader.fetched(now);
        QCOMPARE(leader.proposals(), std::size_t{1});
        QVERIFY(leader.asked<AlterPartitionRequest>()[0].parts[0].brokerEpochs ==
                (std::vector<std::int64_t>{0, now}));
    }

    // It fetches before its leader has heard of its registration: the leader waits for that.
    void aNewIncarnationJoinsOnceItIsKnown()
    {
        Leader leader;
        leader.answerProposal();
        leader.fetched(leader.epochOfFollower() + 100);
        QCOMPARE(leader.proposals(), std::size_t{0});
    }

    // INELIGIBLE_REPLICA: it was not made. The others: it may have been, and the metadata log will tell.
    void refusals_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("open");
        QTest::newRow("INELIGIBLE_REPLICA") << static_cast<int>(ErrorCode::IneligibleReplica) << false;
        QTest::newRow("FENCED_LEADER_EPOCH") << static_cast<int>(ErrorCode::FencedLeaderEpoch) << true;
        QTest::newRow("INVALID_UPDATE_VERSION") << static_cast<int>(ErrorCode::InvalidUpdateVersion) << true;
    }

    void refusals()
    {
        QFETCH(int, error);
        Leader leader;
        leader.answerProposal(static_cast<ErrorCode>(error));
        QTEST(!leader.replica().proposedIsr.empty(), "open");
        QVERIFY(leader.replica().isr == (BrokerIds{1, 2}));
        leader.advanceTo(leader.now + 2 * kRetry);
        QCOMPARE(leader.proposals(), std::size_t{0}); // not asked again
        leader.shrink();
        QVERIFY(leader.replica().proposedIsr.empty());
        QVERIFY(leader.replica().isr == BrokerIds{1});
    }
};

TIDELINE_RULE_TEST(BrokerIsrTest)
#include "broker_isr_test.moc"
