// SPDX-License-Identifier: GPL-3.0-or-later
// The program as a person calls it: results on standard output, one sentence on standard error, exit status
// 0, 1 or 2.
#include <QDir>
#include <QFile>
#include <QImage>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

struct Outcome
{
    int status = -1;
    QString out;
    QString err;
};

constexpr int kPatience = 120'000; // ms, with sanitizers on a busy machine

const QString kScenario = QStringLiteral(R"({ "tideline": 1, "title": "Small", "seed": 5, "duration": "20 s",
  "cluster": { "brokers": 3, "config": { "offsets.topic.num.partitions": 1 } },
  "topics": [ { "name": "orders", "partitions": 3, "replication-factor": 3 } ],
  "producers": [ { "name": "sensors", "topic": "orders", "source": { "generator": "orders", "rate": "20/s", "keys": 5 } } ],
  "groups": [ { "name": "billing", "topics": [ "orders" ], "members": 2 } ],
  "pipelines": [ { "name": "counts", "engine": "flink", "from": "orders", "watermark": { "bounded-out-of-orderness": "1 s" },
                   "window": { "tumbling": "2 s" }, "aggregate": "count" } ] })");

} // namespace

class CommandLineTest : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void badInputIsOneSentence_data();
    void badInputIsOneSentence();
    void everyMistakeOfAFileIsSaid();
    void checkIsSilentWhenAllIsWell();
    void theHashIsTheSameTwice();
    void theSeedCounts();
    void untilPastTheEndIsTheEnd();
    void resultsGoToStandardOutput_data();
    void resultsGoToStandardOutput();
    void shotsAreTheSameBytes_data();
    void shotsAreTheSameBytes();
    void reportsAreTheSameBytesAndStandAlone();
    void aPartitionIsExported();
    void theWindowNeedsADisplay();
    void helpIsAResult();

private:
    Outcome run(const QStringList& arguments) const;
    QString in(const QString& name) const { return dir_.filePath(name); }
    QByteArray bytesOf(const QString& name) const;
    QTemporaryDir dir_;
};

void CommandLineTest::initTestCase()
{
    QVERIFY(QFile::exists(QStringLiteral(TIDELINE_PROGRAM)));
    QFile good(in(QStringLiteral("good.tideline")));
    QVERIFY(good.open(QIODevice::WriteOnly));
    good.write(kScenario.toUtf8());
    QFile bad(in(QStringLiteral("bad.tideline")));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{ \"tideline\": 1, \"duration\": \"10 parsecs\", \"cluster\": { \"brokers\": 0 } }");
}

// Without a display, in a folder of its own.
Outcome CommandLineTest::run(const QStringList& arguments) const
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* display : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        environment.remove(QLatin1String(display));
    // The leak checker would tell on standard error which known leaks it let through.
    const QString leaks = QStringLiteral("LSAN_OPTIONS");
    environment.insert(leaks, environment.value(leaks) + QStringLiteral(":print_suppressions=0"));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(dir_.path());
    process.start(QStringLiteral(TIDELINE_PROGRAM), arguments);
    if (!process.waitForFinished(kPatience) || process.exitStatus() != QProcess::NormalExit)
        return {-1, {}, QStringLiteral("did not end by itself")};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

QByteArray CommandLineTest::bytesOf(const QString& name) const
{
    QFile file(in(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void CommandLineTest::badInputIsOneSentence_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("names"); // what the sentence has to name
    QTest::newRow("unknown option") << "run good.tideline --fast"
                                    << "--fast";
    QTest::newRow("unknown subcommand's option") << "check good.tideline --print hash"
                                                 << "--print";
    QTest::newRow("no file") << "run"
                             << "FILE";
    QTest::newRow("two files") << "check good.tideline bad.tideline"
                               << "bad.tideline";
    QTest::newRow("a file before the subcommand") << "good.tideline check good.tideline"
                                                  << "a file stands before \"check\"";
    QTest::newRow("option without a value") << "run good.tideline --until"
                                            << "run: --until lacks its value";
    QTest::newRow("option twice") << "run good.tideline --seed 1 --seed 2"
                                  << "run: --seed is given more than once";
    QTest::newRow("export to nowhere") << "export-log good.tideline --partition orders-0 -o "
                                       << "it names no folder";
    QTest::newRow("missing file") << "run nothing.tideline"
                                  << "nothing.tideline";
    QTest::newRow("missing file for the window") << "nothing.tideline"
                                                 << "nothing.tideline";
    QTest::newRow("a folder") << "check ."
                              << "regular file";
    QTest::newRow("bad time") << "run good.tideline --until 10parsecs"
                              << "parsecs";
    QTest::newRow("negative time") << "run good.tideline --until=-5s"
                                   << "0 s";
    QTest::newRow("empty time") << "run good.tideline --until="
                                << "--until";
    QTest::newRow("bad seed") << "run good.tideline --seed=-1"
                              << "18446744073709551615";
    QTest::newRow("seed with letters") << "run good.tideline --seed 7a"
                                       << "7a";
    QTest::newRow("bad print") << "run good.tideline --print everything"
                               << "journal, state, metrics or hash";
    QTest::newRow("no view") << "shot good.tideline -o x.png"
                             << "--view";
    QTest::newRow("bad view") << "shot good.tideline --view moon -o x.png"
                              << "moon";
    QTest::newRow("no output") << "shot good.tideline --view cluster"
                               << "-o";
    QTest::newRow("bad size") << "shot good.tideline --view cluster --size big -o x.png"
                              << "1600x1000";
    QTest::newRow("half a size") << "shot good.tideline --view cluster --size 800x -o x.png"
                                 << "800x";
    QTest::newRow("too large") << "shot good.tideline --view cluster --size 99999x99999 -o x.png"
                               << "7680x4320";
    QTest::newRow("zero size") << "shot good.tideline --view cluster --size 0x0 -o x.png"
                               << "480x320";
    QTest::newRow("bad theme") << "shot good.tideline --view cluster --theme pink -o x.png"
                               << "dark or light";
    QTest::newRow("format not built") << "shot good.tideline --view cluster -o x.svg"
                                      << ".png";
    QTest::newRow("report format not built") << "report good.tideline -o x.pdf"
                                             << ".html";
    QTest::newRow("folder not there") << "shot good.tideline --view cluster -o no/where/x.png"
                                      << "no/where/x.png";
    QTest::newRow("report into a folder that is not there") << "report good.tideline -o no/where/x.html"
                                                            << "no/where/x.html";
    QTest::newRow("export of no partition") << "export-log good.tideline --partition orders-9 -o log"
                                            << "orders-9";
    QTest::newRow("export of no broker") << "export-log good.tideline --partition orders-0 --broker 4 -o log"
                                         << "brokers are 1 to 3";
    QTest::newRow("export of a word") << "export-log good.tideline --partition orders-0 --broker x -o log"
                                      << "whole number from 1";
    QTest::newRow("export over something") << "export-log good.tideline --partition orders-0 -o ."
                                           << "empty folder";
    QTest::newRow("option of a later time") << "shot good.tideline --view cluster --seeds 0..9 -o x.png"
                                            << "--seeds";
}

void CommandLineTest::badInputIsOneSentence()
{
    QFETCH(QString, line);
    QFETCH(QString, names);
    const Outcome outcome = run(line.split(QLatin1Char(' ')));
    QCOMPARE(outcome.status, 2);
    QCOMPARE(outcome.out, QString());
    QVERIFY2(outcome.err.contains(names), qPrintable(outcome.err));
    QCOMPARE(outcome.err.count(QLatin1Char('\n')), 1);
    QVERIFY2(outcome.err.startsWith(QStringLiteral("tideline: ")), qPrintable(outcome.err));
}

void CommandLineTest::everyMistakeOfAFileIsSaid()
{
    for (const char* command : {"check", "run"}) {
        const Outcome outcome = run({QLatin1String(command), QStringLiteral("bad.tideline")});
        QCOMPARE(outcome.status, 2);
        QVERIFY2(outcome.err.contains(QStringLiteral("parsecs")) &&
                     outcome.err.contains(QStringLiteral("brokers")),
                 qPrintable(outcome.err));
        QCOMPARE(outcome.err.count(QLatin1Char('\n')), 2);
        QCOMPARE(outcome.out, QString());
    }
}

void CommandLineTest::checkIsSilentWhenAllIsWell()
{
    const Outcome outcome = run({QStringLiteral("check"), QStringLiteral("good.tideline")});
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.out, QString());
    QCOMPARE(outcome.status, 0);
}

void CommandLineTest::theHashIsTheSameTwice()
{
    const QStringList hash{QStringLiteral("run"), QStringLiteral("good.tideline"), QStringLiteral("--print"),
                           QStringLiteral("hash")};
    const Outcome one = run(hash);
    const Outcome other = run(hash);
    QCOMPARE(one.status, 0);
    QVERIFY2(QRegularExpression(QStringLiteral("^[0-9a-f]{16}\n$")).match(one.out).hasMatch(),
             qPrintable(one.out));
    QCOMPARE(one.err, QString());
    QCOMPARE(one.out, other.out);
}

void CommandLineTest::theSeedCounts()
{
    const QStringList hash{QStringLiteral("run"), QStringLiteral("good.tideline"), QStringLiteral("--print"),
                           QStringLiteral("hash")};
    const QString own = run(hash).out;
    QCOMPARE(run(hash + QStringList{QStringLiteral("--seed"), QStringLiteral("5")}).out, own);
    QVERIFY(run(hash + QStringList{QStringLiteral("--seed"), QStringLiteral("6")}).out != own);
}

void CommandLineTest::untilPastTheEndIsTheEnd()
{
    const QStringList hash{QStringLiteral("run"), QStringLiteral("good.tideline"), QStringLiteral("--print"),
                           QStringLiteral("hash")};
    const QString end = run(hash).out;
    QCOMPARE(run(hash + QStringList{QStringLiteral("--until"), QStringLiteral("90 d")}).out, end);
    QCOMPARE(run(hash + QStringList{QStringLiteral("--until"), QStringLiteral("20 s")}).out, end);
    QVERIFY(run(hash + QStringList{QStringLiteral("--until"), QStringLiteral("10 s")}).out != end);
}

void CommandLineTest::resultsGoToStandardOutput_data()
{
    QTest::addColumn<QStringList>("print");
    QTest::addColumn<QString>("holds");
    const QString print = QStringLiteral("--print");
    QTest::newRow("summary") << QStringList{} << "group billing: produced ";
    QTest::newRow("journal") << QStringList{print, QStringLiteral("journal")} << "BrokerUnfenced";
    QTest::newRow("state") << QStringList{print, QStringLiteral("state")} << "\n";
    QTest::newRow("metrics") << QStringList{print, QStringLiteral("metrics")} << "\n";
}

void CommandLineTest::resultsGoToStandardOutput()
{
    QFETCH(QStringList, print);
    QFETCH(QString, holds);
    const Outcome outcome = run(QStringList{QStringLiteral("run"), QStringLiteral("good.tideline")} + print);
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.err, QString());
    QVERIFY2(outcome.out.contains(holds), qPrintable(outcome.out.left(500)));
}

void CommandLineTest::shotsAreTheSameBytes_data()
{
    QTest::addColumn<QString>("view");
    QTest::addColumn<QString>("theme");
    for (const char* view : {"cluster", "groups", "time", "charts", "journal"})
        QTest::newRow(view) << QString::fromLatin1(view) << QStringLiteral("dark");
    QTest::newRow("light") << QStringLiteral("cluster") << QStringLiteral("light");
}

void CommandLineTest::shotsAreTheSameBytes()
{
    QFETCH(QString, view);
    QFETCH(QString, theme);
    QByteArray first;
    for (int time = 0; time < 2; ++time) {
        const Outcome outcome =
            run({QStringLiteral("shot"), QStringLiteral("good.tideline"), QStringLiteral("--view"), view,
                 QStringLiteral("--at"), QStringLiteral("12 s"), QStringLiteral("--size"),
                 QStringLiteral("900x600"), QStringLiteral("--theme"), theme, QStringLiteral("-o"),
                 QStringLiteral("shot.png")});
        QCOMPARE(outcome.err, QString());
        QCOMPARE(outcome.out, QString());
        QCOMPARE(outcome.status, 0);
        const QByteArray bytes = bytesOf(QStringLiteral("shot.png"));
        if (time == 0)
            first = bytes;
        QCOMPARE(bytes, first);
    }
    QCOMPARE(QImage::fromData(first, "PNG").size(), QSize(900, 600));
}

void CommandLineTest::reportsAreTheSameBytesAndStandAlone()
{
    QByteArray first;
    for (const char* name : {"one.html", "other.html"}) {
        const Outcome outcome = run({QStringLiteral("report"), QStringLiteral("good.tideline"),
                                     QStringLiteral("-o"), QLatin1String(name)});
        QCOMPARE(outcome.err, QString());
        QCOMPARE(outcome.status, 0);
        const QByteArray bytes = bytesOf(QLatin1String(name));
        QVERIFY(!bytes.isEmpty());
        if (first.isEmpty())
            first = bytes;
        QCOMPARE(bytes, first);
    }
    const QString page = QString::fromUtf8(first);
    QVERIFY(page.contains(QStringLiteral("<h1>Small</h1>")));
    QVERIFY(page.contains(QStringLiteral("src=\"data:image/png;base64,")));
    static const QRegularExpression elsewhere(QStringLiteral("(src|href) *= *+(?![\"']?data:)"));
    QVERIFY(elsewhere.match(QStringLiteral("<a href=\"x.css\">")).hasMatch());
    QVERIFY(!elsewhere.match(page).hasMatch());
    QVERIFY(!page.contains(QStringLiteral("url(")) && !page.contains(QStringLiteral("@import")));
    QVERIFY(!page.contains(dir_.path()));
    QVERIFY(!page.contains(QStringLiteral(TIDELINE_SOURCE_DIR)));
    QCOMPARE(page.count(QStringLiteral("<table")), page.count(QStringLiteral("<caption>")));
    QCOMPARE(page.count(QStringLiteral("<img ")),
             page.count(QStringLiteral("<img alt=\"")) - page.count(QStringLiteral("alt=\"\"")));
}

void CommandLineTest::aPartitionIsExported()
{
    const Outcome outcome =
        run({QStringLiteral("export-log"), QStringLiteral("good.tideline"), QStringLiteral("--partition"),
             QStringLiteral("orders-0"), QStringLiteral("--broker"), QStringLiteral("2"),
             QStringLiteral("-o"), QStringLiteral("orders-0")});
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.startsWith(QStringLiteral("orders-0 of broker 2: batches ")),
             qPrintable(outcome.out));
    const QStringList files = QDir(in(QStringLiteral("orders-0"))).entryList(QDir::Files);
    for (const char* name : {"00000000000000000000.log", "00000000000000000000.index",
                             "00000000000000000000.timeindex", "leader-epoch-checkpoint"})
        QVERIFY2(files.contains(QLatin1String(name)), name);
}

void CommandLineTest::theWindowNeedsADisplay()
{
    const Outcome outcome = run({QStringLiteral("good.tideline")});
    QCOMPARE(outcome.status, 2);
    QVERIFY2(outcome.err.contains(QStringLiteral("tideline shot")) &&
                 outcome.err.contains(QStringLiteral("tideline report")),
             qPrintable(outcome.err));
    QCOMPARE(outcome.err.count(QLatin1Char('\n')), 1);
    QCOMPARE(run({}).status, 2);
}

void CommandLineTest::helpIsAResult()
{
    for (const QStringList& line : {QStringList{QStringLiteral("--help")},
                                    QStringList{QStringLiteral("shot"), QStringLiteral("--help")},
                                    QStringList{QStringLiteral("--version")}}) {
        const Outcome outcome = run(line);
        QCOMPARE(outcome.status, 0);
        QVERIFY2(outcome.out.contains(QStringLiteral("ideline")), qPrintable(outcome.out));
        QCOMPARE(outcome.err, QString());
    }
}

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
