// SPDX-License-Identifier: GPL-3.0-or-later
// What a session does, with a clock moved by hand: pace, sleep, jumps, looks.
#include "model/session_core.h"
#include "tests/model/session_scenario.h"

#include <QTest>

using namespace tideline;
using model::SessionCore;
using model::Speed;
using model::StepUnit;

namespace {

struct Lab
{
    Micros wall = 1'000'000;
    Micros tick = 0; // what passes at every look at the clock
    SessionCore core{[this] { return wall += tick; }};

    Lab() { core.open(tests::sessionScenario(), {}); }
    Micros now() const { return core.status().now; }
    // Wall time passes in pieces of 1 ms.
    void pass(Micros time)
    {
        for (const Micros end = wall + time; wall < end; wall += 1'000)
            core.turn();
        settle();
    }
    void settle()
    {
        for (int i = 0; i < 1'000'000 && core.idleFor() == 0; ++i)
            core.turn();
    }
};

std::uint64_t hashAt(Micros time)
{
    Engine engine(tests::sessionScenario());
    engine.advanceTo(time);
    return engine.hash();
}

} // namespace

class SessionCoreTest : public QObject
{
    Q_OBJECT
private slots:
    void aNewSessionIsPausedAtTheStart();
    void playingFollowsTheClock();
    void speedsAreKept();
    void asFastAsItGoesEndsAtTheEnd();
    void aPausedSessionHasNothingToDo();
    void stepsMoveByTheirUnit();
    void stepsBackUndoSteps();
    void seekingGoesOnPlaying();
    void cancellingLeadsBackToBeforeTheFirstJump();
    void restartForgetsActs();
    void theSameVersionMeansNoFrame();
    void versionsNeverRepeat();
    void looksDoNotChangeTheRun_data();
    void looksDoNotChangeTheRun();
    void actsAreAnsweredInASentence();
    void aClockThatJumpsIsForgiven();
};

void SessionCoreTest::aNewSessionIsPausedAtTheStart()
{
    Lab lab;
    const model::SessionStatus status = lab.core.status();
    QVERIFY(status.open && !status.playing && !status.jumping && !status.ended);
    QCOMPARE(status.now, Micros{0});
    QCOMPARE(status.speed.milli, 1000);
    QCOMPARE(lab.core.idleFor(), kNever);
}

void SessionCoreTest::playingFollowsTheClock()
{
    Lab lab;
    lab.core.play();
    lab.pass(3'000'000);
    ViewRequest request;
    QVERIFY(lab.core.look(request));
    QCOMPARE(lab.now(), Micros{3'000'000});
    lab.core.pause();
    lab.pass(1'000'000);
    QCOMPARE(lab.now(), Micros{3'000'000});
    QCOMPARE(lab.core.run()->engine().hash(), hashAt(3'000'000));
}

void SessionCoreTest::speedsAreKept()
{
    Lab lab;
    lab.core.setSpeed({100});
    lab.core.play();
    lab.pass(10'000'000);
    lab.core.look({});
    QCOMPARE(lab.now(), Micros{1'000'000});
    lab.core.setSpeed({10'000});
    lab.pass(500'000);
    lab.core.look({});
    QCOMPARE(lab.now(), Micros{6'000'000});
}

void SessionCoreTest::asFastAsItGoesEndsAtTheEnd()
{
    Lab lab;
    lab.core.setSpeed({Speed::kUnlimited});
    lab.core.play();
    lab.settle();
    QVERIFY(lab.core.status().ended);
    QVERIFY(!lab.core.status().playing);
    QCOMPARE(lab.now(), 20 * kMicrosPerSecond);
    QCOMPARE(lab.core.run()->engine().hash(), hashAt(20 * kMicrosPerSecond));
    lab.core.play(); // nothing is left to play
    QVERIFY(!lab.core.status().playing);
}

void SessionCoreTest::aPausedSessionHasNothingToDo()
{
    Lab lab;
    const std::uint64_t version = lab.core.status().version;
    for (int i = 0; i < 100; ++i) {
        lab.wall += 1'000'000;
        lab.core.turn();
    }
    QCOMPARE(lab.core.status().version, version);
    QCOMPARE(lab.core.idleFor(), kNever);
}

void SessionCoreTest::stepsMoveByTheirUnit()
{
    Lab lab;
    lab.core.step(StepUnit::Milli);
    lab.settle();
    QCOMPARE(lab.now(), Micros{1'000});
    lab.core.step(StepUnit::Second);
    lab.settle();
    QCOMPARE(lab.now(), Micros{1'001'000});
    const std::int64_t events = lab.core.run()->engine().events();
    lab.core.step(StepUnit::Event);
    lab.settle();
    QCOMPARE(lab.core.run()->engine().events(), events + 1);
    const FactNumber facts = lab.core.run()->engine().facts();
    lab.core.step(StepUnit::Fact);
    lab.settle();
    QVERIFY(lab.core.run()->engine().facts() > facts);
}

void SessionCoreTest::stepsBackUndoSteps()
{
    Lab lab;
    lab.core.seek(5'000'000);
    lab.settle();
    for (const StepUnit unit : {StepUnit::Event, StepUnit::Fact, StepUnit::Milli, StepUnit::Second}) {
        const std::uint64_t hash = lab.core.run()->engine().hash();
        lab.core.step(unit);
        lab.settle();
        const std::uint64_t after = lab.core.run()->engine().hash();
        lab.core.step(unit);
        lab.settle();
        lab.core.stepBack(unit);
        lab.settle();
        QCOMPARE(lab.core.run()->engine().hash(), after);
        lab.core.seek(5'000'000);
        lab.settle();
        QCOMPARE(lab.core.run()->engine().hash(), hash);
    }
}

void SessionCoreTest::seekingGoesOnPlaying()
{
    Lab lab;
    lab.core.play();
    lab.pass(1'000'000);
    lab.core.seek(10'000'000);
    lab.settle();
    QVERIFY(lab.core.status().playing);
    lab.pass(1'000'000);
    lab.core.look({});
    QVERIFY(lab.now() >= 11'000'000 && lab.now() <= 11'100'000);
    lab.core.seek(2'000'000);
    QVERIFY(lab.core.status().jumping);
    lab.settle();
    QVERIFY(lab.now() >= 2'000'000 && lab.now() < 3'000'000);
}

void SessionCoreTest::cancellingLeadsBackToBeforeTheFirstJump()
{
    Lab lab;
    lab.tick = 2'000; // a slow machine: slices become small
    lab.core.seek(8'000'000);
    lab.settle();
    const std::uint64_t hash = lab.core.run()->engine().hash();
    lab.core.seek(19'000'000);
    lab.core.turn();
    QVERIFY(lab.core.status().jumping);
    QVERIFY(lab.core.status().progressPermille >= 0 && lab.core.status().progressPermille < 1000);
    lab.core.seek(1'000'000);
    QVERIFY(!lab.core.canLook()); // nothing is shown on the way back
    QVERIFY(!lab.core.look({}));
    lab.core.cancelJump();
    QVERIFY(!lab.core.status().jumping);
    QCOMPARE(lab.core.run()->engine().hash(), hash);
}

void SessionCoreTest::restartForgetsActs()
{
    Lab lab;
    lab.core.seek(3'000'000);
    lab.settle();
    QVERIFY(!lab.core.apply(KillBroker{1}));
    QCOMPARE(lab.core.status().acts, std::size_t{1});
    lab.core.restart();
    QCOMPARE(lab.core.status().acts, std::size_t{0});
    QCOMPARE(lab.now(), Micros{0});
    lab.core.seek(6'000'000);
    lab.settle();
    QCOMPARE(lab.core.run()->engine().hash(), hashAt(6'000'000));
}

void SessionCoreTest::theSameVersionMeansNoFrame()
{
    Lab lab;
    ViewRequest request;
    const FramePtr first = lab.core.look(request);
    QVERIFY(first);
    request.lastVersion = first->version;
    QVERIFY(!lab.core.look(request));
    request.width += 1; // another picture of the same moment
    QVERIFY(lab.core.look(request));
    QVERIFY(!lab.core.look(request));
    lab.core.step(StepUnit::Event);
    lab.settle();
    const FramePtr next = lab.core.look(request);
    QVERIFY(next);
    QVERIFY(next->version > first->version);
}

void SessionCoreTest::versionsNeverRepeat()
{
    Lab lab;
    std::vector<std::uint64_t> versions;
    const auto remember = [&] {
        const FramePtr frame = lab.core.look({});
        QVERIFY(frame);
        versions.push_back(frame->version);
    };
    for (int i = 0; i < 5; ++i) {
        lab.core.seek(4'000'000);
        lab.settle();
        remember();
        QVERIFY(!lab.core.apply(i % 2 == 0 ? Command(KillBroker{1}) : Command(KillBroker{2})));
        remember();
        lab.core.step(StepUnit::Second);
        lab.settle();
        remember();
    }
    for (std::size_t i = 1; i < versions.size(); ++i)
        QVERIFY(versions[i] > versions[i - 1]);
}

void SessionCoreTest::looksDoNotChangeTheRun_data()
{
    QTest::addColumn<int>("looks");
    for (const int looks : {0, 1, 60, 1000})
        QTest::newRow(qPrintable(QString::number(looks))) << looks;
}

// Looks a simulated second, all views in turn, once at the engine itself and once through a session that
// plays.
void SessionCoreTest::looksDoNotChangeTheRun()
{
    QFETCH(int, looks);
    const std::uint64_t expected = hashAt(10'000'000);
    const auto request = [](int i) {
        ViewRequest look;
        look.view = static_cast<View>(i % 5);
        look.width = 640 + i % 3;
        return look;
    };
    Engine engine(tests::sessionScenario());
    Lab lab;
    lab.core.play();
    for (int i = 1; i <= 10 * std::max(1, looks); ++i) {
        const Micros time = 10'000'000 * std::int64_t{i} / (10 * std::max(1, looks));
        engine.advanceTo(time);
        // In pieces that a session does not take for a machine that slept.
        while (lab.wall < 1'000'000 + time) {
            lab.wall = std::min(lab.wall + 50'000, 1'000'000 + time);
            lab.settle();
        }
        if (looks == 0)
            continue;
        QCOMPARE(engine.frame(request(i)).now, time);
        lab.core.look(request(i));
    }
    lab.core.look({});
    QCOMPARE(engine.hash(), expected);
    QCOMPARE(lab.now(), Micros{10'000'000});
    QCOMPARE(lab.core.run()->engine().hash(), expected);
}

void SessionCoreTest::actsAreAnsweredInASentence()
{
    Lab lab;
    const std::optional<Error> refused = lab.core.apply(KillBroker{77});
    QVERIFY(refused);
    QVERIFY2(refused->sentence.find("77") != std::string::npos, refused->sentence.c_str());
    lab.core.seek(19'000'000);
    const std::optional<Error> busy = lab.core.apply(KillBroker{1});
    QVERIFY(busy);
    QVERIFY2(busy->sentence.find("on its way") != std::string::npos, busy->sentence.c_str());

    SessionCore closed([] { return Micros{0}; });
    QVERIFY(closed.apply(KillBroker{1}));
    QVERIFY(!closed.look({}));
    closed.play();
    closed.seek(5);
    closed.restart();
    closed.turn();
    QVERIFY(!closed.status().open && !closed.status().playing && !closed.status().jumping);
}

void SessionCoreTest::aClockThatJumpsIsForgiven()
{
    Lab lab;
    lab.core.play();
    lab.pass(1'000'000);
    lab.wall += 5'000'000; // the machine slept
    lab.core.turn();
    lab.core.turn();
    lab.settle();
    QVERIFY(lab.now() <= 20 * kMicrosPerSecond);
    lab.pass(100'000);
    QVERIFY(!lab.core.status().ended);
}

QTEST_APPLESS_MAIN(SessionCoreTest)
#include "session_core_test.moc"
