// SPDX-License-Identifier: GPL-3.0-or-later
// Which facts the timeline shows: what a person would jump to, not what happens all the time.
#include "engine/lab/marks.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

class MarksTest : public QObject
{
    Q_OBJECT

private slots:
    void marks_data()
    {
        QTest::addColumn<bool>("marked");
        QTest::addColumn<bool>("expected");
        const auto row = [](const char* name, const FactBody& fact, bool expected) {
            QTest::newRow(name) << isMark(fact) << expected;
        };
        row("a broker dies", BrokerKilled{1}, true);
        row("a broker is fenced", BrokerFenced{1, 0}, true);
        row("a partition has no leader", PartitionOffline{0, 1, 2}, true);
        row("an ISR shrinks", IsrShrank{0, 1, 2}, true);
        row("a log is cut", LogTruncated{0, 1, 5, 3}, true);
        row("records are lost", RecordsLost{}, true);
        row("records come again", RecordsRedelivered{}, true);
        row("a rebalance begins", RebalanceStarted{0, 1}, true);
        row("a member expires", MemberExpired{0, 1}, true);
        row("an invariant breaks", InvariantBroken{}, true);
        row("a leader after another", LeaderElected{0, 2, 1, 1}, true);
        row("a leader after none", LeaderElected{0, 2, kNone, 3}, true);
        row("the first leader of a new partition", LeaderElected{0, 2, kNone, 0}, false);
        row("records are appended", RecordsAppended{}, false);
        row("a pane fires", PaneFired{}, false);
        row("offsets are committed", OffsetsCommitted{}, false);
        row("a topic is created", TopicCreated{}, false);
        row("a broker registers", BrokerRegistered{}, false);
        row("a member joins", MemberJoined{}, false);
    }

    void marks()
    {
        QFETCH(bool, marked);
        QTEST(marked, "expected");
    }
};

TIDELINE_RULE_TEST(MarksTest)
#include "marks_test.moc"
