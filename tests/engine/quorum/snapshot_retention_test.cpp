// SPDX-License-Identifier: GPL-3.0-or-later
// Which snapshots go, and where the log starts then (KIP-630).
#include "engine/quorum/snapshot_retention.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kHour = 3'600 * kMicrosPerSecond;

// Ten records; snapshots of 100 bytes that end at 4, 6 and 8, made an hour after each other.
RaftLog logWithSnapshots()
{
    RaftLog log;
    for (int i = 0; i < 10; ++i)
        log.append({log.endOffset(), 1, 1, false, {}});
    for (int i = 0; i < 3; ++i)
        log.addSnapshot({{4 + 2 * i, 1}, i * kHour, 100, {}});
    return log;
}

QuorumConfig limits(std::int64_t bytes, Micros time)
{
    QuorumConfig config;
    config.retentionBytes = bytes;
    config.retentionTime = time;
    return config;
}

} // namespace

class SnapshotRetentionTest : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatIsWithinItsLimits()
    {
        RaftLog log = logWithSnapshots();
        QVERIFY(
            !retainSnapshots(log, limits(600, 10 * kHour), 5 * kHour)); // 300 of the log, 300 of snapshots
        QVERIFY(!retainSnapshots(log, limits(-1, -1), 1'000'000 * kHour));
        QCOMPARE(log.startOffset(), Offset{0});
        QCOMPARE(log.snapshots().size(), std::size_t{3});
    }

    void theOldestSnapshotsGoBySize()
    {
        RaftLog log = logWithSnapshots();
        QVERIFY(retainSnapshots(log, limits(599, -1), 0));
        QCOMPARE(log.startOffset(), Offset{6});
        QCOMPARE(log.snapshots().size(), std::size_t{2});
    }

    void theOldestSnapshotsGoByAge()
    {
        RaftLog log = logWithSnapshots();
        QVERIFY(!retainSnapshots(log, limits(-1, 2 * kHour), 2 * kHour));
        QVERIFY(retainSnapshots(log, limits(-1, 2 * kHour), 2 * kHour + 1));
        QCOMPARE(log.startOffset(), Offset{6});
    }

    void theNewestSnapshotStays()
    {
        RaftLog log = logWithSnapshots();
        QVERIFY(retainSnapshots(log, limits(0, 0), 100 * kHour));
        QCOMPARE(log.startOffset(), Offset{8});
        QCOMPARE(log.snapshots().size(), std::size_t{1});
        QCOMPARE(log.endOffset(), Offset{10});
        QVERIFY(!retainSnapshots(log, limits(0, 0), 200 * kHour));
    }
};

TIDELINE_RULE_TEST(SnapshotRetentionTest)
#include "snapshot_retention_test.moc"
