// SPDX-License-Identifier: GPL-3.0-or-later
// The window state machine with the default trigger: what is late, what is dropped, what fires again (golden
// scenarios).
#include "tests/engine/stream/window_operator_script.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;

class FlinkWindowOperatorTest : public QObject
{
    Q_OBJECT

private slots:
    void g01WatermarkIsInclusive()
    {
        WindowOperatorScript script(tumblingConfig(10));
        QCOMPARE(script.run("1 w-2 11 w8 5 12"), std::string());
        QCOMPARE(script.run("w9"), std::string("[0,10){1,5}"));
        QCOMPARE(script.run("5"), std::string());
        QCOMPARE(script.windows.numLateRecordsDropped(), std::uint64_t(1));
    }

    void g05SlidingIsLatePerWindow()
    {
        WindowOperatorConfig config = slidingConfig(10, 4);
        config.lateSideOutput = true;
        WindowOperatorScript script(config);
        QCOMPARE(script.run("5 w9"), std::string("[-4,6){5} [0,10){5}"));
        QCOMPARE(script.run("6 w13"), std::string("[4,14){5,6}"));
        QCOMPARE(script.run("7 3 w100"), std::string("late(7) late(3)"));
    }

    void g06WithoutWindowIsReportedOnlyWhenLate()
    {
        WindowOperatorScript script(slidingConfig(3, 5));
        QCOMPARE(script.run("4 w1 4 0 w10"), std::string("[0,3){0}"));
        QCOMPARE(script.windows.numLateRecordsDropped(), std::uint64_t(0));
        QCOMPARE(script.run("4 1"), std::string());
        QCOMPARE(script.windows.numLateRecordsDropped(), std::uint64_t(2));
    }

    void g14AllowedLatenessFiresAgain()
    {
        WindowOperatorConfig config = tumblingConfig(10, 100);
        config.lateSideOutput = true;
        WindowOperatorScript script(config);
        QCOMPARE(script.run("1 w9 2 3 w108 4"),
                 std::string("[0,10){1} [0,10){1,2} [0,10){1,2,3} [0,10){1,2,3,4}"));
        QCOMPARE(script.run("w109 5"), std::string("late(5)"));
        QCOMPARE(script.windows.stateEntries(), std::size_t(0));
    }

    void g18EndOfInputFiresEverything()
    {
        WindowOperatorScript script(tumblingConfig(10));
        QCOMPARE(script.run("35 w32"), std::string());
        QCOMPARE(script.run("EOI"), std::string("[30,40){35}"));
        QCOMPARE(script.windows.eventTimers(), std::size_t(0));
    }

    void processingTimeIgnoresTimestamps()
    {
        WindowOperatorConfig config = tumblingConfig(10);
        config.assigner.domain = WindowAssigner::Domain::ProcessingTime;
        WindowOperatorScript script(config);
        QCOMPARE(script.run("p3 500 w1000 -7 p8"), std::string());
        QCOMPARE(script.run("p9"), std::string("[0,10){500,-7}"));
    }

    void elementsWithoutTimestampAreRefused()
    {
        WindowOperator windows(tumblingConfig(10));
        std::vector<WindowOutput> out;
        const std::optional<Error> error = windows.processElement({3, std::nullopt, 1}, out);
        QVERIFY(error.has_value());
        QVERIFY(QString::fromStdString(error->sentence).contains("key 3"));
        QCOMPARE(windows.stateEntries(), std::size_t(0));
    }

    void copiesAreIndependent()
    {
        WindowOperatorScript script(tumblingConfig(10));
        script.run("1");
        WindowOperatorScript copy = script;
        script.run("2");
        QCOMPARE(copy.run("w9"), std::string("[0,10){1}"));
        QCOMPARE(script.run("w9"), std::string("[0,10){1,2}"));
    }
};

QTEST_APPLESS_MAIN(FlinkWindowOperatorTest)
#include "flink_window_operator_test.moc"
