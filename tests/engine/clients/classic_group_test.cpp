// SPDX-License-Identifier: GPL-3.0-or-later
// One group of the classic protocol: GRP-1 to GRP-7, GRP-10, GRP-11, and the answers a coordinator gave.
#include "tests/engine/clients/group_clients.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using tests::GroupClients;

class ClassicGroupTest : public QObject
{
    Q_OBJECT

private slots:
    // GRP-1
    void aloneItWaitsTheInitialDelay()
    {
        GroupClients clients;
        clients.join('A');
        QCOMPARE(clients.answers(), "0 A join MEMBER_ID_REQUIRED");
        clients.join('A');
        QCOMPARE(clients.state(), "PreparingRebalance 0");
        clients.advance(2999);
        clients.heartbeat('A');
        clients.heartbeat('A', 1);
        QCOMPARE(clients.answers(),
                 "2999 A heartbeat REBALANCE_IN_PROGRESS; 2999 A heartbeat ILLEGAL_GENERATION");
        clients.advance(1);
        QCOMPARE(clients.answers(), "3000 A join NONE, generation 1, leads A");
        QCOMPARE(clients.state(), "CompletingRebalance 1");
        clients.heartbeat('A');
        QCOMPARE(clients.answers(), "3000 A heartbeat NONE"); // GRP-11
        clients.sync('A', "A");
        QCOMPARE(clients.answers(), "3000 A sync NONE 0");
        QCOMPARE(clients.state(), "Stable 1");
    }

    // GRP-2
    void oneMoreExtendsTheDelay()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.advance(1000);
        clients.joinAnew('B');
        clients.answers();
        clients.advanceTo(5999);
        QCOMPARE(clients.answers(), "");
        clients.advanceTo(6000);
        QCOMPARE(clients.answers(),
                 "6000 A join NONE, generation 1, leads A B; 6000 B join NONE, generation 1");
    }

    // GRP-3
    void andAnotherExtendsItAgain()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.advance(1000);
        clients.joinAnew('B');
        clients.advance(3000);
        clients.joinAnew('C');
        clients.answers();
        clients.advanceTo(8999);
        QCOMPARE(clients.answers(), "");
        clients.advanceTo(9000);
        QCOMPARE(clients.state(), "CompletingRebalance 1");
    }

    // The initial wait never goes on longer than the rebalance timeout.
    void theDelayEndsWithTheRebalanceTimeout()
    {
        GroupClients clients(4'000'000);
        clients.joinAnew('A');
        clients.advance(1000);
        clients.joinAnew('B');
        clients.advance(2000);
        clients.joinAnew('C');
        clients.advance(999);
        clients.joinAnew('D');
        QCOMPARE(clients.state(), "PreparingRebalance 0");
        clients.advance(1);
        QCOMPARE(clients.state(), "CompletingRebalance 1");
        QCOMPARE(clients.group.members().size(), std::size_t{4});
    }

    void whoLeavesTheInitialWaitDoesNotEndIt()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.leave('A');
        QCOMPARE(clients.answers(), "0 A leave NONE; 0 A join UNKNOWN_MEMBER_ID");
        QCOMPARE(clients.state(), "PreparingRebalance 0");
        clients.advance(3000);
        QCOMPARE(clients.state(), "Empty 1");
    }

    // GRP-4: no delay; the generation begins when the last one has joined again.
    void aThirdMemberRebalancesAtOnce()
    {
        GroupClients clients;
        clients.makeStable();
        clients.joinAnew('C');
        clients.answers();
        QCOMPARE(clients.state(), "PreparingRebalance 1");
        clients.heartbeat('A');
        QCOMPARE(clients.answers(), "6000 A heartbeat REBALANCE_IN_PROGRESS");
        clients.advance(500);
        clients.join('A');
        QCOMPARE(clients.answers(), "");
        clients.advance(500);
        clients.join('B');
        QCOMPARE(clients.answers(), "7000 A join NONE, generation 2, leads A B C; "
                                    "7000 B join NONE, generation 2; 7000 C join NONE, generation 2");
    }

    // GRP-5: who does not come back is out at the end of max.poll.interval.ms.
    void theRebalanceTimeoutDropsWhoIsStuck()
    {
        GroupClients clients(10'000'000);
        clients.makeStable();
        clients.joinAnew('C');
        clients.join('A');
        clients.answers();
        for (int i = 0; i < 3; ++i) {
            clients.advance(3000);
            clients.heartbeat('B'); // alive, but processing
        }
        clients.answers();
        clients.advanceTo(15'999);
        QCOMPARE(clients.answers(), "");
        clients.advanceTo(16'000);
        QCOMPARE(clients.answers(),
                 "16000 A join NONE, generation 2, leads A C; 16000 C join NONE, generation 2");
        clients.heartbeat('B');
        QCOMPARE(clients.answers(), "16000 B heartbeat UNKNOWN_MEMBER_ID");
    }

    // GRP-6: 45 s after it was last heard of.
    void aSilentMemberIsRemoved()
    {
        GroupClients clients;
        clients.makeStable();
        clients.advanceTo(20'000);
        clients.heartbeat('B');
        clients.advanceTo(50'000);
        clients.heartbeat('A');
        clients.answers();
        clients.advanceTo(64'999);
        QCOMPARE(clients.state(), "Stable 1");
        clients.advanceTo(65'000);
        QCOMPARE(clients.state(), "PreparingRebalance 1");
        clients.heartbeat('A');
        clients.heartbeat('B');
        QCOMPARE(clients.answers(),
                 "65000 A heartbeat REBALANCE_IN_PROGRESS; 65000 B heartbeat UNKNOWN_MEMBER_ID");
        clients.join('A');
        QCOMPARE(clients.answers(), "65000 A join NONE, generation 2, leads A");
    }

    // Who waits for an answer cannot be heard of, and does not expire.
    void whoWaitsDoesNotExpire()
    {
        GroupClients clients;
        clients.makeStable();
        clients.joinAnew('C');
        for (int i = 0; i < 30; ++i) {
            clients.advance(3000);
            clients.heartbeat('A');
            clients.heartbeat('B');
        }
        QCOMPARE(clients.state(), "PreparingRebalance 1");
        QCOMPARE(clients.group.members().size(), std::size_t{3});
    }

    // GRP-7
    void aLeavingMemberRebalancesAtOnce()
    {
        GroupClients clients;
        clients.makeStable();
        clients.leave('A'); // the leader
        QCOMPARE(clients.answers(), "6000 A leave NONE");
        QCOMPARE(clients.state(), "PreparingRebalance 1");
        clients.join('B');
        QCOMPARE(clients.answers(), "6000 B join NONE, generation 2, leads B");
        clients.leave('A');
        QCOMPARE(clients.answers(), "6000 A leave UNKNOWN_MEMBER_ID");
    }

    void theLastOneToLeaveEmptiesTheGroup()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.advance(3000);
        clients.sync('A', "A");
        clients.leave('A');
        QCOMPARE(clients.state(), "Empty 2");
        clients.answers();
        clients.joinAnew('B');
        clients.advance(3000);
        QCOMPARE(clients.answers(), "6000 B join NONE, generation 3, leads B");
    }

    // A join again is a lost answer, unless it comes from the leader or with other topics.
    void joinAgainWhileStable_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<int>("topic");
        QTest::addColumn<QString>("state");
        QTest::newRow("follower, unchanged") << "B" << 0 << "Stable 1";
        QTest::newRow("follower, other topic") << "B" << 1 << "PreparingRebalance 1";
        QTest::newRow("leader, unchanged") << "A" << 0 << "PreparingRebalance 1";
    }

    void joinAgainWhileStable()
    {
        QFETCH(QString, who);
        QFETCH(int, topic);
        GroupClients clients;
        clients.makeStable();
        clients.join(who[0].toLatin1(), {topic});
        QTEST(clients.state(), "state");
        QCOMPARE(clients.answers(), clients.state() == "Stable 1" ? "6000 B join NONE, generation 1" : "");
    }

    void joinAgainWhileCompletingIsAnsweredAgain()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.joinAnew('B');
        clients.advance(6000);
        clients.answers();
        clients.join('B');
        QCOMPARE(clients.answers(), "6000 B join NONE, generation 1");
        QCOMPARE(clients.state(), "CompletingRebalance 1");
    }

    // GRP-10, and what else a commit may meet.
    void commits()
    {
        GroupClients clients;
        clients.makeStable();
        QCOMPARE(clients.commit('A', 1), "NONE");
        QCOMPARE(clients.commit('A', 0), "ILLEGAL_GENERATION");
        clients.joinAnew('C');
        QCOMPARE(clients.commit('A', 1), "NONE"); // before it joins again
        clients.join('A');
        clients.join('B');
        QCOMPARE(clients.commit('A', 2), "REBALANCE_IN_PROGRESS");
        QCOMPARE(clients.commit('A', 1), "ILLEGAL_GENERATION");
        clients.ids['D'] = "nobody";
        QCOMPARE(clients.commit('D', 2), "UNKNOWN_MEMBER_ID");
    }

    void anUnknownIdMayNotJoin()
    {
        GroupClients clients;
        clients.ids['A'] = "made-up";
        clients.join('A');
        QCOMPARE(clients.answers(), "0 A join UNKNOWN_MEMBER_ID");
        QCOMPARE(clients.state(), "Empty 0");
    }

    // An id that was handed out holds up the generation, for as long as a session.
    void anUnusedIdHoldsTheOthersUp()
    {
        GroupClients clients;
        clients.makeStable();
        clients.join('C'); // asks for an id and is never seen again
        clients.leave('B');
        clients.join('A');
        clients.answers();
        clients.advanceTo(50'999);
        QCOMPARE(clients.answers(), "");
        clients.advanceTo(51'000);
        QCOMPARE(clients.answers(), "51000 A join NONE, generation 2, leads A");
    }

    void anUnusedIdMayLeave()
    {
        GroupClients clients;
        clients.makeStable();
        clients.join('C');
        clients.leave('B');
        clients.join('A');
        clients.answers();
        clients.leave('C');
        QCOMPARE(clients.answers(), "6000 C leave NONE; 6000 A join NONE, generation 2, leads A");
        clients.join('C');
        QCOMPARE(clients.answers(), "6000 C join UNKNOWN_MEMBER_ID");
    }

    void whoResignsTellsThoseWhoWait()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.answers();
        clients.group.resign(clients.step());
        clients.heartbeat('A');
        QCOMPARE(clients.answers(), "0 A join NOT_COORDINATOR; 0 A heartbeat REBALANCE_IN_PROGRESS");
    }

    // As another coordinator stored it: generation and ids go on, and nobody rebalances.
    void aStoredGroupGoesOn()
    {
        GroupClients clients;
        clients.makeStable();
        clients.group = ClassicGroup(0, 1, clients.ids['A'], clients.group.members());
        clients.heartbeat('B');
        QCOMPARE(clients.answers(), "6000 B heartbeat NONE");
        QCOMPARE(clients.state(), "Stable 1");
        QVERIFY(ClassicGroup(0, 7, "", {}).state() == GroupState::Empty);
    }
};

TIDELINE_RULE_TEST(ClassicGroupTest)
#include "classic_group_test.moc"
