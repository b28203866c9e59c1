// SPDX-License-Identifier: GPL-3.0-or-later
// The session on its own thread: intents go in, the newest frame comes out, and nothing that a window does
// changes the run.
#include "model/session.h"
#include "tests/model/session_scenario.h"

#include <QTest>

using namespace tideline;
using model::Session;
using model::Speed;
using model::StepUnit;

namespace {

std::uint64_t hashAt(Micros time)
{
    Engine engine(tests::sessionScenario());
    engine.advanceTo(time);
    return engine.hash();
}

// Takes the frame once it is there. QTRY_VERIFY asks more than once.
bool arrived(Session& session, FramePtr& frame)
{
    if (!frame)
        frame = session.takeFrame();
    return frame != nullptr;
}

std::uint64_t hashOf(Session& session)
{
    std::uint64_t hash = 0;
    session.inspect([&](const model::SessionCore& core) { hash = core.run()->engine().hash(); });
    return hash;
}

} // namespace

class SessionTest : public QObject
{
    Q_OBJECT
private slots:
    void intentsAreTakenInOrder();
    void looksFromAnotherThreadDoNotChangeTheRun();
    void theEndDoesNotDependOnSlices();
    void oneRequestIsOutstanding();
    void actsAreAnswered();
    void anotherScenarioReplacesTheRun();
    void theLifeOfARecordComesFromAnotherThread();
    void onlyTheNewestQuestionIsAnswered();
    void itEndsInTheMiddleOfWork();
};

void SessionTest::intentsAreTakenInOrder()
{
    Session session;
    session.open(tests::sessionScenario());
    session.seek(5'000'000);
    session.waitUntilIdle();
    QCOMPARE(session.status().now, Micros{5'000'000});
    QCOMPARE(hashOf(session), hashAt(5'000'000));
    session.step(StepUnit::Second);
    session.waitUntilIdle();
    session.stepBack(StepUnit::Second);
    session.waitUntilIdle();
    QCOMPARE(hashOf(session), hashAt(5'000'000));
    session.restart();
    session.waitUntilIdle();
    QCOMPARE(session.status().now, Micros{0});
}

void SessionTest::looksFromAnotherThreadDoNotChangeTheRun()
{
    Session session;
    session.open(tests::sessionScenario());
    session.setSpeed({Speed::kUnlimited});
    session.play();
    std::uint64_t shown = 0;
    int frames = 0;
    ViewRequest request;
    while (!session.status().ended) {
        request.view = static_cast<View>(frames % 5);
        request.lastVersion = shown;
        session.request(request);
        if (const FramePtr frame = session.takeFrame()) {
            QVERIFY(frame->version >= shown);
            shown = frame->version;
            ++frames;
        }
    }
    session.waitUntilIdle();
    QCOMPARE(hashOf(session), hashAt(20 * kMicrosPerSecond));
}

// Several events stand at the very end of this run.
void SessionTest::theEndDoesNotDependOnSlices()
{
    Engine sliced(tests::sessionScenario());
    while (!sliced.ended())
        sliced.advanceSome(kNever, 1);
    QCOMPARE(sliced.hash(), hashAt(20 * kMicrosPerSecond));
}

void SessionTest::oneRequestIsOutstanding()
{
    Session session;
    ViewRequest request;
    session.request(request);
    QVERIFY(session.outstanding()); // no lab is open yet
    QVERIFY(!session.takeFrame());
    session.open(tests::sessionScenario());
    FramePtr frame;
    QTRY_VERIFY(arrived(session, frame));
    QTRY_VERIFY(!session.outstanding());
    QCOMPARE(QString::fromStdString(frame->title), QStringLiteral("Session"));
}

void SessionTest::actsAreAnswered()
{
    Session session;
    QVERIFY(session.apply(KillBroker{1})); // nothing is open
    session.open(tests::sessionScenario());
    session.seek(4'000'000);
    session.waitUntilIdle();
    QVERIFY(!session.apply(KillBroker{1}));
    QVERIFY(session.apply(KillBroker{42}));
    QCOMPARE(session.status().acts, std::size_t{1});
}

void SessionTest::anotherScenarioReplacesTheRun()
{
    Session session;
    session.open(tests::sessionScenario());
    session.waitUntilIdle();
    const std::uint64_t first = session.status().run;
    Scenario other = tests::sessionScenario();
    other.title = "Other";
    session.seek(7'000'000);
    session.open(other);
    session.waitUntilIdle();
    QCOMPARE(session.status().run, first + 1);
    QCOMPARE(session.status().now, Micros{0});
    std::string title;
    session.inspect([&](const model::SessionCore& core) { title = core.run()->engine().scenario().title; });
    QCOMPARE(QString::fromStdString(title), QStringLiteral("Other"));
}

void SessionTest::theLifeOfARecordComesFromAnotherThread()
{
    Session session;
    session.open(tests::sessionScenario());
    session.seek(6'000'000);
    session.waitUntilIdle();
    QVERIFY(!session.apply(KillBroker{3})); // the search has to repeat it
    session.seek(15'000'000);
    session.waitUntilIdle();
    session.askLife(0, 5);
    session.waitUntilIdle();
    session.life().wait();
    const std::optional<model::LifeAnswer> answer = session.life().take();
    QVERIFY(answer);
    QVERIFY(answer->life);
    QCOMPARE(answer->life->offset, Offset{5});
    QVERIFY(!answer->life->entries.empty());
    QVERIFY(!session.life().take()); // once

    session.askLife(0, 1'000'000);
    session.waitUntilIdle();
    session.life().wait();
    const std::optional<model::LifeAnswer> none = session.life().take();
    QVERIFY(none);
    QVERIFY(!none->life);
}

void SessionTest::onlyTheNewestQuestionIsAnswered()
{
    Session session;
    session.open(tests::sessionScenario());
    session.seek(15'000'000);
    session.waitUntilIdle();
    for (Offset offset = 0; offset < 8; ++offset)
        session.askLife(1, offset);
    session.waitUntilIdle();
    session.life().wait();
    const std::optional<model::LifeAnswer> answer = session.life().take();
    QVERIFY(answer);
    QCOMPARE(answer->offset, Offset{7});
    session.askLife(1, 3);
    session.waitUntilIdle();
    session.life().forget();
    session.life().wait();
    QVERIFY(!session.life().take());
}

void SessionTest::itEndsInTheMiddleOfWork()
{
    FramePtr frame;
    {
        Session session;
        session.open(tests::sessionScenario());
        session.setSpeed({Speed::kUnlimited});
        session.play();
        session.askLife(0, 0);
        session.request({});
        QTRY_VERIFY(arrived(session, frame));
    }
    QCOMPARE(QString::fromStdString(frame->title), QStringLiteral("Session")); // frames outlive their session
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
