// SPDX-License-Identifier: GPL-3.0-or-later
// Which engine time is due when, worked by hand.
#include "model/transport.h"

#include <QTest>

using namespace tideline;
using model::Speed;
using model::Transport;

class SessionTransportTest : public QObject
{
    Q_OBJECT
private slots:
    void realTimeIsOneToOne();
    void speedIsASlope_data();
    void speedIsASlope();
    void aChangeOfSpeedDoesNotJump();
    void waitingEndsWhenTheTimeIsDue();
    void unlimitedIsAlwaysDue();
    void speedsStayInRange();
    void aSlowEngineIsBehind();
    void yearsDoNotOverflow();
};

void SessionTransportTest::realTimeIsOneToOne()
{
    Transport transport;
    transport.play(5'000'000, 1'000'000);
    QCOMPARE(transport.due(5'000'000), Micros{1'000'000});
    QCOMPARE(transport.due(5'250'000), Micros{1'250'000});
    QVERIFY(transport.playing());
    transport.pause();
    QVERIFY(!transport.playing());
}

void SessionTransportTest::speedIsASlope_data()
{
    QTest::addColumn<int>("milli");
    QTest::addColumn<qint64>("due");
    QTest::newRow("0.001x") << 1 << qint64{2'000};
    QTest::newRow("0.5x") << 500 << qint64{1'000'000};
    QTest::newRow("1x") << 1000 << qint64{2'000'000};
    QTest::newRow("1000x") << 1'000'000 << qint64{2'000'000'000};
}

void SessionTransportTest::speedIsASlope()
{
    QFETCH(int, milli);
    QFETCH(qint64, due);
    Transport transport;
    transport.setSpeed({milli}, 0, 0);
    transport.play(0, 0);
    QCOMPARE(qint64{transport.due(2'000'000)}, due);
}

void SessionTransportTest::aChangeOfSpeedDoesNotJump()
{
    Transport transport;
    transport.play(0, 0);
    const Micros before = transport.due(3'000'000);
    transport.setSpeed({10}, 3'000'000, before);
    QCOMPARE(transport.due(3'000'000), before);
    QCOMPARE(transport.due(4'000'000), before + 10'000);
}

void SessionTransportTest::waitingEndsWhenTheTimeIsDue()
{
    Transport transport;
    transport.setSpeed({7}, 0, 0);
    transport.play(0, 0);
    for (const Micros time : {Micros{1}, Micros{13}, Micros{999}, Micros{123'457}}) {
        const Micros wait = transport.waitFor(time, 0);
        QVERIFY(wait > 0);
        QVERIFY(transport.due(wait) >= time);
        QCOMPARE(transport.waitFor(time, wait), Micros{0});
    }
    QCOMPARE(transport.waitFor(kNever, 0), kNever);
}

void SessionTransportTest::unlimitedIsAlwaysDue()
{
    Transport transport;
    transport.setSpeed({Speed::kUnlimited}, 0, 0);
    transport.play(0, 0);
    QCOMPARE(transport.due(0), kNever);
    QCOMPARE(transport.waitFor(1'000'000'000, 0), Micros{0});
    QVERIFY(!transport.behind(1'000'000, 0));
}

void SessionTransportTest::speedsStayInRange()
{
    Transport transport;
    transport.setSpeed({-5}, 0, 0);
    QCOMPARE(transport.speed().milli, Speed::kSlowest);
    transport.setSpeed({2'000'000'000}, 0, 0);
    QCOMPARE(transport.speed().milli, Speed::kFastest);
    transport.setSpeed({0}, 0, 0);
    QVERIFY(transport.speed().unlimited());
}

void SessionTransportTest::aSlowEngineIsBehind()
{
    Transport transport;
    transport.play(0, 0);
    QVERIFY(!transport.behind(1'000'000, 1'000'000));
    QVERIFY(!transport.behind(1'000'000, 1'000'000 - Transport::kPatience));
    QVERIFY(transport.behind(1'000'000, 1'000'000 - Transport::kPatience - 1));
}

void SessionTransportTest::yearsDoNotOverflow()
{
    Transport transport;
    transport.setSpeed({Speed::kFastest}, 0, 0);
    transport.play(0, 86'400'000'000'000);
    QCOMPARE(transport.due(std::numeric_limits<Micros>::max()), kNever);
    QVERIFY(transport.due(31'536'000'000'000) > 31'536'000'000'000);
}

QTEST_APPLESS_MAIN(SessionTransportTest)
#include "session_transport_test.moc"
