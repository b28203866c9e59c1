// SPDX-License-Identifier: GPL-3.0-or-later
// Copies of the engine: few, ascending, dense near the newest, and the first one for ever.
#include "model/keyframes.h"
#include "tests/model/session_scenario.h"

#include <QTest>

using namespace tideline;
using model::Keyframes;

class KeyframesTest : public QObject
{
    Q_OBJECT
private slots:
    void theFirstStaysAndOrderHolds();
    void theNearestBeforeIsFound();
    void theyLieDenserNearTheNewest();
    void anotherFutureDropsTheOldOne();
};

namespace {

// Every keyframe of a run in steps of 20 events until `until`.
Keyframes keyframesOf(Engine& engine, Micros until)
{
    Keyframes keyframes(engine, 20);
    while (engine.advanceSome(until, 20) == 20)
        keyframes.consider(engine);
    return keyframes;
}

} // namespace

void KeyframesTest::theFirstStaysAndOrderHolds()
{
    Engine engine(tests::sessionScenario());
    const Keyframes keyframes = keyframesOf(engine, 20 * kMicrosPerSecond);
    QVERIFY2(engine.events() > 20 * static_cast<std::int64_t>(2 * Keyframes::kMost),
             "the run is too short for this test");
    QCOMPARE(keyframes.size(), Keyframes::kMost);
    QCOMPARE(keyframes.start().events(), std::int64_t{0});
    for (std::size_t i = 1; i < keyframes.size(); ++i) {
        QVERIFY(keyframes[i].events() >= keyframes[i - 1].events() + 20);
        QVERIFY(keyframes[i].now() >= keyframes[i - 1].now());
    }
}

void KeyframesTest::theNearestBeforeIsFound()
{
    Engine engine(tests::sessionScenario());
    const Keyframes keyframes = keyframesOf(engine, 10 * kMicrosPerSecond);
    for (std::size_t i = 1; i + 1 < keyframes.size(); ++i) {
        QCOMPARE(keyframes.atEvents(keyframes[i].events()).events(), keyframes[i].events());
        QCOMPARE(keyframes.atEvents(keyframes[i].events() - 1).events(), keyframes[i - 1].events());
        QVERIFY(keyframes.atTime(keyframes[i].now()).now() == keyframes[i].now());
        QVERIFY(keyframes.atTime(keyframes[i].now() - 1).now() < keyframes[i].now());
    }
    QCOMPARE(keyframes.atTime(-1).events(), std::int64_t{0});
}

void KeyframesTest::theyLieDenserNearTheNewest()
{
    Engine engine(tests::sessionScenario());
    const Keyframes keyframes = keyframesOf(engine, 20 * kMicrosPerSecond);
    const std::size_t half = keyframes.size() / 2;
    const std::int64_t early = keyframes[half].events() - keyframes[0].events();
    const std::int64_t late = keyframes[keyframes.size() - 1].events() - keyframes[half].events();
    QVERIFY2(
        early > 2 * late,
        qPrintable(QStringLiteral("%1 events in the first half, %2 in the second").arg(early).arg(late)));
}

void KeyframesTest::anotherFutureDropsTheOldOne()
{
    Engine engine(tests::sessionScenario());
    Keyframes keyframes = keyframesOf(engine, 10 * kMicrosPerSecond);
    Engine past = keyframes[10];
    const std::size_t before = keyframes.size();
    keyframes.dropAfter(past);
    QVERIFY(before > 11);
    QCOMPARE(keyframes.size(), std::size_t{11});
    QCOMPARE(keyframes[10].events(), past.events());

    // A keyframe that knows an act which the engine has not had belongs to another line of time.
    Engine acted = past;
    QVERIFY(!acted.apply(KillBroker{1}));
    Keyframes other(Engine(tests::sessionScenario()), 1);
    other.consider(acted);
    QCOMPARE(other.size(), std::size_t{2});
    other.dropAfter(past);
    QCOMPARE(other.size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(KeyframesTest)
#include "keyframes_test.moc"
