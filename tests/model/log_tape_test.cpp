// SPDX-License-Identifier: GPL-3.0-or-later
// Recorded logs: what a row is, what its times are, and what a person is told about a file that is no log.
#include "model/csv_reader.h"
#include "model/log_tape.h"
#include "model/log_time.h"

#include "engine/base/random.h"

#include <QtTest/QtTest>

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <set>

using namespace tideline;
using namespace tideline::model;

namespace {

const std::string kSource = TIDELINE_SOURCE_DIR;

} // namespace

class LogTapeTest : public QObject
{
    Q_OBJECT

private slots:
    void times_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("millis"); // worked out with date(1): date -u -d ... +%s%3N
        QTest::newRow("fraction and Z") << "2018-01-31T02:23:11.235Z" << qint64{1517365391235};
        QTest::newRow("no seconds") << "2001-01-01 01:19" << qint64{978311940000};
        QTest::newRow("date only") << "1970-01-01" << qint64{0};
        QTest::newRow("before 1970") << "1969-12-31T23:59:59.999Z" << qint64{-1};
        QTest::newRow("leap day") << "2000-02-29 00:00:00" << qint64{951782400000};
        QTest::newRow("year 0") << "0000-01-01" << qint64{-62167219200000};
        QTest::newRow("year 9999") << "9999-12-31T23:59:59.999" << qint64{253402300799999};
        QTest::newRow("east") << "2018-01-31T03:23:11+01:00" << qint64{1517365391000};
        QTest::newRow("west, short") << "2018-01-30T20:53:11-0530" << qint64{1517365391000};
        QTest::newRow("hours only") << "2018-01-31T03:23:11+01" << qint64{1517365391000};
        QTest::newRow("finer than a ms") << "1970-01-01T00:00:00.0019999Z" << qint64{1};
        QTest::newRow("tenths") << "1970-01-01T00:00:00,5" << qint64{500};
        QTest::newRow("leap second") << "2016-12-31T23:59:60Z" << qint64{1483228800000};
        QTest::newRow("epoch seconds") << "1517365391" << qint64{1517365391000};
        QTest::newRow("epoch with fraction") << "1517365391.235" << qint64{1517365391235};
        QTest::newRow("epoch milliseconds") << "1517365391235" << qint64{1517365391235};
        QTest::newRow("epoch below 1970") << "-1.0001" << qint64{-1001};
        QTest::newRow("spaces around") << " 0 " << qint64{0};
    }
    void times()
    {
        QFETCH(QString, text);
        QFETCH(qint64, millis);
        const auto parsed = parseLogTime(text.toStdString());
        QVERIFY(parsed.has_value());
        QCOMPARE(qint64{*parsed}, millis);
    }

    void noTimes()
    {
        for (const char* text : {"",
                                 " ",
                                 "x",
                                 "2018",
                                 "2018-1-31",
                                 "2018-02-29",
                                 "1900-02-29",
                                 "2018-13-01",
                                 "2018-00-01",
                                 "2018-01-32",
                                 "2018-01-31T",
                                 "2018-01-31T24:00",
                                 "2018-01-31T02:60",
                                 "2018-01-31T02:23:61",
                                 "2018-01-31T02:23:11.",
                                 "2018-01-31T02:23:11Zx",
                                 "2018-01-31T02:23:11+1",
                                 "2018-01-31T02",
                                 "99999999999999999999",
                                 "1.",
                                 "-",
                                 "1517365391235.5",
                                 "NaN",
                                 "1e9"}) {
            const auto parsed = parseLogTime(text);
            // "2018" is a number: 2018 seconds since 1970.
            if (std::string_view(text) == "2018")
                QCOMPARE(parsed.value_or(0), Millis{2'018'000});
            else
                QVERIFY2(!parsed.has_value(), text);
        }
    }

    // Every day of 800 years is one more than the day before, and Qt agrees about where they lie.
    void civilDays()
    {
        const qint64 first = QDate(1970, 1, 1).toJulianDay();
        for (QDate day(1600, 1, 1); day.year() < 2400; day = day.addDays(1))
            QCOMPARE(qint64{daysFromCivil(day.year(), day.month(), day.day())}, day.toJulianDay() - first);
    }

    void csvRows()
    {
        const std::string text = "\xef\xbb\xbf"
                                 "a,b\r\n1,\"x, \"\"y\"\"\"\n\n  \r\n\"two\nlines\", 3 \rlast,";
        CsvReader reader(text);
        CsvRow row;
        std::vector<std::vector<std::string>> rows;
        std::vector<std::int64_t> lines;
        std::vector<std::string> raw;
        while (reader.next(row)) {
            QVERIFY(!row.broken);
            rows.push_back(row.fields);
            lines.push_back(row.line);
            raw.push_back(text.substr(row.begin, row.length));
        }
        const std::vector<std::vector<std::string>> expected = {
            {"a", "b"}, {"1", "x, \"y\""}, {"two\nlines", "3"}, {"last", ""}};
        QVERIFY(rows == expected);
        QVERIFY(lines == (std::vector<std::int64_t>{1, 2, 5, 7}));
        QCOMPARE(raw[1], std::string("1,\"x, \"\"y\"\"\""));
        QCOMPARE(raw[2], std::string("\"two\nlines\", 3 "));
        QVERIFY(rawField(raw[1], 1) == "x, \"\"y\"\"");
        QVERIFY(rawField(raw[2], 1) == "3");
        QVERIFY(rawField(raw[2], 2).empty());
    }

    // A quote that never closes breaks its own line, not the rest of the file.
    void csvGoesOnAfterBrokenRows()
    {
        CsvReader reader("a,b\n1,\"open\n2,x\n3,b\"c\n4,y\n");
        CsvRow row;
        std::vector<std::string> seen;
        while (reader.next(row))
            seen.push_back(row.broken ? "broken line " + std::to_string(row.line) : row.fields.front());
        QVERIFY(seen == (std::vector<std::string>{"a", "broken line 2", "2", "broken line 4", "4"}));
    }

    void earthquakes()
    {
        const OpenedLog log = opened(
            {kSource + "/resources/logs/earthquakes.csv", "happened_at", "reported_at", "network", false});
        QCOMPARE(log.stats.rows, std::int64_t{1707});
        QCOMPARE(log.tape->rows(), std::int64_t{1707});
        QCOMPARE(log.stats.brokenLines, std::int64_t{0});
        QCOMPARE(log.stats.arrivalsBackwards, std::int64_t{0});
        const TapeRow row = log.tape->row(0);
        QCOMPARE(row.arrival, Millis{1517365391235});
        QCOMPARE(row.happened, Millis{1517365101235});
        QVERIFY(row.hasKey && row.key == "ak");
        QVERIFY(row.value == "2018-01-31T02:23:11.235Z,2018-01-31T02:18:21.235Z,ak18247005,ak,earthquake,2.3,"
                             "-136.5559,59.8411,0,"
                             "\"81km WNW of Skagway, Alaska\",automatic");
        QVERIFY(log.tape->row(1706).value.starts_with(
            "2018-02-07T01:45:04.877Z,2018-01-31T15:41:20.840Z,nc72961936"));
        verifyOrder(*log.tape);
    }

    void flights()
    {
        const OpenedLog log =
            opened({kSource + "/resources/logs/flights.csv", "scheduled_at", "seen_at", "origin", false});
        QCOMPARE(log.stats.rows, std::int64_t{20'000});
        QCOMPARE(log.tape->row(0).arrival, Millis{978311940000});
        QCOMPARE(log.tape->row(0).happened, Millis{978312240000}); // after its arrival: it left early
        QVERIFY(log.tape->row(19'999).key == "CLT");
        verifyOrder(*log.tape);
    }

    void oddRows()
    {
        const OpenedLog log =
            opened({write("t,k\r\n10,\"a \"\"b\"\"\"\r\n5,\r\n5, c \r\n20,\"d,e\""), "t", "", "k", false});
        QCOMPARE(log.stats.rows, std::int64_t{4});
        QCOMPARE(log.stats.arrivalsBackwards, std::int64_t{2}); // against the arrival taken, 10 s
        QVERIFY(log.tape->row(0).key == "a \"b\"");
        QVERIFY(!log.tape->row(1).hasKey);
        QVERIFY(log.tape->row(2).key == "c");
        QVERIFY(log.tape->row(3).key == "d,e" && log.tape->row(3).value == "20,\"d,e\"");
        QCOMPARE(log.tape->row(1).arrival, Millis{10'000});
        QCOMPARE(log.tape->row(1).happened, Millis{5'000});
        const std::vector<std::int64_t> order = {log.tape->rowByEventTime(0), log.tape->rowByEventTime(1),
                                                 log.tape->rowByEventTime(2), log.tape->rowByEventTime(3)};
        QVERIFY(order == (std::vector<std::int64_t>{1, 2, 0, 3})); // equal times in the order of the file
    }

    void brokenRowsRefuse()
    {
        const LogTapeRequest request{write("t,k\n1,a\nsoon,b\n3\n4,d,e\n5,\"f\n6,g\n"), "t", "", "k", false};
        QCOMPARE(sentence(request), QString("log.csv line 3: t \"soon\" is not a time such as "
                                            "2018-01-31T02:23:11.235Z or a number of seconds or "
                                            "milliseconds since 1970; 4 of 6 rows are broken, so correct "
                                            "them or set \"on-error\": \"skip\""));
    }

    void brokenRowsAreSkipped()
    {
        const OpenedLog log = opened({write("t,k\n1,a\n3\nsoon,b\n4,d,e\n5,\"f\n6,g\n"), "t", "", "k", true});
        QCOMPARE(log.stats.rows, std::int64_t{2});
        QCOMPARE(log.stats.brokenLines, std::int64_t{4});
        QCOMPARE(log.stats.firstBroken,
                 std::string("log.csv line 3: it has 1 field, and the first line names 2"));
        QVERIFY(log.tape->row(1).key == "g");
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty")
            << QByteArray()
            << "log.csv: it is empty, and its first line should name the columns; name another file";
        QTest::newRow("blank") << QByteArray("\n \n")
                               << "log.csv: its first line does not name columns, as that of a recorded log "
                                  "must; name a CSV file";
        QTest::newRow("header only") << QByteArray("t,k\n")
                                     << "log.csv: it names columns but has no row; name a log with rows";
        QTest::newRow("missing column")
            << QByteArray("tt,k\n1,a\n")
            << "log.csv: it has no column \"t\" for the time; the nearest is \"tt\", use one that is there";
        QTest::newRow("missing key")
            << QByteArray("t,kk\n1,a\n")
            << "log.csv: it has no column \"k\" for the key; the nearest is \"t\", use one that is there";
        QTest::newRow("binary") << QByteArray("t,k\n\0\xff\0\n", 8)
                                << "log.csv line 2: it has 1 field, and the first line names 2; 1 of 1 rows "
                                   "are broken, so correct them "
                                   "or set \"on-error\": \"skip\"";
    }
    void refused()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(sentence({write(text), "t", "", "k", false}), expected);
    }

    void noFile()
    {
        QCOMPARE(sentence({"/nowhere/log.csv", "t", "", "", false}),
                 QString("log.csv: there is no such file; correct the name"));
        QCOMPARE(sentence({"/tmp", "t", "", "", false}),
                 QString("tmp: it is not a regular file, which a recorded log must be; name a CSV file"));
        QCOMPARE(sentence({"/dev/zero", "t", "", "", false}),
                 QString("zero: it is not a regular file, which a recorded log must be; name a CSV file"));
        QVERIFY(sentence({write("t\nx\n"), "t", "", "", true})
                    .startsWith("log.csv: none of its 1 rows can be read ("));
    }

    // XXH3 (64 bits, no seed) of the file's bytes; the constant is libxxhash's own for these four.
    void contentHash()
    {
        QCOMPARE(opened({write("t\n1\n"), "t", "", "", false}).tape->contentHash(),
                 std::uint64_t{0xc5e3a20d19fdfc1b});
        QVERIFY(opened({write("t\n2\n"), "t", "", "", false}).tape->contentHash() != 0xc5e3a20d19fdfc1b);
    }

    // Above 64 MB the file is mapped; progress comes along, and stopping is heeded.
    void largeLog()
    {
        QByteArray text("t,k,padding\n");
        const QByteArray padding(1'000, 'x');
        for (int i = 0; i < 70'000; ++i)
            text += QByteArray::number(i) + ",k" + QByteArray::number(i % 7) + "," + padding + "\n";
        const LogTapeRequest request{write(text), "t", "", "k", false};
        std::int64_t calls = 0;
        std::int64_t done = 0;
        const Result<OpenedLog> log = LogTape::open(request, [&](std::int64_t at, std::int64_t total) {
            ++calls;
            const bool forward = at > done && total == text.size();
            done = at;
            return forward;
        });
        QVERIFY(log.ok());
        QVERIFY(calls >= 60);
        QCOMPARE(done, std::int64_t{text.size()});
        QCOMPARE(log.value().tape->rows(), std::int64_t{70'000});
        QVERIFY(log.value().tape->row(69'999).key == "k6"); // beyond the first page of rows
        QVERIFY(log.value().tape->row(69'999).value.starts_with("69999,k6,xxx"));
        const Result<OpenedLog> stopped =
            LogTape::open(request, [](std::int64_t, std::int64_t) { return false; });
        QVERIFY(!stopped.ok());
        QCOMPARE(stopped.error().sentence,
                 std::string("log.csv: reading it was stopped before its end; open it again to go on"));
    }

    // Damaged logs are read or refused; every row that comes out lies inside the file.
    void mutants()
    {
        QFile file(QString::fromStdString(kSource + "/resources/logs/earthquakes.csv"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const std::string original = file.read(6'000).toStdString();
        Random random(7, 1);
        std::int64_t rows = 0;
        for (int i = 0; i < 300; ++i) {
            std::string text = original;
            for (int change = 0; change < 5; ++change)
                text[150 + random.below(text.size() - 150)] = "\",\n\r\0 x9"[random.below(8)];
            const Result<OpenedLog> log = LogTape::open(
                {write(QByteArray::fromStdString(text)), "happened_at", "reported_at", "network", true});
            if (!log.ok())
                continue;
            for (std::int64_t r = 0; r < log.value().tape->rows(); ++r) {
                QVERIFY(text.find(log.value().tape->row(r).value) != std::string::npos);
                ++rows;
            }
        }
        QVERIFY(rows > 5'000);
    }

private:
    std::string write(const QByteArray& text)
    {
        QFile file(folder_.filePath("log.csv"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(file.fileName()));
        return file.fileName().toStdString();
    }

    static OpenedLog opened(const LogTapeRequest& request)
    {
        Result<OpenedLog> log = LogTape::open(request);
        if (!log.ok())
            qFatal("%s", log.error().sentence.c_str());
        return std::move(log.value());
    }

    static QString sentence(const LogTapeRequest& request)
    {
        const Result<OpenedLog> log = LogTape::open(request);
        return log.ok() ? QString() : QString::fromStdString(log.error().sentence);
    }

    // Arrivals never fall, event times rise along the index, and the index has every row once.
    static void verifyOrder(const LogTape& tape)
    {
        std::set<std::int64_t> seen;
        for (std::int64_t i = 0; i < tape.rows(); ++i) {
            QVERIFY(i == 0 || tape.row(i).arrival >= tape.row(i - 1).arrival);
            const std::int64_t row = tape.rowByEventTime(i);
            QVERIFY(row >= 0 && row < tape.rows() && seen.insert(row).second);
            QVERIFY(i == 0 || tape.row(row).happened >= tape.row(tape.rowByEventTime(i - 1)).happened);
        }
    }

    QTemporaryDir folder_;
};

QTEST_APPLESS_MAIN(LogTapeTest)
#include "log_tape_test.moc"
