// SPDX-License-Identifier: GPL-3.0-or-later
// What is in a report follows from the run alone.
#include "model/report.h"
#include "tests/model/session_scenario.h"

#include <QTest>

using namespace tideline;
using model::Report;
using Kind = model::ReportMoment::Kind;

class ReportTest : public QObject
{
    Q_OBJECT
private slots:
    void aDyingBrokerIsTold();
    void theSameRunGivesTheSameReport();
    void itCanBeGivenUp();
};

namespace {

Scenario brokerDies()
{
    Scenario scenario = tests::sessionScenario();
    scenario.script = {{5'000'000, KillBroker{1}}};
    return scenario;
}

} // namespace

void ReportTest::aDyingBrokerIsTold()
{
    const std::optional<Report> report = model::buildReport(brokerDies(), {});
    QVERIFY(report);
    bool fenced = false;
    Micros before = 0;
    for (const Report::Moment& entry : report->moments) {
        QVERIFY(entry.moment.at >= before);
        before = entry.moment.at;
        if (entry.cluster)
            QCOMPARE(entry.cluster->now, entry.moment.at);
        if (entry.moment.kind == Kind::BrokerFenced) {
            fenced = true;
            // broker.session.timeout.ms after its last heartbeat
            QVERIFY(entry.moment.at > 5'000'000 && entry.moment.at <= 16'000'000);
        }
    }
    QVERIFY(fenced);
    QVERIFY(report->moments.back().moment.kind == Kind::End);
    QCOMPARE(report->end, 20 * kMicrosPerSecond);
    QCOMPARE(report->ledgers.size(), std::size_t{1});
    QVERIFY(report->ledgers[0].produced > 0);
    QCOMPARE(report->groups.size(), std::size_t{1});
    QVERIFY(report->groups[0]->groups.has_value());
    QCOMPARE(report->pipelines.size(), std::size_t{1});
    QVERIFY(report->pipelines[0]->time.has_value());
    QVERIFY(report->charts->charts.has_value());
}

void ReportTest::theSameRunGivesTheSameReport()
{
    const std::optional<Report> one = model::buildReport(brokerDies(), {});
    int asked = 0;
    const std::optional<Report> other =
        model::buildReport(brokerDies(), {}, [&](Micros, Micros) { return ++asked > 0; });
    QVERIFY(one && other);
    QCOMPARE(one->hash, other->hash);
    QCOMPARE(one->events, other->events);
    QCOMPARE(one->moments.size(), other->moments.size());
    for (std::size_t i = 0; i < one->moments.size(); ++i) {
        QVERIFY(one->moments[i].moment.kind == other->moments[i].moment.kind);
        QCOMPARE(one->moments[i].moment.at, other->moments[i].moment.at);
    }
    Engine engine(brokerDies());
    engine.advanceTo(20 * kMicrosPerSecond);
    QCOMPARE(one->hash, engine.hash());
}

void ReportTest::itCanBeGivenUp()
{
    Scenario busy = tests::sessionScenario();
    busy.producers[0].generator->recordsPerSecond = 20'000;
    busy.duration = 5 * kMicrosPerSecond;
    int asked = 0;
    QVERIFY(!model::buildReport(busy, {}, [&](Micros done, Micros all) {
        ++asked;
        return done > all;
    }));
    QCOMPARE(asked, 1);
}

QTEST_GUILESS_MAIN(ReportTest)
#include "report_test.moc"
