// SPDX-License-Identifier: GPL-3.0-or-later
// Durations, rates and bandwidths as a person writes them: exact or refused.
#include "engine/lab/duration_text.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

template <class T>
QString textOf(const Result<T>& result)
{
    return result.ok() ? QString::number(result.value()) : QString::fromStdString(result.error().sentence);
}

} // namespace

class DurationTextTest : public QObject
{
    Q_OBJECT

private slots:
    void durations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("micros");
        QTest::newRow("seconds") << "41 s" << qint64{41'000'000};
        QTest::newRow("without a blank") << "200us" << qint64{200};
        QTest::newRow("sign of micro") << "200 µs" << qint64{200};
        QTest::newRow("with a point") << "1.5 h" << qint64{5'400'000'000};
        QTest::newRow("below zero") << "-2 s" << qint64{-2'000'000};
        QTest::newRow("minutes") << "10 min" << qint64{600'000'000};
        QTest::newRow("milliseconds") << "0.001 ms" << qint64{1};
        QTest::newRow("days") << "1000 d" << qint64{86'400'000'000'000};
        QTest::newRow("a third that is whole") << "0.000001 s" << qint64{1};
        QTest::newRow("zero") << "0 s" << qint64{0};
    }

    void durations()
    {
        QFETCH(QString, text);
        QFETCH(qint64, micros);
        const Result<Micros> read = parseDuration(text.toStdString());
        QVERIFY2(read.ok(), qPrintable(textOf(read)));
        QCOMPARE(qint64{read.value()}, micros);
        const Result<Micros> again = parseDuration(formatDuration(read.value()));
        QCOMPARE(qint64{again.value()}, micros);
    }

    // A time past the end of a run means the end, however far past.
    void aMomentMayBeAsFarAwayAsAnyoneLikes()
    {
        QCOMPARE(qint64{parseMoment("41 s").value()}, qint64{41'000'000});
        QCOMPARE(qint64{parseMoment("999999999999999999 d").value()}, qint64{100 * kLongestDuration});
        QCOMPARE(qint64{parseMoment("-999999999999999999 d").value()}, qint64{-100 * kLongestDuration});
        QVERIFY(!parseMoment("0.0001 ms").ok());
        QVERIFY(!parseMoment("soon").ok());
    }

    void durationsThatAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says"); // what the sentence holds
        QTest::newRow("no unit") << "10"
                                 << "without a unit";
        QTest::newRow("no number") << "soon"
                                   << "is not a duration";
        QTest::newRow("nothing") << ""
                                 << "is not a duration";
        QTest::newRow("meters") << "10 meters"
                                << "has the unit \"meters\"";
        QTest::newRow("a part of a µs") << "0.0001 ms"
                                        << "no whole number of microseconds";
        QTest::newRow("a point without digits") << "1. s"
                                                << "is not a duration";
        QTest::newRow("too long") << "100001 d"
                                  << "at most 1000 d";
        QTest::newRow("far too long") << "999999999999999999 d"
                                      << "at most 1000 d";
        QTest::newRow("exponent") << "1e3 s"
                                  << "as digits and a point";
        QTest::newRow("negative exponent") << "1e-3 s"
                                           << "as digits and a point";
        QTest::newRow("comma") << "1,5 s"
                               << "as digits and a point";
        QTest::newRow("more digits than any") << "1234567890123456789 s"
                                              << "is not a duration";
        QTest::newRow("two units") << "1 min 30 s"
                                   << "has the unit";
        QTest::newRow("a blank first") << " 1 s"
                                       << "is not a duration";
    }

    void durationsThatAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const Result<Micros> read = parseDuration(text.toStdString());
        QVERIFY(!read.ok());
        const QString sentence = textOf(read);
        QVERIFY2(sentence.startsWith('"' + text + '"'), qPrintable(sentence));
        QVERIFY2(sentence.contains(says), qPrintable(sentence));
    }

    void formats_data()
    {
        QTest::addColumn<qint64>("micros");
        QTest::addColumn<QString>("text");
        QTest::newRow("zero") << qint64{0} << "0 s";
        QTest::newRow("not whole minutes") << qint64{90'000'000} << "90 s";
        QTest::newRow("whole minutes") << qint64{120'000'000} << "2 min";
        QTest::newRow("microseconds") << qint64{1'500} << "1500 us";
        QTest::newRow("a day") << qint64{86'400'000'000} << "1 d";
        QTest::newRow("below zero") << qint64{-3'000} << "-3 ms";
    }

    void formats()
    {
        QFETCH(qint64, micros);
        QTEST(QString::fromStdString(formatDuration(micros)), "text");
    }

    void rates_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("rate"); // -1: refused
        QTest::newRow("a rate") << "200/s" << 200;
        QTest::newRow("with a blank") << "200 /s" << 200;
        QTest::newRow("none") << "0/s" << 0;
        QTest::newRow("below zero") << "-1/s" << -1;
        QTest::newRow("parts of a record") << "0.5/s" << -1;
        QTest::newRow("a minute") << "200/min" << -1;
        QTest::newRow("no unit") << "200" << -1;
    }

    void rates()
    {
        QFETCH(QString, text);
        QFETCH(int, rate);
        const Result<std::int64_t> read = parseRate(text.toStdString());
        QCOMPARE(read.ok(), rate >= 0);
        if (read.ok()) {
            QCOMPARE(read.value(), std::int64_t{rate});
            QCOMPARE(parseRate(formatRate(rate)).value(), std::int64_t{rate});
        } else {
            QVERIFY(textOf(read).contains("is not a rate"));
        }
    }

    void bandwidths_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("bytes"); // -1: refused
        QTest::newRow("gigabit") << "1 Gbit/s" << qint64{125'000'000};
        QTest::newRow("kilobit") << "800 kbit/s" << qint64{100'000};
        QTest::newRow("megabyte") << "20 MB/s" << qint64{20'000'000};
        QTest::newRow("one byte") << "8 bit/s" << qint64{1};
        QTest::newRow("with a point") << "2.5 Gbit/s" << qint64{312'500'000};
        QTest::newRow("the most") << "1000000 GB/s" << qint64{1'000'000'000'000'000};
        QTest::newRow("more than that") << "1000001 GB/s" << qint64{-1};
        QTest::newRow("less than a byte") << "7 bit/s" << qint64{-1};
        QTest::newRow("no whole bytes") << "12 bit/s" << qint64{-1};
        QTest::newRow("nothing") << "0 bit/s" << qint64{-1};
        QTest::newRow("below zero") << "-1 MB/s" << qint64{-1};
        QTest::newRow("no bandwidth") << "1 GB" << qint64{-1};
    }

    void bandwidths()
    {
        QFETCH(QString, text);
        QFETCH(qint64, bytes);
        const Result<std::int64_t> read = parseBandwidth(text.toStdString());
        QCOMPARE(read.ok(), bytes >= 0);
        if (read.ok())
            QCOMPARE(qint64{read.value()}, bytes);
        else
            QVERIFY(textOf(read).contains("bandwidth"));
    }
};

TIDELINE_RULE_TEST(DurationTextTest)
#include "duration_text_test.moc"
