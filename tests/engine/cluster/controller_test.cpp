// SPDX-License-Identifier: GPL-3.0-or-later
// The controller by itself: registration, sessions, elections, and what it refuses.
#include "engine/cluster/controller.h"
#include "engine/cluster/metadata_batch.h"
#include "tests/engine/effects_of.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kSession = 9'000'000; // broker.session.timeout.ms
constexpr Micros kSecond = kMicrosPerSecond;

// A controller of three brokers and one topic with a replica on each, and its clock.
class Cluster
{
public:
    explicit Cluster(std::int32_t controllers = 1, Micros linger = 0)
    {
        Scenario scenario;
        scenario.topics = {TopicSpec{"t", 2, 3, 1}};
        scenario.cluster.eligibleLeaderReplicas = false;
        scenario.cluster.controllers = controllers;
        scenario.cluster.quorumAppendLinger = linger;
        topology_ = makeTopology(std::make_shared<const Scenario>(scenario), {});
        controller_ = Controller(1, topology_);
        told_ = controller_.image();
        ring(TimerKind::ControllerStart);
    }

    // All three register and are alive; the topic is created.
    void bringUp()
    {
        for (BrokerId id = 1; id <= 3; ++id) {
            registerBroker(id, 1);
            heartbeat(id);
        }
    }

    RegisterBrokerResponse registerBroker(BrokerId id, std::int32_t incarnation)
    {
        const RegisterBrokerResponse answer =
            ask<RegisterBrokerResponse>(id, RegisterBrokerRequest{id, incarnation, -1});
        if (answer.error == ErrorCode::None)
            epochs_[static_cast<std::size_t>(id)] = answer.brokerEpoch;
        return answer;
    }
    // Caught up with the metadata log unless `offset` says otherwise.
    BrokerHeartbeatResponse heartbeat(BrokerId id, Offset offset = kNever)
    {
        return ask<BrokerHeartbeatResponse>(
            id, BrokerHeartbeatRequest{id, epochs_[static_cast<std::size_t>(id)], offset, false});
    }
    AlterPartitionResponse alter(BrokerId id, LeaderEpoch leaderEpoch, std::int32_t partitionEpoch,
                                 const BrokerIds& isr)
    {
        return ask<AlterPartitionResponse>(
            id, AlterPartitionRequest{
                    id, epochs_[static_cast<std::size_t>(id)], {{0, leaderEpoch, partitionEpoch, isr}}});
    }

    template <class Answer>
    Answer ask(BrokerId id, MessageBody body)
    {
        out.clear();
        const Message message{Topology::brokerNode(id), topology_.controllerNode(1), 1, 0, now,
                              std::move(body)};
        controller_.onMessage(message, ReplyTo{message.from, 0, 1}, step());
        tellCommitted();
        const auto replies = tests::repliesOf<Answer>(out);
        return replies.empty() ? Answer{} : replies.front().second;
    }
    void ring(TimerKind kind)
    {
        out.clear();
        controller_.onTimer(Timer{kind, controller_.epoch(), 0}, step());
        tellCommitted();
    }
    // Fences the broker by its silence; the others have been heard of.
    void silence(BrokerId id)
    {
        now += 9 * kSecond + 1;
        for (BrokerId other = 1; other <= 3; ++other) {
            if (other != id && image().alive(other))
                heartbeat(other);
        }
        ring(TimerKind::BrokerSession);
    }

    Step step() { return Step{now, topology_, draws_, out, {}}; }
    const MetadataImage& image() const { return controller_.image(); }
    const PartitionRegistration& partition() const { return controller_.image().partition(0); }
    const Controller& controller() const { return controller_; }
    std::int64_t epoch(BrokerId id) const { return epochs_[static_cast<std::size_t>(id)]; }

    // All that was committed, in order.
    const control::Records& records() const { return records_; }

    Micros now = 0;
    Effects out;

private:
    // As the simulation does: what is committed becomes facts.
    void tellCommitted()
    {
        for (const MetadataCommitted& committed : tests::effectsOf<MetadataCommitted>(out)) {
            const MetadataBatch& batch = *metadataOf(committed.batch);
            for (FactBody& fact : factsOf(batch, told_))
                out.fact(std::move(fact));
            told_ = batch.image;
            records_.insert(records_.end(), batch.records.begin(), batch.records.end());
        }
    }

    MetadataImage told_;
    control::Records records_;
    Topology topology_;
    Controller controller_;
    Random draws_{1, 0};
    std::array<std::int64_t, 4> epochs_{-1, -1, -1, -1};
};

} // namespace

class ControllerTest : public QObject
{
    Q_OBJECT

private slots:
    // The broker epoch is the offset of the registration.
    void registrationGivesAnEpoch()
    {
        Cluster cluster;
        // Offset 0 is the quorum's own LEADER_CHANGE.
        QCOMPARE(cluster.registerBroker(1, 1).brokerEpoch, std::int64_t{1});
        QCOMPARE(cluster.registerBroker(2, 1).brokerEpoch, std::int64_t{2});
        QVERIFY(!cluster.image().alive(1));
        QCOMPARE(tests::factsOf<BrokerRegistered>(cluster.out).size(), std::size_t{1});
    }

    void onlyACaughtUpHeartbeatUnfences()
    {
        Cluster cluster;
        const std::int64_t epoch = cluster.registerBroker(1, 1).brokerEpoch;
        QVERIFY(cluster.heartbeat(1, epoch - 1).fenced); // it has not read its own registration yet
        QVERIFY(!cluster.heartbeat(1, epoch).fenced);
        QVERIFY(cluster.image().alive(1));
    }

    void topicsAreCreatedWhenAllAreUp()
    {
        Cluster cluster;
        for (BrokerId id = 1; id <= 2; ++id) {
            cluster.registerBroker(id, 1);
            cluster.heartbeat(id);
        }
        QCOMPARE(cluster.partition().leaderEpoch, -1);
        cluster.registerBroker(3, 1);
        cluster.heartbeat(3);
        QCOMPARE(tests::factsOf<TopicCreated>(cluster.out).size(), std::size_t{1});
        QCOMPARE(cluster.partition().leaderEpoch, 0);
        QCOMPARE(cluster.partition().leader, cluster.partition().replicas[0]);
        QCOMPARE(cluster.partition().isr.size(), std::size_t{3});
    }

    // ISR-2: at exactly broker.session.timeout.ms the session still lives.
    void aSilentBrokerIsFenced()
    {
        Cluster cluster;
        cluster.bringUp();
        const BrokerId leader = cluster.partition().leader;
        cluster.now = 8 * kSecond;
        for (BrokerId id = 1; id <= 3; ++id) {
            if (id != leader)
                cluster.heartbeat(id);
        }
        cluster.now = 9 * kSecond;
        cluster.ring(TimerKind::BrokerSession);
        QVERIFY(cluster.image().alive(leader));
        QCOMPARE(tests::timersOf(cluster.out, TimerKind::BrokerSession),
                 std::vector<Micros>{9 * kSecond + kSession / 8});
        cluster.now = 9 * kSecond + 1;
        cluster.ring(TimerKind::BrokerSession);
        QVERIFY(!cluster.image().alive(leader));
        QVERIFY(cluster.partition().leader != leader);
        QVERIFY(!cluster.partition().isr.contains(leader));
        QCOMPARE(cluster.partition().leaderEpoch, 1);
        const auto fenced = tests::factsOf<BrokerFenced>(cluster.out);
        QCOMPARE(fenced.size(), std::size_t{1});
        QCOMPARE(fenced[0].broker, leader);
    }

    // Two of three are silent: one is fenced at a look, 10 ms before the next; then there is time again.
    void oneIsFencedAtATime()
    {
        Cluster cluster;
        cluster.bringUp();
        cluster.now = 8 * kSecond;
        cluster.heartbeat(2);
        cluster.now = 10 * kSecond;
        for (const std::size_t fenced : {1, 2, 2}) {
            cluster.ring(TimerKind::BrokerSession);
            QVERIFY(cluster.image().alive(2));
            QCOMPARE(static_cast<std::size_t>(!cluster.image().alive(1)) +
                         static_cast<std::size_t>(!cluster.image().alive(3)),
                     fenced);
        }
    }

    void howSoonItLooksAgain()
    {
        Cluster cluster;
        cluster.bringUp();
        cluster.now = 8 * kSecond;
        cluster.heartbeat(1);
        cluster.heartbeat(2);
        cluster.now = 10 * kSecond;
        cluster.ring(TimerKind::BrokerSession);
        QCOMPARE(tests::timersOf(cluster.out, TimerKind::BrokerSession),
                 std::vector<Micros>{10 * kSecond + 10'000});
        cluster.ring(TimerKind::BrokerSession);
        QCOMPARE(tests::timersOf(cluster.out, TimerKind::BrokerSession),
                 std::vector<Micros>{10 * kSecond + kSession / 8});
    }

    void oneSessionTimerForAll()
    {
        Cluster cluster;
        cluster.bringUp();
        cluster.heartbeat(2);
        QVERIFY(tests::timersOf(cluster.out, TimerKind::BrokerSession).empty());
    }

    void lastReplicaIsWaitedFor()
    {
        Cluster cluster;
        cluster.bringUp();
        for (BrokerId id = 1; id <= 3; ++id)
            cluster.silence(id);
        QCOMPARE(cluster.partition().leader, kNone);
        QVERIFY((cluster.partition().isr == BrokerIds{3}));
        QVERIFY(!tests::factsOf<PartitionOffline>(cluster.out).empty());
        cluster.heartbeat(1);
        QCOMPARE(cluster.partition().leader, kNone); // not in sync
        cluster.heartbeat(3);
        QCOMPARE(cluster.partition().leader, 3);
    }

    void preferredLeaderIsElectedByTheTimer()
    {
        Cluster cluster;
        cluster.bringUp();
        const BrokerId preferred = cluster.partition().replicas[0];
        cluster.silence(preferred);
        const BrokerId leader = cluster.partition().leader;
        for (BrokerId id = 1; id <= 3; ++id)
            cluster.heartbeat(id);
        QCOMPARE(cluster.partition().leader, leader);
        BrokerIds isr = cluster.partition().isr;
        isr.push(preferred);
        QCOMPARE(
            cluster.alter(leader, cluster.partition().leaderEpoch, cluster.partition().partitionEpoch, isr)
                .parts.at(0)
                .error,
            ErrorCode::None);
        cluster.ring(TimerKind::PreferredElection);
        QCOMPARE(cluster.partition().leader, preferred);
        QCOMPARE(cluster.partition().leaderEpoch, 2);
        QCOMPARE(tests::timersOf(cluster.out, TimerKind::PreferredElection),
                 std::vector<Micros>{cluster.now + 300 * kSecond});
    }

    void refusesHeartbeatsOfNobody()
    {
        Cluster cluster;
        QCOMPARE(cluster.ask<BrokerHeartbeatResponse>(1, BrokerHeartbeatRequest{1, 5, 9, false}).error,
                 ErrorCode::BrokerIdNotRegistered);
        cluster.registerBroker(1, 1);
        QCOMPARE(cluster.ask<BrokerHeartbeatResponse>(1, BrokerHeartbeatRequest{1, 5, 9, false}).error,
                 ErrorCode::StaleBrokerEpoch);
    }

    // Another process with the id of one that lives is turned away until that session is over.
    void refusesADuplicateWhileTheSessionLives()
    {
        Cluster cluster;
        cluster.bringUp();
        cluster.now = 9 * kSecond;
        QCOMPARE(cluster.registerBroker(1, 2).error, ErrorCode::DuplicateBrokerRegistration);
        QVERIFY(cluster.image().alive(1));
        cluster.now = 9 * kSecond + 1;
        const std::int64_t before = cluster.epoch(1);
        QCOMPARE(cluster.registerBroker(1, 2).error, ErrorCode::None);
        QVERIFY(cluster.epoch(1) > before);
        QVERIFY(!cluster.image().alive(1)); // fenced until it has caught up
        QVERIFY(!cluster.partition().isr.contains(1));
    }

    void alterPartition_data()
    {
        QTest::addColumn<bool>("byTheLeader");
        QTest::addColumn<int>("leaderEpoch"); // from the partition's
        QTest::addColumn<int>("partitionEpoch");
        QTest::addColumn<bool>("namesAFencedBroker");
        QTest::addColumn<QString>("error");
        QTest::newRow("as it is") << true << 0 << 0 << false << "NONE";
        QTest::newRow("newer leader epoch") << true << 1 << 0 << false << "NOT_CONTROLLER";
        QTest::newRow("newer partition epoch") << true << 0 << 1 << false << "NOT_CONTROLLER";
        QTest::newRow("old leader epoch") << true << -1 << 0 << false << "FENCED_LEADER_EPOCH";
        QTest::newRow("not the leader") << false << 0 << 0 << false << "INVALID_REQUEST";
        QTest::newRow("old partition epoch") << true << 0 << -1 << false << "INVALID_UPDATE_VERSION";
        QTest::newRow("a fenced member") << true << 0 << 0 << true << "INELIGIBLE_REPLICA";
    }

    void alterPartition()
    {
        QFETCH(bool, byTheLeader);
        QFETCH(int, leaderEpoch);
        QFETCH(int, partitionEpoch);
        QFETCH(bool, namesAFencedBroker);
        Cluster cluster;
        cluster.bringUp();
        const BrokerId former = cluster.partition().leader;
        cluster.silence(former); // so that no epoch is 0
        const PartitionRegistration before = cluster.partition();
        const BrokerId other = before.isr[0] == before.leader ? before.isr[1] : before.isr[0];
        const BrokerIds isr =
            namesAFencedBroker ? BrokerIds{before.leader, former} : BrokerIds{before.leader};
        const AlterPartitionResponse answer =
            cluster.alter(byTheLeader ? before.leader : other, before.leaderEpoch + leaderEpoch,
                          before.partitionEpoch + partitionEpoch, isr);
        QCOMPARE(answer.error, ErrorCode::None);
        const std::string_view name = errorName(answer.parts.at(0).error);
        QTEST(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())), "error");
        const bool accepted = answer.parts.at(0).error == ErrorCode::None;
        QCOMPARE(cluster.partition().partitionEpoch, before.partitionEpoch + (accepted ? 1 : 0));
        QCOMPARE(cluster.partition().isr.size(), std::size_t{accepted ? 1U : 2U});
        QCOMPARE(cluster.partition().leaderEpoch, before.leaderEpoch); // the ISR alone does not raise it
    }

    void refusesAlterPartitionOfAnOldProcess()
    {
        Cluster cluster;
        cluster.bringUp();
        const AlterPartitionRequest request{1, cluster.epoch(1) + 1, {{0, 0, 0, BrokerIds{1}}}};
        QCOMPARE(cluster.ask<AlterPartitionResponse>(1, request).error, ErrorCode::StaleBrokerEpoch);
        QCOMPARE(cluster.partition().partitionEpoch, 0);
    }

    // A member of the ISR is named with the epoch of its process: one that was started anew since is not
    // taken in (KIP-903).
    void refusesAnIsrWithAnOldProcess()
    {
        Cluster cluster;
        cluster.bringUp();
        const BrokerId away = cluster.partition().replicas[2];
        cluster.silence(away);
        const std::int64_t old = cluster.epoch(away);
        cluster.registerBroker(away, 2);
        cluster.heartbeat(away);
        QVERIFY(cluster.image().alive(away));
        const PartitionRegistration before = cluster.partition();
        BrokerIds isr = before.isr;
        isr.push(away);
        const auto ask = [&](std::int64_t epoch) {
            AlterPartitionRequest request{before.leader, cluster.epoch(before.leader), {}};
            request.parts.push_back({0, before.leaderEpoch, before.partitionEpoch, isr, {}});
            for (const BrokerId member : isr)
                request.parts[0].brokerEpochs.push_back(member == away ? epoch : cluster.epoch(member));
            return cluster.ask<AlterPartitionResponse>(before.leader, request).parts.at(0).error;
        };
        QCOMPARE(ask(old), ErrorCode::IneligibleReplica);
        QVERIFY(cluster.partition() == before);
        QCOMPARE(ask(cluster.epoch(away)), ErrorCode::None);
        QVERIFY(cluster.partition().isr.contains(away));
    }

    // Nothing changes but by the records of the log.
    void theLogTellsEverything()
    {
        Cluster cluster;
        cluster.bringUp();
        cluster.silence(3);
        control::ClusterControl follower({}, 1); // behind LEADER_CHANGE
        follower.configs = cluster.image().configs;
        control::replay(follower, cluster.records());
        QVERIFY(imageOf(follower) == cluster.image());
        QCOMPARE(cluster.image().offset, cluster.controller().metadataEnd());
    }

    // What an answer rests on is committed first.
    void anAnswerWaitsForTheCommit()
    {
        Cluster cluster(1, 25'000);
        cluster.ask<RegisterBrokerResponse>(1, RegisterBrokerRequest{1, 1, -1});
        QVERIFY(tests::repliesOf<RegisterBrokerResponse>(cluster.out).empty());
        QVERIFY(cluster.image().brokerEpoch(1) < 0);
        cluster.now += 25'000;
        cluster.ring(TimerKind::Quorum);
        QCOMPARE(tests::repliesOf<RegisterBrokerResponse>(cluster.out).size(), std::size_t{1});
        QCOMPARE(cluster.image().brokerEpoch(1), std::int64_t{1});
    }

    // One of three that nobody has elected decides nothing.
    void onlyTheActiveOneDecides()
    {
        Cluster cluster(3);
        QVERIFY(!cluster.controller().active());
        QCOMPARE(cluster.registerBroker(1, 1).error, ErrorCode::NotController);
        QCOMPARE(cluster.heartbeat(1).error, ErrorCode::NotController);
        QCOMPARE(cluster.alter(1, 0, 0, BrokerIds{1}).error, ErrorCode::NotController);
        QVERIFY(cluster.records().empty());
    }
};

TIDELINE_RULE_TEST(ControllerTest)
#include "controller_test.moc"
