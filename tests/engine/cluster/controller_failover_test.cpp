// SPDX-License-Identifier: GPL-3.0-or-later
// What the two ways to find a new controller cost: the old one grows with the cluster, the new one does not.
#include "engine/cluster/controller_failover.h"
#include "tests/engine/rule_tests.h"

#include <numeric>

using namespace tideline;

namespace {

std::int64_t messagesOf(const std::vector<FailoverPhase>& phases)
{
    return std::accumulate(phases.begin(), phases.end(), std::int64_t{0},
                           [](std::int64_t sum, const FailoverPhase& phase) { return sum + phase.messages; });
}

} // namespace

class ControllerFailoverTest : public QObject
{
    Q_OBJECT

private slots:
    void onePhaseFollowsAnother()
    {
        for (const auto& phases : {zookeeperFailover({}), kraftFailover({})}) {
            QVERIFY(!phases.empty());
            Micros end = 0;
            for (const FailoverPhase& phase : phases) {
                QCOMPARE(phase.from, end);
                QVERIFY(phase.to > phase.from);
                end = phase.to;
            }
        }
    }

    void onlyTheOldOneReadsEveryPartition()
    {
        FailoverSetting small;
        FailoverSetting large;
        large.partitions = 10'000;
        QCOMPARE(messagesOf(zookeeperFailover(large)) - messagesOf(zookeeperFailover(small)),
                 std::int64_t{20'000});
        QCOMPARE(messagesOf(kraftFailover(large)), messagesOf(kraftFailover(small)));
    }

    // Three voters: both that are left must agree. Two requests and the answer of the living one, three
    // times, and two fetches.
    void threeVotersCountTheirMessages()
    {
        QCOMPARE(messagesOf(kraftFailover({})), std::int64_t{3 * 3 + 4});
        QCOMPARE(kraftFailover({}).front().to, Micros{2'000'000});
        QCOMPARE(zookeeperFailover({}).front().to, Micros{18'000'000});
    }

    void aVoterOfTwoElectsNobody()
    {
        FailoverSetting setting;
        setting.controllers = 2;
        QVERIFY(kraftFailover(setting).empty());
        setting.controllers = 1;
        QVERIFY(kraftFailover(setting).empty());
    }
};

TIDELINE_RULE_TEST(ControllerFailoverTest)
#include "controller_failover_test.moc"
