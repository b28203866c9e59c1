// SPDX-License-Identifier: GPL-3.0-or-later
// Triggers: when a window fires, and what a purge leaves behind (golden scenarios G03, G10 - G13, G16).
#include "engine/stream/flink/continuous_event_time_trigger.h"
#include "engine/stream/flink/continuous_processing_time_trigger.h"
#include "engine/stream/flink/count_evictor.h"
#include "engine/stream/flink/count_trigger.h"
#include "engine/stream/flink/delta_trigger.h"
#include "engine/stream/flink/end_of_stream_trigger.h"
#include "engine/stream/flink/event_time_trigger.h"
#include "engine/stream/flink/processing_timeout_trigger.h"
#include "engine/stream/flink/purging_trigger.h"
#include "tests/engine/stream/window_operator_script.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;

namespace {

WindowOperatorConfig with(WindowOperatorConfig config, TriggerPtr trigger)
{
    config.trigger = std::move(trigger);
    return config;
}

TriggerPtr purging(TriggerPtr inner)
{
    return std::make_shared<PurgingTrigger>(std::move(inner));
}
TriggerPtr counting(std::int64_t n)
{
    return std::make_shared<CountTrigger>(n);
}

} // namespace

class FlinkTriggersTest : public QObject
{
    Q_OBJECT

private slots:
    void g03PurgingLateFiringsContainOnlyTheLateRecord()
    {
        WindowOperatorScript script(
            with(tumblingConfig(2000, 500), purging(std::make_shared<EventTimeTrigger>())));
        QCOMPARE(script.run("500 w1500 1300 w2300"), std::string("[0,2000){500,1300}"));
        QCOMPARE(script.run("1997"), std::string("[0,2000){1997}"));
        QCOMPARE(script.run("w6000 1998"), std::string());
        QCOMPARE(script.windows.numLateRecordsDropped(), std::uint64_t(1));
    }

    void g10CountLosesTheRemainder()
    {
        WindowOperatorScript script(with(tumblingConfig(10), counting(3)));
        QCOMPARE(script.run("1 2 3 4 w9"), std::string("[0,10){1,2,3}"));
        QCOMPARE(script.windows.numLateRecordsDropped(), std::uint64_t(0));
    }

    void g11PurgingCount()
    {
        WindowOperatorScript script(with(tumblingConfig(10), purging(counting(2))));
        QCOMPARE(script.run("1 2 3 4 5 w9"), std::string("[0,10){1,2} [0,10){3,4}"));
    }

    void g12ContinuousEventTime()
    {
        WindowOperatorScript script(
            with(tumblingConfig(10), std::make_shared<ContinuousEventTimeTrigger>(4)));
        QCOMPARE(script.run("1 w3 w4"), std::string("[0,10){1}"));
        QCOMPARE(script.run("5 w8 9 w9"), std::string("[0,10){1,5} [0,10){1,5,9}"));
        QCOMPARE(script.run("12 w30"), std::string("[10,20){12} [10,20){12}"));
    }

    void g13ContinuousFiresOncePerIntervalOfAJump()
    {
        WindowOperatorScript script(
            with(tumblingConfig(10), std::make_shared<ContinuousEventTimeTrigger>(4)));
        QCOMPARE(script.run("1 9 w9"), std::string("[0,10){1,9} [0,10){1,9} [0,10){1,9}"));
    }

    void continuousRoundsNegativeTimesTowardsZero()
    {
        WindowOperatorScript script(
            with(tumblingConfig(20), std::make_shared<ContinuousEventTimeTrigger>(4)));
        QCOMPARE(script.run("-19 w-13"), std::string());
        QCOMPARE(script.run("w-12"), std::string("[-20,0){-19}"));
    }

    void continuousProcessingTime()
    {
        WindowOperatorConfig config =
            with(tumblingConfig(10), std::make_shared<ContinuousProcessingTimeTrigger>(4));
        config.assigner.domain = WindowAssigner::Domain::ProcessingTime;
        WindowOperatorScript script(config);
        QCOMPARE(script.run("p1 1 p3"), std::string());
        QCOMPARE(script.run("p4"), std::string("[0,10){1}"));
        QCOMPARE(script.run("p9"), std::string("[0,10){1} [0,10){1}")); // 8, and the window's end
    }

    void g16CountWindows()
    {
        WindowOperatorScript three(with(globalConfig(), purging(counting(3))));
        QCOMPARE(three.run("1 2 3 4 5 6 7"), std::string("{1,2,3} {4,5,6}"));
        WindowOperatorConfig slidingCount = with(globalConfig(), counting(2));
        slidingCount.evictor = std::make_shared<CountEvictor>(4);
        WindowOperatorScript fourByTwo(slidingCount);
        QCOMPARE(fourByTwo.run("1 2 3 4 5 6"), std::string("{1,2} {1,2,3,4} {3,4,5,6}"));
    }

    void deltaKeepsItsElementThroughAPurge()
    {
        WindowOperatorScript script(with(globalConfig(), purging(std::make_shared<DeltaTrigger>(3))));
        QCOMPARE(script.run("1 4 5"), std::string("{1,4,5}")); // 4 - 1 is not more than 3, 5 - 1 is
        QCOMPARE(script.run("8"), std::string());              // 8 - 5 is not
        QCOMPARE(script.run("9"), std::string("{8,9}"));
    }

    void timeoutFiresWhatTheInnerTriggerDidNot()
    {
        const TriggerPtr trigger = std::make_shared<ProcessingTimeoutTrigger>(counting(3), 5, false, true);
        WindowOperatorScript script(with(globalConfig(), trigger));
        QCOMPARE(script.run("p1 1 p5"), std::string());
        QCOMPARE(script.run("p6"), std::string("{1}"));
        QCOMPARE(script.run("2 3 4"), std::string("{1,2,3,4}"));
        QCOMPARE(script.windows.processingTimers(), std::size_t(0));
    }

    void endOfStreamWaitsForTheEnd()
    {
        WindowOperatorScript script(with(globalConfig(), std::make_shared<EndOfStreamTrigger>()));
        QCOMPARE(script.run("1 2 w1000"), std::string());
        QCOMPARE(script.run("EOI"), std::string("{1,2}"));
    }

    void globalWindowNeverFiresByItself()
    {
        WindowOperatorScript script(globalConfig());
        QCOMPARE(script.run("1 2 w1000 EOI"), std::string());
        QCOMPARE(script.windows.stateEntries(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(FlinkTriggersTest)
#include "flink_triggers_test.moc"
