// SPDX-License-Identifier: GPL-3.0-or-later
// The watermarks of a pipeline's source: merged over partitions, at ticks or after every record.
#include "engine/base/hash.h"
#include "engine/stream/flink/partition_watermarks.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;

namespace {

Signals watermarkOf(Millis watermark)
{
    return {StreamSignal::ofWatermark(watermark)};
}

PartitionWatermarkSpec specOf(Millis outOfOrderness, bool afterEveryRecord,
                              std::optional<Millis> idleTimeout = {})
{
    return {outOfOrderness, idleTimeout, afterEveryRecord, kDefaultAutoWatermarkInterval};
}

std::uint64_t hashOf(const PartitionWatermarks& watermarks)
{
    Hasher hasher;
    hashValue(hasher, watermarks);
    return hasher.digest();
}

} // namespace

class FlinkPartitionWatermarksTest : public QObject
{
    Q_OBJECT

private slots:
    void ticksEmitTheMinimumOverPartitions()
    {
        PartitionWatermarks watermarks(specOf(2, false), 2, 1000);
        Signals out;
        watermarks.onRecord(0, 10, out);
        watermarks.onRecord(1, 5, out);
        QVERIFY(out.empty());
        QCOMPARE(watermarks.nextTick(), Millis(1200));
        watermarks.advanceProcessingTime(1200, out);
        QCOMPARE(out, watermarkOf(2));
        QCOMPARE(watermarks.partitionWatermark(0), Millis(7));
        QCOMPARE(watermarks.nextTick(), Millis(1400));
    }

    void everyRecordEmitsAtOnce()
    {
        PartitionWatermarks watermarks(specOf(0, true), 2, 0);
        Signals out;
        watermarks.onRecord(0, 10, out);
        QVERIFY(out.empty()); // partition 1 has said nothing yet
        watermarks.onRecord(1, 5, out);
        watermarks.onRecord(1, 7, out);
        watermarks.onRecord(1, 6, out);
        QCOMPARE(out, (Signals{StreamSignal::ofWatermark(4), StreamSignal::ofWatermark(6)}));
    }

    void anIdlePartitionNoLongerHoldsBack()
    {
        PartitionWatermarks watermarks(specOf(0, false, 300), 2, 0);
        Signals out;
        watermarks.onRecord(1, 5, out);
        for (Millis now = 200; now <= 1000; now += 200) {
            watermarks.onRecord(0, now, out);
            watermarks.advanceProcessingTime(now, out);
        }
        QVERIFY(watermarks.partitionIdle(1));
        QVERIFY(!watermarks.partitionIdle(0));
        QCOMPARE(watermarks.watermark(), Millis(999));
    }

    void aNewPartitionHoldsBack()
    {
        PartitionWatermarks watermarks(specOf(0, true), 1, 0);
        Signals out;
        watermarks.onRecord(0, 10, out);
        watermarks.addPartition(1);
        watermarks.onRecord(0, 20, out);
        QCOMPARE(watermarks.watermark(), Millis(9));
        watermarks.removePartition(1);
        watermarks.onRecord(0, 21, out);
        QCOMPARE(watermarks.watermark(), Millis(20));
    }

    void endOfInputIsTheMaximum()
    {
        PartitionWatermarks watermarks(specOf(5, false), 3, 0);
        Signals out;
        watermarks.endOfInput(out);
        QCOMPARE(out, watermarkOf(kMaxMillis));
    }

    void everyPartReachesTheHash()
    {
        const PartitionWatermarks plain(specOf(5, false), 3, 0);
        QCOMPARE(hashOf(plain), hashOf(PartitionWatermarks(specOf(5, false), 3, 0)));
        QVERIFY(hashOf(plain) != hashOf(PartitionWatermarks(specOf(6, false), 3, 0)));
        QVERIFY(hashOf(plain) != hashOf(PartitionWatermarks(specOf(5, true), 3, 0)));
        QVERIFY(hashOf(plain) != hashOf(PartitionWatermarks(specOf(5, false, 9), 3, 0)));
        PartitionWatermarks moved = plain;
        Signals out;
        moved.onRecord(2, 7, out);
        QVERIFY(hashOf(plain) != hashOf(moved));
        QVERIFY(!(plain == moved));
    }
};

QTEST_APPLESS_MAIN(FlinkPartitionWatermarksTest)
#include "flink_partition_watermarks_test.moc"
