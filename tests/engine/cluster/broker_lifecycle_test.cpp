// SPDX-License-Identifier: GPL-3.0-or-later
// A broker's process from its start to its clean stop, as its controller sees it.
#include "tests/engine/broker_alone.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

class Process : public tests::BrokerAlone
{
public:
    explicit Process(BrokerId leader = 1)
        : BrokerAlone(twoBrokers())
    {
        log.broker(1);
        log.broker(2);
        createTopic(leader);
    }

    std::vector<BrokerHeartbeatRequest> heartbeats() const { return asked<BrokerHeartbeatRequest>(); }
    std::size_t registrations() const { return asked<RegisterBrokerRequest>().size(); }
    bool ended() const { return !saw<EndProcess>().empty(); }
    void stop()
    {
        with([](Broker& broker, Step step) { broker.shutDown(step); });
        advanceTo(now);
    }
};

} // namespace

class BrokerLifecycleTest : public QObject
{
    Q_OBJECT

private slots:
    // It looks for a controller each 100 ms.
    void itRegistersOnceThereIsAController()
    {
        Process process;
        process.advanceTo(1'000'000);
        QCOMPARE(process.registrations(), std::size_t{0});
        process.findController();
        process.advanceTo(1'100'000);
        QCOMPARE(process.registrations(), std::size_t{1});
    }

    // It leads nothing before the controller says that it has read its own registration, and nobody can reach
    // it before it is unfenced.
    void itLeadsWhenItHasCaughtUp()
    {
        Process process;
        process.findController();
        process.acceptRegistration();
        QVERIFY(process.heartbeats().at(0).wantFence);
        QCOMPARE(process.heartbeats().at(0).metadataOffset, Offset{-1});
        process.tellMetadata();
        process.answerHeartbeat(false, true);
        QVERIFY(process.actor.replica(0)->role == Replica::Role::None);
        process.advanceTo(process.now + 10'000);
        QCOMPARE(process.heartbeats().at(0).metadataOffset, process.log.end() - 1);
        process.answerHeartbeat(true, true);
        QVERIFY(process.actor.replica(0)->role == Replica::Role::Leader);
        QVERIFY(!process.heartbeats().at(0).wantFence); // at once
        QVERIFY(!process.actor.listens());
        process.answerHeartbeat(true, false);
        QVERIFY(process.actor.listens());
    }

    // Started anew within its session, it is refused as a duplicate, and goes on fetching all the same.
    void itFollowsBeforeItIsRegistered()
    {
        Process process(2);
        process.findController();
        process.tellMetadata();
        QCOMPARE(process.asked<ReplicaFetchRequest>().size(), std::size_t{1});
        QCOMPARE(process.asked<ReplicaFetchRequest>()[0].brokerEpoch, std::int64_t{-1});
    }

    // The interval is counted from the answer, not from the request.
    void heartbeatsFollowTheAnswer()
    {
        Process process;
        process.run();
        process.advanceTo(process.now + 2'000'000);
        QCOMPARE(process.heartbeats().size(), std::size_t{1});
        process.advanceTo(process.now + 1'000'000);
        process.answerHeartbeat(true, false);
        process.advanceTo(process.now + 1'999'999);
        QCOMPARE(process.heartbeats().size(), std::size_t{0});
        process.advanceTo(process.now + 1);
        QCOMPARE(process.heartbeats().size(), std::size_t{1});
    }

    // The node that was asked is the only controller that is known: the request goes to it again after 50 ms,
    // and has failed after half a session, 4.5 s.
    void aLostHeartbeatIsSentAgain()
    {
        Process process;
        process.run();
        process.advanceTo(process.now + 2'000'000);
        const Micros asked = process.now;
        while (process.now < asked + 4'500'000) {
            process.lose<BrokerHeartbeatRequest>();
            process.advanceTo(process.now + 49'999);
            QCOMPARE(process.heartbeats().size(), std::size_t{0});
            process.advanceTo(process.now + 1);
            QCOMPARE(process.heartbeats().size(), std::size_t{process.now < asked + 4'500'000 ? 1U : 0U});
        }
        process.advanceTo(process.now + 97'999);
        QCOMPARE(process.heartbeats().size(), std::size_t{0});
        process.advanceTo(process.now + 4'000);
        QCOMPARE(process.heartbeats().size(), std::size_t{1});
    }

    void aRefusedRegistrationIsTriedAgainLater()
    {
        Process process;
        process.findController();
        const auto refuse = [&process] {
            process.answer<RegisterBrokerRequest>(
                RegisterBrokerResponse{ErrorCode::DuplicateBrokerRegistration, -1});
        };
        refuse();
        process.advanceTo(process.now + 102'000);
        QCOMPARE(process.registrations(), std::size_t{1});
        refuse();
        process.advanceTo(process.now + 195'000);
        QCOMPARE(process.registrations(), std::size_t{0});
        process.advanceTo(process.now + 9'000);
        QCOMPARE(process.registrations(), std::size_t{1});
    }

    // initial.broker.registration.timeout.ms
    void whoIsNotRegisteredInTimeEnds()
    {
        Process process;
        process.advanceTo(59'999'999);
        QVERIFY(!process.ended());
        process.advanceTo(60'000'000);
        QVERIFY(process.ended());
        QVERIFY(process.saw<EndProcess>().at(0).how == ProcessEnd::NotRegistered);
    }

    void whoIsRegisteredInTimeDoesNot()
    {
        Process process;
        process.run();
        process.advanceTo(60'000'000);
        QVERIFY(!process.ended());
    }

    // At once, 50 ms after the first answer, then with the interval.
    void aCleanStopAsksTheController()
    {
        Process process;
        process.run();
        process.stop();
        QVERIFY(process.heartbeats().at(0).wantShutdown);
        process.answerHeartbeat(true, false);
        process.advanceTo(process.now + 50'000);
        QCOMPARE(process.heartbeats().size(), std::size_t{1});
        process.answerHeartbeat(true, false);
        process.advanceTo(process.now + 1'999'999);
        QCOMPARE(process.heartbeats().size(), std::size_t{0});
        process.advanceTo(process.now + 1);
        QVERIFY(!process.ended());
        process.answerHeartbeat(true, true, true);
        QVERIFY(process.saw<EndProcess>().at(0).how == ProcessEnd::Clean);
    }

    // It is out of the ISR, so that nobody waits for what it fetches.
    void whoStopsFollowsNoLonger()
    {
        Process process(2);
        process.run();
        process.stop();
        const Offset from = process.log.end();
        process.log.change(0, {}, BrokerIds{2});
        process.tellMetadata(from);
        process.answer<ReplicaFetchRequest>(ReplicaFetchResponse{});
        QVERIFY(process.asked<ReplicaFetchRequest>().at(0).parts.at(0).forgotten);
    }

    // Nobody answers: it waits for five minutes.
    void aCleanStopWithoutAControllerEndsAllTheSame()
    {
        Process process;
        process.run();
        process.stop();
        const Micros asked = process.now;
        process.advanceTo(asked + 299'999'999);
        QVERIFY(!process.ended());
        process.advanceTo(asked + 300'000'000);
        QVERIFY(process.saw<EndProcess>().at(0).how == ProcessEnd::Clean);
    }

    void whoDoesNotRunYetStopsAtOnce()
    {
        Process process;
        process.findController();
        process.acceptRegistration();
        process.stop();
        QVERIFY(process.ended());
    }
};

TIDELINE_RULE_TEST(BrokerLifecycleTest)
#include "broker_lifecycle_test.moc"
