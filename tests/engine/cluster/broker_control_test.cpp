// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's rules about brokers, where the recorded vectors do not reach: how long a session lasts,
// when a controlled shutdown is granted, and what a restart costs.
#include "engine/cluster/broker_event.h"
#include "tests/engine/cluster/control_state.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::control;
using namespace tideline::control::tests;

namespace {

constexpr Micros kSession = 9 * kMicrosPerSecond;

ControlSettings withElr(std::int32_t minInsyncReplicas)
{
    ControlSettings settings;
    settings.eligibleLeaderReplicas = true;
    settings.server.minInsyncReplicas = minInsyncReplicas;
    return settings;
}

} // namespace

class BrokerControlTest : public QObject
{
    Q_OBJECT

private slots:
    void theSessionThatEndedFirstIsStaleFirst()
    {
        ClusterControl control = withBrokers({}, 3);
        heartbeat(control, {1, epochOf(control, 1), false, false, control.nextOffset}, 5);
        heartbeat(control, {3, epochOf(control, 3), false, false, control.nextOffset}, 3);
        heartbeat(control, {2, epochOf(control, 2), false, false, control.nextOffset}, 4);
        QCOMPARE(control.sessions.validUntil(kSession), kSession + 3);
        QVERIFY(!control.sessions.takeStale(kSession + 3, kSession));
        std::vector<BrokerId> stale;
        while (const auto incarnation = control.sessions.takeStale(kSession + 9, kSession))
            stale.push_back(incarnation->broker);
        QCOMPARE(stale, (std::vector<BrokerId>{3, 2, 1}));
        QCOMPARE(control.sessions.validUntil(kSession), kNever);
    }

    void anotherIncarnationWaitsForTheEndOfTheSession()
    {
        ClusterControl control = withBrokers({}, 1);
        const RegisterBrokerRequest again{1, 2, {}, epochOf(control, 1)};
        QCOMPARE(registerBroker(control, again, kSession).error, ErrorCode::DuplicateBrokerRegistration);
        const auto decision = registerBroker(control, again, kSession + 1);
        QVERIFY(decision.ok());
        QCOMPARE(decision.answer.brokerEpoch, control.nextOffset);
        control::replay(control, decision.records);
        QVERIFY(control.brokers.find(1)->fenced);
    }

    void theSameIncarnationKeepsItsEpochAndItsState()
    {
        ClusterControl control = withBrokers({}, 1);
        const std::int64_t epoch = epochOf(control, 1);
        const auto decision = registerBroker(control, {1, 1, "rack-a", -1}, 0);
        control::replay(control, decision.records);
        QCOMPARE(decision.answer.brokerEpoch, epoch);
        QVERIFY(control.brokers.active(1));
        QCOMPARE(control.brokers.find(1)->rack, std::string("rack-a"));
    }

    // A list of brokers holds 16 bits each.
    void aBrokerIdThatNoListCanHoldIsRefused()
    {
        const ClusterControl control;
        QCOMPARE(registerBroker(control, {32768, 1, {}, -1}, 0).error, ErrorCode::InvalidRegistration);
        QCOMPARE(registerBroker(control, {-1, 1, {}, -1}, 0).error, ErrorCode::InvalidRegistration);
        QVERIFY(registerBroker(control, {32767, 1, {}, -1}, 0).ok());
    }

    void aHeartbeatOfAnOldIncarnationIsRefused()
    {
        ClusterControl control = withBrokers({}, 1);
        const std::int64_t epoch = epochOf(control, 1);
        const auto decision = judgeHeartbeat(control, {1, epoch + 1, false, false, 0});
        QCOMPARE(decision.error, ErrorCode::StaleBrokerEpoch);
        QCOMPARE(decision.message, std::string("Expected broker epoch 0, but got broker epoch 1"));
        QVERIFY(decision.records.empty());
    }

    // The broker's own registration record is the last that it must have read.
    void aBrokerIsUnfencedOnceItHasReadItsRegistration()
    {
        ClusterControl control(ControlSettings{}, 10);
        control::replay(control, registerBroker(control, {1, 1, {}, -1}, 0).records);
        BrokerHeartbeatAnswer answer = heartbeat(control, {1, 10, false, false, 9}, 0);
        QVERIFY(!answer.caughtUp && answer.fenced);
        answer = heartbeat(control, {1, 10, false, false, 10}, 0);
        QVERIFY(answer.caughtUp && !answer.fenced);
    }

    void aControlledShutdownIsGrantedWhenTheOthersHaveReadOfIt()
    {
        ClusterControl control = withBrokers({}, 2);
        create(control, "t", {{1, 2}});
        BrokerHeartbeatAnswer answer = heartbeat(control, {1, 0, false, true, control.nextOffset}, 0);
        QVERIFY(answer.inControlledShutdown && !answer.shouldShutDown && !answer.fenced);
        QCOMPARE(partition(control, 0).leader, 2);
        QCOMPARE(partition(control, 0).isr, BrokerIds{2});
        const Offset moved = control.nextOffset - 1;

        heartbeat(control, {2, epochOf(control, 2), false, false, moved - 1}, 0);
        QVERIFY(!heartbeat(control, {1, 0, false, true, moved}, 0).shouldShutDown);
        heartbeat(control, {2, epochOf(control, 2), false, false, moved}, 0);
        answer = heartbeat(control, {1, 0, false, true, moved}, 0);
        QVERIFY(answer.shouldShutDown && answer.fenced && !answer.inControlledShutdown);
        QVERIFY(control.brokers.find(1)->fenced);
    }

    void aBrokerThatLeadsNothingMayGoAtOnce()
    {
        ClusterControl control = withBrokers({}, 2);
        create(control, "t", {{2, 1}});
        QVERIFY(heartbeat(control, {1, 0, false, true, control.nextOffset}, 0).shouldShutDown);
        QCOMPARE(partition(control, 0).isr, BrokerIds{2});
    }

    void onlyACleanRestartKeepsABrokerEligible()
    {
        ClusterControl control = withBrokers(withElr(2), 2);
        create(control, "t", {{1, 2}});
        control::replay(control, recordsOfFencing(control, 1));
        QCOMPARE(partition(control, 0).elr, BrokerIds{1});

        ClusterControl unclean = control;
        control::replay(unclean, registerBroker(unclean, {1, 2, {}, -1}, kSession + 1).records);
        QVERIFY(partition(unclean, 0).elr.empty());
        QVERIFY(!unclean.topics.byBroker().of(1).inElr.contains(0));

        const std::int64_t epoch = epochOf(control, 1);
        control::replay(control, registerBroker(control, {1, 2, {}, epoch}, kSession + 1).records);
        QCOMPARE(partition(control, 0).elr, BrokerIds{1});
    }

    void unregisteringTakesTheBrokerOutOfIsrAndElr()
    {
        ClusterControl control = withBrokers(withElr(2), 2);
        create(control, "t", {{1, 2}, {2, 1}});
        control::replay(control, recordsOfFencing(control, 1));
        control::replay(control, unregisterBroker(control, 1).records);
        QVERIFY(!control.brokers.find(1));
        QVERIFY(!partition(control, 0).isr.contains(1));
        QCOMPARE(partition(control, 0).leader, 2);
        QCOMPARE(unregisterBroker(control, 1).error, ErrorCode::BrokerIdNotRegistered);
    }

    // Nobody is fenced in the first session of a new controller, however long ago its heartbeats were.
    void anActivatedControllerHearsEveryBrokerAnew()
    {
        ClusterControl control = withBrokers({}, 2);
        const Micros later = 100 * kMicrosPerSecond;
        activate(control, later);
        QVERIFY(!control.sessions.takeStale(later + kSession, kSession));
        const auto stale = control.sessions.takeStale(later + kSession + 1, kSession);
        QVERIFY(stale.has_value());
        QCOMPARE(stale->broker, 1);
        control::replay(control, fenceStaleBroker(control, *stale));
        QVERIFY(control.brokers.find(1)->fenced);
        QVERIFY(fenceStaleBroker(control, *stale).empty());
        QVERIFY(fenceStaleBroker(control, {7, 0}).empty());
    }
};

TIDELINE_RULE_TEST(BrokerControlTest)
#include "broker_control_test.moc"
