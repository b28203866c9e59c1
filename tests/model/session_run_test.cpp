// SPDX-License-Identifier: GPL-3.0-or-later
// One line of time: wherever one comes from, a moment is the same; acts are repeated until the past is
// changed.
#include "model/session_jump.h"
#include "model/session_run.h"
#include "tests/model/session_scenario.h"

#include <QTest>

using namespace tideline;
using model::SessionJump;
using model::SessionRun;

namespace {

constexpr std::int64_t kSpacing = 100; // events between keyframes: many in a short run

void finish(SessionRun& run, SessionJump jump, std::int64_t slice)
{
    int slices = 0;
    while (!jump.goOn(run, slice) && ++slices < 1'000'000) {
    }
}

void runTo(SessionRun& run, Micros time)
{
    while (!run.reached(time))
        run.advanceSome(time, 37);
}

std::uint64_t hashAt(Micros time)
{
    Engine engine(tests::sessionScenario());
    engine.advanceTo(time);
    return engine.hash();
}

} // namespace

class SessionRunTest : public QObject
{
    Q_OBJECT
private slots:
    void seekingGivesWhatRunningGave();
    void aStepBackIsTheStateBefore();
    void aFactBackIsTheFactBefore();
    void actsAreRepeatedAfterGoingBack();
    void aNewActInThePastDropsTheLaterOnes();
    void theScriptWithActsGivesTheSameRun();
    void cancellingPutsBack();
    void actsComeBeforeTheScriptAtTheSameTime();
};

void SessionRunTest::seekingGivesWhatRunningGave()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    for (const Micros time : {Micros{12'345'678}, Micros{3'000'001}, Micros{0}, Micros{19'000'000},
                              Micros{7'777'777}, Micros{20'000'000}}) {
        finish(run, SessionJump::toTime(run, time), 50);
        QCOMPARE(run.engine().now(), time);
        QCOMPARE(run.engine().hash(), hashAt(time));
    }
    finish(run, SessionJump::toTime(run, -5), 50);
    QCOMPARE(run.engine().now(), Micros{0});
    finish(run, SessionJump::toTime(run, kNever), 5'000);
    QVERIFY(run.engine().ended());
}

void SessionRunTest::aStepBackIsTheStateBefore()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    std::vector<std::uint64_t> hashes{run.engine().hash()};
    for (int i = 0; i < 450; ++i) {
        run.advanceSome(kNever, 1);
        hashes.push_back(run.engine().hash());
    }
    QCOMPARE(run.engine().events(), std::int64_t{450});
    for (std::int64_t event = 449; event >= 0; --event) {
        finish(run, SessionJump::toEvents(run, event), 64);
        QCOMPARE(run.engine().events(), event);
        QCOMPARE(run.engine().hash(), hashes[static_cast<std::size_t>(event)]);
    }
}

void SessionRunTest::aFactBackIsTheFactBefore()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    std::vector<std::int64_t> stops; // events after which a fact was there
    while (run.engine().events() < 3'000 && !run.engine().ended()) {
        finish(run, SessionJump::toNextFact(run), 64);
        stops.push_back(run.engine().events());
    }
    QVERIFY(stops.size() > 10);
    for (std::size_t i = stops.size() - 1; i-- > 0;) {
        finish(run, SessionJump::toPreviousFact(run), 64);
        QCOMPARE(run.engine().events(), stops[i]);
    }
    finish(run, SessionJump::toPreviousFact(run), 64);
    QCOMPARE(run.engine().events(), std::int64_t{0});
}

void SessionRunTest::actsAreRepeatedAfterGoingBack()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    runTo(run, 4'000'000);
    run.advanceSome(kNever, 3); // in the middle of what happens at one time, perhaps
    QVERIFY(!run.apply(KillBroker{2}));
    runTo(run, 9'000'000);
    QVERIFY(!run.apply(StartBroker{2}));
    runTo(run, 18'000'000);
    const std::uint64_t hash = run.engine().hash();
    QVERIFY(hash != hashAt(18'000'000));

    finish(run, SessionJump::toTime(run, 2'000'000), 50);
    QCOMPARE(run.engine().hash(), hashAt(2'000'000));
    QCOMPARE(run.acts().size(), std::size_t{2});
    finish(run, SessionJump::toTime(run, 18'000'000), 50);
    QCOMPARE(run.engine().hash(), hash);
    QVERIFY(run.engine().acts() == run.acts());
}

void SessionRunTest::aNewActInThePastDropsTheLaterOnes()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    runTo(run, 4'000'000);
    QVERIFY(!run.apply(KillBroker{2}));
    runTo(run, 9'000'000);
    QVERIFY(!run.apply(StartBroker{2}));
    runTo(run, 15'000'000);
    finish(run, SessionJump::toTime(run, 6'000'000), 50);
    QVERIFY(run.apply(StartBroker{99})); // refused: nothing changes
    QCOMPARE(run.acts().size(), std::size_t{2});
    QVERIFY(!run.apply(KillBroker{3}));
    QCOMPARE(run.acts().size(), std::size_t{2});
    QVERIFY(std::holds_alternative<KillBroker>(run.acts()[1].command));
    finish(run, SessionJump::toTime(run, 15'000'000), 50);
    QVERIFY(run.engine().acts() == run.acts());

    SessionRun straight(tests::sessionScenario(), {}, kSpacing);
    runTo(straight, 4'000'000);
    QVERIFY(!straight.apply(KillBroker{2}));
    runTo(straight, 6'000'000);
    QVERIFY(!straight.apply(KillBroker{3}));
    runTo(straight, 15'000'000);
    QCOMPARE(run.engine().hash(), straight.engine().hash());
}

void SessionRunTest::theScriptWithActsGivesTheSameRun()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    runTo(run, 4'000'000);
    QVERIFY(!run.apply(KillBroker{2}));
    runTo(run, 9'000'000);
    QVERIFY(!run.apply(StartBroker{2}));
    runTo(run, 15'000'000);
    const Scenario again = run.scenarioWithActs(10'000'000);
    QCOMPARE(again.script.size(), std::size_t{2});
    Engine engine(again);
    engine.advanceTo(15'000'000);
    QCOMPARE(engine.facts(), run.engine().facts());
    const auto& ours = engine.journal();
    const auto& theirs = run.engine().journal();
    QCOMPARE(ours.size(), theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        QCOMPARE(printFact(ours[i], *engine.names()), printFact(theirs[i], *run.engine().names()));
    QCOMPARE(run.scenarioWithActs(5'000'000).script.size(), std::size_t{1});
}

void SessionRunTest::cancellingPutsBack()
{
    SessionRun run(tests::sessionScenario(), {}, kSpacing);
    runTo(run, 8'000'000);
    const std::uint64_t hash = run.engine().hash();
    SessionJump jump = SessionJump::toTime(run, 19'000'000);
    QVERIFY(!jump.goOn(run, 10));
    QVERIFY(run.engine().hash() != hash);
    jump.cancel(run);
    QCOMPARE(run.engine().hash(), hash);
    finish(run, SessionJump::toTime(run, 12'000'000), 50);
    QCOMPARE(run.engine().hash(), hashAt(12'000'000));
}

void SessionRunTest::actsComeBeforeTheScriptAtTheSameTime()
{
    const std::vector<TimedCommand> script{{5, KillBroker{1}}, {9, StartBroker{1}}};
    const std::vector<TimedCommand> acts{{5, KillBroker{2}}, {7, StartBroker{2}}};
    const std::vector<TimedCommand> merged = model::mergedScript(script, acts);
    const std::vector<TimedCommand> expected{
        {5, KillBroker{2}}, {5, KillBroker{1}}, {7, StartBroker{2}}, {9, StartBroker{1}}};
    QVERIFY(merged == expected);
}

QTEST_APPLESS_MAIN(SessionRunTest)
#include "session_run_test.moc"
