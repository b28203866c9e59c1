// SPDX-License-Identifier: GPL-3.0-or-later
// A leader that has asked for another ISR counts with both until it knows which one holds.
#include "tests/engine/broker_alone.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kRetry = 50'000;

// Broker 1 leads partition 0 with broker 2 in the ISR, which never fetches: at 45 s it asks to drop it.
class Leader : public tests::BrokerAlone
{
public:
    Leader()
        : BrokerAlone(twoBrokers())
    {
        findController();
        acceptRegistration();
        log.broker(1);
        log.broker(2);
        createTopic(1);
        tellMetadata();
        answerHeartbeat(true, true);
        answerHeartbeat(true, false);
        advanceTo(45'000'000);
    }

    // The controller has made the change.
    void shrink()
    {
        const Offset from = log.end();
        log.change(0, {}, BrokerIds{1});
        tellMetadata(from);
    }
    void answerProposal(ErrorCode error = ErrorCode::None)
    {
        answer<AlterPartitionRequest>(AlterPartitionResponse{ErrorCode::None, {{0, error}}});
    }
    // Broker 2 has fetched everything, as its process with this epoch.
    void fetched(std::int64_t brokerEpoch)
    {
        send(1, ReplicaFetchRequest{2, brokerEpoch, true, {{0, 0, 0, -1, false, 0}}});
    }
    // It fetches again, and names nothing, because nothing is new to it.
    void fetchedAgain() { send(1, ReplicaFetchRequest{2, epochOfFollower(), false, {}}); }
    // The leader learns that broker 2 is fenced, or no longer.
    void tellAbout(bool fenced)
    {
        const Offset from = log.end();
        fenced ? log.fence(2) : log.unfence(2);
        tellMetadata(from);
    }
    // Broker 2 is started anew, and the leader learns of it.
    std::int64_t restartFollower()
    {
        const Offset from = log.end();
        log.broker(2);
        tellMetadata(from);
        return log.image().brokerEpoch(2);
    }
    std::int64_t epochOfFollower() const { return log.image().brokerEpoch(2); }
    std::size_t proposals() const { return asked<AlterPartitionRequest>().size(); }
    const Replica& replica() const { return *actor.replica(0); }
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

    // Broker 2 has everything while the leader asks to drop it: once that is decided, it is taken in with its
    // next fetch, which does not name the partition.
    void whoCatchesUpMeanwhileJoinsWithItsNextFetch()
    {
        Leader leader;
        leader.fetched(leader.epochOfFollower());
        QCOMPARE(leader.proposals(), std::size_t{1}); // the one that is under way
        leader.answerProposal();
        QCOMPARE(leader.proposals(), std::size_t{0}); // not before it fetches
        leader.fetchedAgain();
        QCOMPARE(leader.proposals(), std::size_t{1});
        QVERIFY(leader.asked<AlterPartitionRequest>()[0].parts[0].isr == (BrokerIds{1, 2}));
    }

    // It is the metadata log that says first what became of the proposal.
    void theMetadataLogDecidesToo()
    {
        Leader leader;
        leader.fetched(leader.epochOfFollower());
        leader.shrink();
        leader.answerProposal(ErrorCode::InvalidUpdateVersion);
        leader.fetchedAgain();
        QCOMPARE(leader.proposals(), std::size_t{1});
    }

    // Broker 2 has fetched everything and is unfenced only then.
    void whoIsUnfencedJoinsWithItsNextFetch()
    {
        Leader leader;
        leader.answerProposal();
        leader.tellAbout(true);
        leader.fetched(leader.epochOfFollower());
        QCOMPARE(leader.proposals(), std::size_t{0});
        leader.tellAbout(false);
        QCOMPARE(leader.proposals(), std::size_t{0});
        leader.fetchedAgain();
        QCOMPARE(leader.proposals(), std::size_t{1});
    }

    // Registered or not, it has what it says to have (KIP-903 names epochs of those that are).
    void whoIsNotRegisteredYetCounts()
    {
        Leader leader;
        leader.fetched(-1);
        QCOMPARE(leader.answers<ReplicaFetchResponse>().size(), std::size_t{0}); // it waits for data
        QCOMPARE(leader.replica().followers.at(0).leo, Offset{0});
    }

    // The leader has not heard of a reassignment yet.
    void whoIsNoReplicaIsRefused()
    {
        Leader leader;
        leader.shrink();
        const Offset from = leader.log.end();
        PartitionChange change;
        change.replicas = BrokerIds{1};
        leader.log.write(control::PartitionChangeRecord{0, change});
        leader.tellMetadata(from);
        leader.fetched(leader.epochOfFollower());
        QCOMPARE(leader.answers<ReplicaFetchResponse>().back().parts.at(0).error,
                 ErrorCode::UnknownLeaderEpoch);
    }

    // A new epoch of the same leader, as when the ISR or the replicas change without a move: what it knows of
    // its followers stays, so that what they have is committed at once when the ISR is smaller.
    void aLeaderThatIsElectedAgainKnowsItsFollowers()
    {
        Leader leader;
        leader.fetched(leader.epochOfFollower());
        const Offset from = leader.log.end();
        leader.log.change(0, 1, {});
        leader.tellMetadata(from);
        QCOMPARE(leader.replica().leaderEpoch, 1);
        const FollowerProgress follower = leader.replica().followers.at(0);
        QCOMPARE(follower.leo, Offset{0});
        QCOMPARE(follower.brokerEpoch, leader.epochOfFollower());
        QCOMPARE(follower.lastCaughtUp, leader.now); // in the ISR: a lag time of grace
        QCOMPARE(follower.lastFetch, leader.now);
    }

    // One that was a follower in between knows nothing.
    void aLeaderThatWasFollowerKnowsNothing()
    {
        Leader leader;
        leader.fetched(leader.epochOfFollower());
        for (const BrokerId elected : {2, 1}) {
            const Offset from = leader.log.end();
            leader.log.change(0, elected, {});
            leader.tellMetadata(from);
        }
        const FollowerProgress follower = leader.replica().followers.at(0);
        QCOMPARE(follower.leo, kUnknownOffset);
        QCOMPARE(follower.brokerEpoch, std::int64_t{-1});
    }
};

TIDELINE_RULE_TEST(BrokerIsrTest)
#include "broker_isr_test.moc"
