// SPDX-License-Identifier: GPL-3.0-or-later
// Same scenario, same seed, same commands: the same hash, however the run is cut, copied or looked at.
#include "engine/lab/engine.h"
#include "tests/properties/random_scenario.h"

#include <QTest>

using namespace tideline;

class DeterminismTest : public QObject
{
    Q_OBJECT

private slots:
    void twoRunsAreEqual();
    void looksChangeNothing_data();
    void looksChangeNothing();
    void slicesChangeNothing();
    void aCopyGoesItsOwnWay();
    void anActIsRepeatedByAScript();
    void anotherSeedIsAnotherRun();
};

namespace {

std::uint64_t hashOf(const Scenario& scenario)
{
    Engine engine(scenario);
    engine.advanceTo(scenario.duration);
    return engine.hash();
}

} // namespace

void DeterminismTest::twoRunsAreEqual()
{
    for (std::uint64_t seed = 1; seed <= 5; ++seed)
        QCOMPARE(hashOf(randomScenario(seed)), hashOf(randomScenario(seed)));
}

void DeterminismTest::looksChangeNothing_data()
{
    QTest::addColumn<int>("looksASecond");
    for (const int looks : {0, 1, 60, 1000})
        QTest::newRow(qPrintable(QStringLiteral("%1 looks a second").arg(looks))) << looks;
}

void DeterminismTest::looksChangeNothing()
{
    QFETCH(int, looksASecond);
    Scenario scenario = randomScenario(3);
    scenario.duration = 15 * kMicrosPerSecond;
    const std::uint64_t unseen = hashOf(scenario);
    Engine engine(scenario);
    const View views[] = {View::Cluster, View::Groups, View::Time, View::Charts, View::Journal};
    int look = 0;
    if (looksASecond > 0) {
        for (Micros time = 0; time <= scenario.duration; time += kMicrosPerSecond / looksASecond) {
            engine.advanceTo(time);
            ViewRequest request;
            request.view = views[look++ % 5];
            QVERIFY(engine.frame(request).now == time);
        }
    }
    engine.advanceTo(scenario.duration);
    QCOMPARE(engine.hash(), unseen);
}

void DeterminismTest::slicesChangeNothing()
{
    const Scenario scenario = randomScenario(4);
    Engine engine(scenario);
    while (engine.stepEvent()) {
    }
    engine.advanceTo(scenario.duration);
    QCOMPARE(engine.hash(), hashOf(scenario));
}

void DeterminismTest::aCopyGoesItsOwnWay()
{
    const Scenario scenario = randomScenario(5);
    Engine engine(scenario);
    engine.advanceTo(10 * kMicrosPerSecond);
    Engine copy = engine;
    QCOMPARE(copy.hash(), engine.hash());
    QVERIFY(!copy.apply(AddConsumer{"group"}));
    copy.advanceTo(40 * kMicrosPerSecond);
    engine.advanceTo(scenario.duration);
    QCOMPARE(engine.hash(), hashOf(scenario));
    QVERIFY(copy.hash() != engine.hash());
}

void DeterminismTest::anActIsRepeatedByAScript()
{
    Scenario scenario = randomScenario(6);
    Engine engine(scenario);
    engine.advanceTo(12'345'678);
    QVERIFY(!engine.apply(AddConsumer{"group"}));
    engine.advanceTo(scenario.duration);
    const std::vector<TimedCommand>& acts = engine.acts();
    QCOMPARE(acts.size(), std::size_t{1});
    scenario.script.push_back(acts.front());
    Engine again(scenario);
    again.advanceTo(scenario.duration);
    QCOMPARE(again.events(), engine.events());
    QCOMPARE(again.hash(), engine.hash());
}

void DeterminismTest::anotherSeedIsAnotherRun()
{
    QVERIFY(hashOf(randomScenario(1)) != hashOf(randomScenario(2)));
}

QTEST_GUILESS_MAIN(DeterminismTest)
#include "determinism_test.moc"
