// SPDX-License-Identifier: GPL-3.0-or-later
// Generators, idleness, valve and alignment, each by its own rule (golden scenario G17).
#include "engine/stream/flink/idleness.h"
#include "engine/stream/flink/monotonous_timestamps.h"
#include "engine/stream/flink/timestamps_and_watermarks.h"
#include "engine/stream/flink/watermark_alignment.h"
#include "engine/stream/flink/watermark_multiplexer.h"
#include "engine/stream/flink/watermark_valve.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;

namespace {

Signals watermarkOf(Millis watermark)
{
    return {StreamSignal::ofWatermark(watermark)};
}

} // namespace

class FlinkWatermarkRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void boundedWaitsOneMillisecondMore()
    {
        BoundedOutOfOrderness generator(2);
        QCOMPARE(generator.watermark(), kMinMillis);
        generator.onEvent(11, nullptr);
        QCOMPARE(generator.watermark(), Millis(8));
        generator.onEvent(5, nullptr);
        QCOMPARE(generator.watermark(), Millis(8));
        generator.onEvent(kMaxMillis, nullptr);
        QCOMPARE(generator.watermark(), kMaxMillis - 3);
    }

    void monotonousLetsEqualTimestampsPass()
    {
        MonotonousTimestamps generator;
        generator.onEvent(9, nullptr);
        QCOMPARE(generator.watermark(), Millis(8));
    }

    void periodicEmissionHappensAtTheTick()
    {
        TimestampsAndWatermarks<BoundedOutOfOrderness> operatorUnderTest(BoundedOutOfOrderness(2), 200, 1000);
        Signals out;
        operatorUnderTest.processElement(13, out);
        operatorUnderTest.advanceProcessingTime(1199, out);
        QVERIFY(out.empty());
        operatorUnderTest.advanceProcessingTime(1200, out);
        QCOMPARE(out, watermarkOf(10));
        out.clear();
        operatorUnderTest.processWatermark(500, out); // from upstream: discarded
        QVERIFY(out.empty());
        operatorUnderTest.processWatermark(kMaxMillis, out);
        QCOMPARE(out, watermarkOf(kMaxMillis));
    }

    void idlenessIsStrictAndEndsWithALargerWatermark()
    {
        using Generator = WithIdleness<BoundedOutOfOrderness>;
        TimestampsAndWatermarks<Generator> stream(Generator(BoundedOutOfOrderness(0), 200), 200, 1000);
        Signals out;
        stream.processElement(5, out);
        for (const Millis now : {1200, 1400, 1600}) // activity; timer starts; 200 is not more than 200
            stream.advanceProcessingTime(now, out);
        QCOMPARE(out, watermarkOf(4));
        out.clear();
        stream.advanceProcessingTime(1800, out);
        QCOMPARE(out, Signals{StreamSignal::idle()});
        out.clear();
        stream.processElement(3, out); // a record alone does not make it active
        stream.advanceProcessingTime(2000, out);
        QVERIFY(out.empty());
        stream.processElement(9, out);
        stream.advanceProcessingTime(2200, out);
        QCOMPARE(out, (Signals{StreamSignal::active(), StreamSignal::ofWatermark(8)}));
    }

    void g17Valve()
    {
        WatermarkValve valve(2);
        Signals out;
        valve.inputWatermark(0, 5, out);
        QVERIFY(out.empty());
        valve.inputWatermark(1, 3, out);
        valve.inputIdle(1, out);
        QCOMPARE(out, (Signals{StreamSignal::ofWatermark(3), StreamSignal::ofWatermark(5)}));
        out.clear();
        valve.inputActive(1, out); // 3 < 5: stays out of the minimum
        valve.inputWatermark(0, 8, out);
        QCOMPARE(out, watermarkOf(8));
        out.clear();
        valve.inputWatermark(1, 7, out);
        valve.inputWatermark(1, 9, out);
        QVERIFY(out.empty());
        valve.inputWatermark(0, 12, out);
        QCOMPARE(out, watermarkOf(9));
        out.clear();
        valve.inputIdle(0, out);
        valve.inputIdle(1, out);
        QCOMPARE(out, (Signals{StreamSignal::ofWatermark(12), StreamSignal::idle()}));
    }

    void valveFlushesOnlyFromTheEmittedWatermark()
    {
        WatermarkValve valve(2);
        Signals out;
        valve.inputWatermark(0, 10, out);
        valve.inputWatermark(1, 4, out);
        valve.inputIdle(1, out);
        valve.inputWatermark(0, 11, out);
        QCOMPARE(valve.watermark(), Millis(11));
        valve.inputActive(1, out);
        out.clear();
        valve.inputIdle(0, out);
        valve.inputIdle(1, out); // stood at 4, not at 11
        QCOMPARE(out, Signals{StreamSignal::idle()});
    }

    void splitsAreMergedByTheMinimum()
    {
        WatermarkMultiplexer multiplexer;
        WatermarkOutput output;
        Signals out;
        BoundWatermarkOutput bound{output, out};
        QVERIFY(multiplexer.registerOutput(7));
        QVERIFY(multiplexer.registerOutput(2));
        QVERIFY(!multiplexer.registerOutput(7));
        multiplexer.emitImmediate(7, 5, bound);
        QVERIFY(out.empty());
        multiplexer.emitImmediate(2, 3, bound);
        QCOMPARE(out, watermarkOf(3));
        multiplexer.unregisterOutput(2);
        QCOMPARE(multiplexer.combined(), Millis(3)); // until the next merge
        multiplexer.merge(bound);
        QCOMPARE(multiplexer.combined(), Millis(5));
        QCOMPARE(multiplexer.watermark(2), std::optional<Millis>());
    }

    void alignmentFollowsTheSlowestSource()
    {
        WatermarkAlignment alignment(10);
        alignment.report(0, 0, 5);
        alignment.report(1, 0, 30);
        QCOMPARE(alignment.maxAllowedWatermark(), Millis(15));
        alignment.report(0, 0, kMaxMillis); // idle
        QCOMPARE(alignment.maxAllowedWatermark(), Millis(40));
        alignment.report(1, 0, kMaxMillis);
        QCOMPARE(alignment.maxAllowedWatermark(), kMaxMillis);
    }
};

QTEST_APPLESS_MAIN(FlinkWatermarkRulesTest)
#include "flink_watermark_rules_test.moc"
