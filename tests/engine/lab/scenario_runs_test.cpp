// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped scenarios show what their descriptions promise.
#include "engine/lab/engine.h"
#include "engine/lab/scenario_reader.h"

#include <QtTest/QtTest>

#include <algorithm>

using namespace tideline;

namespace {

const std::string kSource = TIDELINE_SOURCE_DIR;

Engine runToTheEnd(const std::string& name)
{
    const ScenarioRead read = readScenarioFile(kSource + "/resources/scenarios/" + name + ".tideline", {});
    if (const auto* problems = std::get_if<ScenarioProblems>(&read))
        qFatal("%s", problems->sentences.front().c_str());
    const Scenario& scenario = std::get<Scenario>(read);
    Engine engine(scenario);
    engine.advanceTo(scenario.duration);
    return engine;
}

std::int64_t count(const Engine& engine, std::string_view fact)
{
    std::int64_t found = 0;
    for (std::size_t i = 0; i < engine.journal().size(); ++i)
        found += factName(engine.journal()[i].body) == fact ? 1 : 0;
    return found;
}

} // namespace

class ScenarioRunsTest : public QObject
{
    Q_OBJECT

private slots:
    void quietClusterStaysQuiet()
    {
        const Engine engine = runToTheEnd("01-quiet-cluster");
        QVERIFY(!engine.invariantBroken());
        QCOMPARE(count(engine, "BrokerFenced"), std::int64_t{0});
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
        QVERIFY(count(engine, "PaneFired") >= 10);
    }

    void aDyingBrokerCostsNoRecord()
    {
        const Engine engine = runToTheEnd("02-broker-dies");
        QVERIFY(count(engine, "BrokerFenced") >= 1);
        QVERIFY(count(engine, "LeaderElected") >= 2); // broker 2 led two of the six partitions
        QVERIFY(count(engine, "IsrExpanded") >= 1);   // it came back
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
    }

    void acknowledgedRecordsAreLost()
    {
        const Engine engine = runToTheEnd("03-acks-1-loses-a-record");
        QVERIFY(!engine.invariantBroken());
        QVERIFY(engine.ledger(0).lost > 0);
        QVERIFY(count(engine, "LogTruncated") >= 1);
    }

    // The first one, then a joining, a leaving and a crashed member.
    void fourRebalances()
    {
        QCOMPARE(count(runToTheEnd("04-consumer-joins-and-leaves"), "RebalanceStarted"), std::int64_t{4});
    }

    void lateRecordsOfEachKind()
    {
        const Engine engine = runToTheEnd("06-late-data");
        QVERIFY(count(engine, "RecordsDroppedLate") >= 1);
        // Twelve windows of at most ten keys fire once; more than that is late records that made theirs fire
        // again.
        QVERIFY(count(engine, "PaneFired") > 120);
    }
};

QTEST_APPLESS_MAIN(ScenarioRunsTest)
#include "scenario_runs_test.moc"
