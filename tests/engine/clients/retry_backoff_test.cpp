// SPDX-License-Identifier: GPL-3.0-or-later
// KIP-580: twice as long each time, up to a maximum, a fifth either way.
#include "engine/clients/retry_backoff.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

class RetryBackoffTest : public QObject
{
    Q_OBJECT

private slots:
    void waits_data()
    {
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("draw");
        QTest::addColumn<qint64>("expected");
        QTest::newRow("first, least") << 1 << 0 << qint64{80'000};
        QTest::newRow("first, middle") << 1 << 200 << qint64{100'000};
        QTest::newRow("first, most") << 1 << 399 << qint64{119'900};
        QTest::newRow("draws go round") << 1 << 400 << qint64{80'000};
        QTest::newRow("second") << 2 << 200 << qint64{200'000};
        QTest::newRow("third") << 3 << 200 << qint64{400'000};
        QTest::newRow("fourth") << 4 << 200 << qint64{800'000};
        QTest::newRow("fifth, least") << 5 << 0 << qint64{800'000};
        QTest::newRow("never above the maximum") << 5 << 399 << qint64{1'000'000};
        QTest::newRow("after very many") << 2'000'000'000 << 200 << qint64{1'000'000};
    }

    void waits()
    {
        QFETCH(int, failures);
        QFETCH(int, draw);
        auto source = [draw] { return draw; };
        QTEST(qint64{retryBackoff(100'000, 1'000'000, failures, source)}, "expected");
    }

    void withoutRoomToGrowNothingIsDrawn()
    {
        int draws = 0;
        auto source = [&draws] { return ++draws; };
        QCOMPARE(retryBackoff(100'000, 100'000, 7, source), Micros{100'000});
        QCOMPARE(retryBackoff(100'000, 50'000, 7, source), Micros{100'000});
        QCOMPARE(draws, 0);
    }

    // retry.backoff.ms = 0: at once, however often.
    void noWait()
    {
        auto source = [] { return 399; };
        QCOMPARE(retryBackoff(0, 1'000'000, 30, source), Micros{0});
    }
};

TIDELINE_RULE_TEST(RetryBackoffTest)
#include "retry_backoff_test.moc"
