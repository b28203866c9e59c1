// SPDX-License-Identifier: GPL-3.0-or-later
// Evictors: what goes, before or after the function, and that it never comes back (golden scenario G15).
#include "engine/stream/flink/count_evictor.h"
#include "engine/stream/flink/delta_evictor.h"
#include "engine/stream/flink/time_evictor.h"
#include "tests/engine/stream/window_operator_script.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;

namespace {

WindowOperatorConfig with(WindowOperatorConfig config, EvictorPtr evictor)
{
    config.evictor = std::move(evictor);
    return config;
}

} // namespace

class FlinkEvictorsTest : public QObject
{
    Q_OBJECT

private slots:
    void g15EvictedElementsNeverComeBack()
    {
        WindowOperatorScript script(with(tumblingConfig(10, 20), std::make_shared<TimeEvictor>(3)));
        QCOMPARE(script.run("1 7 9 w9"), std::string("[0,10){7,9}"));
        QCOMPARE(script.run("2"), std::string("[0,10){7,9}"));
        QCOMPARE(script.run("8"), std::string("[0,10){7,9,8}"));
    }

    void countKeepsTheLast()
    {
        WindowOperatorScript script(with(tumblingConfig(10), std::make_shared<CountEvictor>(2)));
        QCOMPARE(script.run("3 1 2 w9"), std::string("[0,10){1,2}"));
    }

    void deltaKeepsWhatIsNearTheLast()
    {
        WindowOperatorScript script(with(tumblingConfig(10), std::make_shared<DeltaEvictor>(3)));
        QCOMPARE(script.run("1 8 4 5 w9"), std::string("[0,10){4,5}"));
    }

    void afterTheFunctionShowsInTheNextFiring()
    {
        WindowOperatorScript script(with(tumblingConfig(10, 20), std::make_shared<CountEvictor>(1, true)));
        QCOMPARE(script.run("1 2 3 w9"), std::string("[0,10){1,2,3}"));
        QCOMPARE(script.run("4"), std::string("[0,10){3,4}"));
    }

    void everythingEvictedStillFires()
    {
        WindowOperatorScript script(with(tumblingConfig(10), std::make_shared<TimeEvictor>(0)));
        QCOMPARE(script.run("1 2 w9"), std::string("[0,10){}"));
    }

    void timeNeedsATimestampOnTheFirstElement()
    {
        std::vector<Element> contents{{0, std::nullopt, 1}, {0, 50, 2}};
        const std::vector<Element> before = contents;
        TimeEvictor(3).evictBefore(contents);
        QCOMPARE(contents, before);
    }
};

QTEST_APPLESS_MAIN(FlinkEvictorsTest)
#include "flink_evictors_test.moc"
