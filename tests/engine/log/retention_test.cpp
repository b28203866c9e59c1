// SPDX-License-Identifier: GPL-3.0-or-later
// Retention by size, by time and by the log start offset, their order, and DeleteRecords.
#include "engine/log/retention.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

using Deleted = std::vector<DeletedSegment>;

// Segments of 400 bytes and ten offsets each, the last one up to `logEnd`.
RetainedLog logOf(std::vector<Millis> largestTimestamps)
{
    RetainedLog log;
    for (std::size_t i = 0; i < largestTimestamps.size(); ++i)
        log.segments.push_back({static_cast<Offset>(10 * i), 400, largestTimestamps[i]});
    log.logEndOffset = static_cast<Offset>(10 * largestTimestamps.size());
    log.highWatermark = log.logEndOffset;
    return log;
}

RetentionConfig bySize(std::int64_t bytes)
{
    return {.retentionMs = -1, .retentionBytes = bytes};
}

RetentionConfig byTime(Millis ms)
{
    return {.retentionMs = ms};
}

Deleted sizeDeletes(std::int64_t bytes)
{
    RetainedLog log = logOf({1, 2, 3});
    return deleteOldSegments(log, bySize(bytes), 0);
}

} // namespace

class RetentionTest : public QObject
{
    Q_OBJECT
private slots:
    void bySizeWholeSegmentsGo();
    void byTimeTheWalkStopsAtAYoungSegment();
    void theActiveSegmentRollsWhenAllGo();
    void nothingAboveTheHighWatermarkGoes();
    void anEmptyLastSegmentStays();
    void theLogStartOffsetDeletesWithoutAPolicy();
    void thePassesComeInOrder();
    void aRecordOfTheFutureKeepsItsSegment();
    void deleteRecordsMovesTheLogStart();
};

void RetentionTest::bySizeWholeSegmentsGo()
{
    const Deleted first = {{0, DeletionReason::RetentionSize}};
    QVERIFY(sizeDeletes(1000).empty());
    QVERIFY(sizeDeletes(801).empty());
    QVERIFY(sizeDeletes(800) == first);
    QVERIFY(sizeDeletes(799) == first);
    QCOMPARE(sizeDeletes(0).size(), std::size_t{3});
    QVERIFY(sizeDeletes(-1).empty());
}

void RetentionTest::byTimeTheWalkStopsAtAYoungSegment()
{
    RetainedLog log = logOf({100, 5000, 200});
    QVERIFY(deleteOldSegments(log, byTime(1000), 2000) == (Deleted{{0, DeletionReason::RetentionTime}}));
    QCOMPARE(log.logStartOffset, Offset{10});
    RetainedLog exact = logOf({1000});
    QVERIFY(deleteOldSegments(exact, byTime(1000), 2000).empty());
    QCOMPARE(deleteOldSegments(exact, byTime(1000), 2001).size(), std::size_t{1});
}

void RetentionTest::theActiveSegmentRollsWhenAllGo()
{
    RetainedLog log = logOf({0});
    QVERIFY(deleteOldSegments(log, byTime(1000), 1001) == (Deleted{{0, DeletionReason::RetentionTime}}));
    QVERIFY(log.segments == (std::vector<RetainedSegment>{{10, 0, 1001}}));
    QCOMPARE(log.logStartOffset, Offset{10});
}

void RetentionTest::nothingAboveTheHighWatermarkGoes()
{
    RetainedLog log = logOf({0});
    log.highWatermark = 9;
    QVERIFY(deleteOldSegments(log, byTime(1000), 1001).empty());
    QCOMPARE(log.segments.size(), std::size_t{1});
    QCOMPARE(log.logStartOffset, Offset{0});
}

void RetentionTest::anEmptyLastSegmentStays()
{
    RetainedLog log = logOf({0, 0});
    log.segments.back().bytes = 0;
    log.logEndOffset = log.highWatermark = 10;
    QCOMPARE(deleteOldSegments(log, byTime(1000), 99'999).size(), std::size_t{1});
    QVERIFY(deleteOldSegments(log, byTime(1000), 99'999).empty());
    QCOMPARE(log.segments.size(), std::size_t{1});
}

void RetentionTest::theLogStartOffsetDeletesWithoutAPolicy()
{
    RetainedLog log = logOf({0, 0, 0});
    log.logStartOffset = 19;
    const RetentionConfig compacted{.deletePolicy = false, .retentionMs = 0, .retentionBytes = 0};
    QVERIFY(deleteOldSegments(log, compacted, 99'999) == (Deleted{{0, DeletionReason::LogStartOffset}}));
    QCOMPARE(log.logStartOffset, Offset{19});
    log.logStartOffset = 30; // the last segment has no next one: it stays
    QVERIFY(deleteOldSegments(log, compacted, 99'999) == (Deleted{{10, DeletionReason::LogStartOffset}}));
}

void RetentionTest::thePassesComeInOrder()
{
    RetainedLog log = logOf({0, 0, 0, 99'999});
    log.logStartOffset = 10;
    const RetentionConfig all{.retentionMs = 1000, .retentionBytes = 800};
    QVERIFY(deleteOldSegments(log, all, 99'999) == (Deleted{{0, DeletionReason::LogStartOffset},
                                                            {10, DeletionReason::RetentionSize},
                                                            {20, DeletionReason::RetentionTime}}));
    QCOMPARE(log.logStartOffset, Offset{30});
}

void RetentionTest::aRecordOfTheFutureKeepsItsSegment()
{
    RetainedLog log = logOf({2'305'843'009'213'693'951, 0});
    QVERIFY(deleteOldSegments(log, byTime(1000), 99'999).empty());
}

void RetentionTest::deleteRecordsMovesTheLogStart()
{
    RetainedLog log = logOf({0, 0});
    log.highWatermark = 15;
    QCOMPARE(deleteRecords(log, {}, 12).value(), Offset{12});
    QCOMPARE(deleteRecords(log, {}, 3).value(), Offset{12});
    QCOMPARE(
        QString::fromStdString(deleteRecords(log, {}, 16).error().sentence),
        QStringLiteral(
            "DeleteRecords: offset 16 is not between 0 and the high watermark, 15 (OFFSET_OUT_OF_RANGE); "
            "take one of these, or -1 for the high watermark"));
    QVERIFY(!deleteRecords(log, {}, -2).ok());
    QCOMPARE(deleteRecords(log, {}, kDeleteToHighWatermark).value(), Offset{15});
    QVERIFY(!deleteRecords(log, {.deletePolicy = false}, 15).ok());
    QVERIFY(deleteOldSegments(log, {}, 0) == (Deleted{{0, DeletionReason::LogStartOffset}}));
}

TIDELINE_RULE_TEST(RetentionTest)
#include "retention_test.moc"
