// SPDX-License-Identifier: GPL-3.0-or-later
// The sync phase of the classic protocol: who waits, who is given its part, and who is out at the end.
#include "tests/engine/clients/group_clients.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using tests::GroupClients;

class ClassicGroupSyncTest : public QObject
{
    Q_OBJECT

private slots:
    void syncs()
    {
        GroupClients clients;
        clients.joinAnew('A');
        clients.joinAnew('B');
        clients.advance(6000);
        clients.answers();
        clients.sync('B');
        QCOMPARE(clients.answers(), ""); // waits for the leader's
        clients.sync('A', "BAB", 0);
        QCOMPARE(clients.answers(), "6000 A sync ILLEGAL_GENERATION");
        clients.sync('A', "BA");
        QCOMPARE(clients.answers(), "6000 A sync NONE 1; 6000 B sync NONE 0");
        clients.sync('B');
        QCOMPARE(clients.answers(), "6000 B sync NONE 0"); // again: what it has
        clients.joinAnew('C');
        clients.answers();
        clients.sync('B');
        QCOMPARE(clients.answers(), "6000 B sync REBALANCE_IN_PROGRESS");
        clients.ids['D'] = "nobody";
        clients.sync('D');
        QCOMPARE(clients.answers(), "6000 D sync UNKNOWN_MEMBER_ID");
    }

    // The assignment is given out when it is stored, not before; when it cannot be, all join again.
    void anAssignmentThatIsNotStoredIsNotGivenOut()
    {
        GroupClients clients;
        clients.storesAtOnce = false;
        clients.joinAnew('A');
        clients.advance(3000);
        clients.answers();
        clients.sync('A', "A");
        QCOMPARE(clients.state(), "CompletingRebalance 1");
        clients.group.assignmentStored(1, ErrorCode::CoordinatorNotAvailable, clients.step());
        clients.heartbeat('A');
        QCOMPARE(clients.answers(),
                 "3000 A sync COORDINATOR_NOT_AVAILABLE; 3000 A heartbeat REBALANCE_IN_PROGRESS");
        clients.group.assignmentStored(1, ErrorCode::None, clients.step()); // too late
        QCOMPARE(clients.state(), "PreparingRebalance 1");
    }

    // Who has not synced when the rebalance timeout is over is removed, and the others begin again.
    void whoDoesNotSyncIsRemoved()
    {
        GroupClients clients(10'000'000);
        clients.joinAnew('A');
        clients.joinAnew('B');
        clients.advance(6000);
        clients.sync('B');
        clients.answers();
        for (int i = 0; i < 3; ++i) {
            clients.advance(3000);
            clients.heartbeat('A'); // alive, but the leader has no assignment
        }
        clients.answers();
        clients.advanceTo(16'000);
        QCOMPARE(clients.answers(), "16000 B sync REBALANCE_IN_PROGRESS");
        QCOMPARE(clients.state(), "PreparingRebalance 1");
        clients.join('B');
        QCOMPARE(clients.answers(), "16000 B join NONE, generation 2, leads B");
    }

    // All have synced, and the assignment takes long to be replicated: the end of the phase throws nobody
    // out.
    void theEndOfThePhaseFindsNobodyMissing()
    {
        GroupClients clients(10'000'000);
        clients.storesAtOnce = false;
        clients.joinAnew('A');
        clients.advance(3000);
        clients.sync('A', "A");
        clients.answers();
        clients.advance(60'000);
        QCOMPARE(clients.state(), "CompletingRebalance 1");
        clients.group.assignmentStored(1, ErrorCode::None, clients.step());
        clients.heartbeat('A');
        QCOMPARE(clients.answers(), "63000 A sync NONE 0; 63000 A heartbeat NONE");
    }

    // The group is Stable with the leader's assignment; who never fetches its part is removed all the same.
    void whoDoesNotSyncIsRemovedFromAStableGroup()
    {
        GroupClients clients(20'000'000);
        clients.joinAnew('A');
        clients.joinAnew('B');
        clients.advance(6000);
        clients.sync('A', "AB");
        for (int i = 0; i < 19; ++i) {
            clients.advance(1000);
            clients.heartbeat('A');
            clients.heartbeat('B');
        }
        clients.advanceTo(25'999);
        QCOMPARE(clients.state(), "Stable 1");
        clients.answers();
        clients.advanceTo(26'000);
        QCOMPARE(clients.state(), "PreparingRebalance 1");
        clients.heartbeat('A');
        clients.heartbeat('B');
        QCOMPARE(clients.answers(),
                 "26000 A heartbeat REBALANCE_IN_PROGRESS; 26000 B heartbeat UNKNOWN_MEMBER_ID");
        clients.join('A');
        QCOMPARE(clients.answers(), "26000 A join NONE, generation 2, leads A");
    }

    void whoSyncsLateStays()
    {
        GroupClients clients(20'000'000);
        clients.joinAnew('A');
        clients.joinAnew('B');
        clients.advance(6000);
        clients.sync('A', "AB");
        clients.advance(10'000);
        clients.sync('B');
        clients.heartbeat('A');
        clients.advance(20'000);
        QCOMPARE(clients.state(), "Stable 1");
    }
};

TIDELINE_RULE_TEST(ClassicGroupSyncTest)
#include "classic_group_sync_test.moc"
