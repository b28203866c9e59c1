// SPDX-License-Identifier: GPL-3.0-or-later
// Scenario files in and out: bad ones change nothing, saved ones come back with what was done.
#include "model/document.h"
#include "model/document_recovery.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace tideline;
using model::LabRead;
using model::OpenedLab;

namespace {

const std::string kText = R"({ "tideline": 1, "title": "Two", "seed": 3, "duration": "30 s",
  "cluster": { "brokers": 3 },
  "topics": [ { "name": "orders", "partitions": 2, "replication-factor": 3 } ],
  "script": [ { "at": "10 s", "kill": { "broker": 2 } } ] })";

std::string problemsOf(const LabRead& read)
{
    const ScenarioProblems* problems = std::get_if<ScenarioProblems>(&read);
    std::string all;
    if (problems)
        for (const std::string& sentence : problems->sentences)
            all += sentence + "\n";
    return all;
}

} // namespace

class DocumentTest : public QObject
{
    Q_OBJECT
private slots:
    void whatIsSavedComesBack();
    void aMovedScenarioFindsItsLog();
    void aMissingFileIsASentence();
    void aLogIsReadWithItsScenario();
    void aBrokenLogIsASentence();
    void filesThatCannotBeWrittenAreSentences();
    void aFailedSaveKeepsTheOldFile();
    void aFullDiskKeepsTheOldFile();
    void unsavedActsSurvive();
    void rubbishIsNotRecovered();

private:
    std::string in(const char* name) const { return dir_.filePath(QLatin1String(name)).toStdString(); }
    void write(const char* name, const QByteArray& bytes) const
    {
        QFile file(dir_.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QTemporaryDir dir_;
};

void DocumentTest::whatIsSavedComesBack()
{
    const std::vector<TimedCommand> script{
        {4'000'001, KillBroker{1}}, {10'000'000, KillBroker{2}}, {12'345'678, StartBroker{1}}};
    QVERIFY(!model::saveLab(in("saved.tideline"), kText, script));
    const LabRead read = model::openLab(in("saved.tideline"), {});
    QCOMPARE(problemsOf(read), std::string());
    const OpenedLab& lab = std::get<OpenedLab>(read);
    QVERIFY(lab.scenario.script == script);
    QCOMPARE(lab.scenario.title, std::string("Two"));
    QCOMPARE(lab.scenario.seed, std::uint64_t{3});
    QVERIFY(lab.tapes.empty());
}

void DocumentTest::aMovedScenarioFindsItsLog()
{
    write("own.csv", "at,key\n2018-01-01T00:00:00Z,a\n");
    const std::string text =
        R"({"tideline": 1, "topics": [{"name": "t"}], "producers": [{"name": "p", "topic": "t",
        "source": {"log": "own.csv", "time": "at"}}]})";
    QVERIFY(QDir(dir_.path()).mkpath(QStringLiteral("elsewhere")));
    QVERIFY(!model::saveLab(in("elsewhere/moved.tideline"), text, {}, in("here.tideline")));
    QCOMPARE(problemsOf(model::openLab(in("elsewhere/moved.tideline"), {})), std::string());
    // In its own folder the name stays as it was written.
    QVERIFY(!model::saveLab(in("same.tideline"), text, {}, in("here.tideline")));
    QFile same(dir_.filePath(QStringLiteral("same.tideline")));
    QVERIFY(same.open(QIODevice::ReadOnly));
    QVERIFY(same.readAll().contains("\"own.csv\""));
}

void DocumentTest::aMissingFileIsASentence()
{
    const std::string problems = problemsOf(model::openLab(in("nothing.tideline"), {}));
    QVERIFY2(problems.find("nothing.tideline") != std::string::npos, problems.c_str());
    QVERIFY2(problemsOf(model::openLab(dir_.path().toStdString(), {})).find("regular file") !=
                 std::string::npos,
             "a folder");
}

void DocumentTest::aLogIsReadWithItsScenario()
{
    write("events.csv", "when,who\n2020-01-01T00:00:00Z,a\n2020-01-01T00:00:05Z,b\nrubbish,c\n");
    const std::string text = R"({ "tideline": 1, "topics": [ { "name": "t" } ],
      "producers": [ { "name": "p", "topic": "t", "source":
        { "log": "events.csv", "time": "when", "arrival": "when", "key": "who", "on-error": "skip" } } ] })";
    const LabRead read = model::openLabText(text, dir_.path().toStdString(), {});
    QCOMPARE(problemsOf(read), std::string());
    const OpenedLab& lab = std::get<OpenedLab>(read);
    QCOMPARE(lab.tapes.size(), std::size_t{1});
    QCOMPARE(lab.tapes[0]->rows(), std::int64_t{2});
    QCOMPARE(lab.tapes[0]->row(1).key, std::string_view("b"));
    QCOMPARE(lab.notes.size(), std::size_t{1});
    QVERIFY2(lab.notes[0].find("skipped: 1") != std::string::npos, lab.notes[0].c_str());
}

void DocumentTest::aBrokenLogIsASentence()
{
    write("broken.csv", "when,who\nrubbish,a\n");
    const std::string text = R"({ "tideline": 1, "topics": [ { "name": "t" } ],
      "producers": [ { "name": "p", "topic": "t", "source": { "log": "broken.csv", "time": "when", "arrival": "when" } } ] })";
    const std::string problems = problemsOf(model::openLabText(text, dir_.path().toStdString(), {}));
    QVERIFY2(problems.find("producers[0] \"p\"") != std::string::npos, problems.c_str());
    QVERIFY2(problems.find("broken.csv") != std::string::npos, problems.c_str());
}

void DocumentTest::filesThatCannotBeWrittenAreSentences()
{
    const std::optional<Error> folder = model::writeFile(dir_.path().toStdString(), "x", "the report");
    QVERIFY(folder);
    QVERIFY2(folder->sentence.find("folder") != std::string::npos, folder->sentence.c_str());
    const std::optional<Error> nowhere = model::writeFile(in("no/such/folder/x.html"), "x", "the report");
    QVERIFY(nowhere);
    QVERIFY2(nowhere->sentence.find("the report cannot be written") != std::string::npos,
             nowhere->sentence.c_str());
}

void DocumentTest::aFailedSaveKeepsTheOldFile()
{
    write("old.tideline", "old");
    QVERIFY(model::saveLab(in("old.tideline"), "no json", {}));
    QFile file(dir_.filePath(QStringLiteral("old.tideline")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("old"));
}

// A disk takes what it has room for, and no more of it.
void DocumentTest::aFullDiskKeepsTheOldFile()
{
    write("full.html", "old");
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{8192, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const std::optional<Error> failed =
        model::writeFile(in("full.html"), std::string(100'000, 'x'), "the report");
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    QVERIFY(failed);
    QVERIFY(QString::fromStdString(failed->sentence).contains("no room for all of it"));
    QFile file(dir_.filePath("full.html"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("old"));
}

void DocumentTest::unsavedActsSurvive()
{
    const model::DocumentRecovery recovery(in("deep/er/unsaved.json"));
    QVERIFY(!recovery.found());
    QVERIFY(!recovery.keep({"/a/b.tideline", kText}));
    const std::optional<model::UnsavedDocument> found = recovery.found();
    QVERIFY(found);
    QCOMPARE(found->path, std::string("/a/b.tideline"));
    QCOMPARE(found->text, kText);
    recovery.forget();
    QVERIFY(!recovery.found());
}

void DocumentTest::rubbishIsNotRecovered()
{
    write("rubbish.json", "{ \"path\": 5, \"text\": ");
    QVERIFY(!model::DocumentRecovery(in("rubbish.json")).found());
    write("rubbish.json", "[]");
    QVERIFY(!model::DocumentRecovery(in("rubbish.json")).found());
}

QTEST_GUILESS_MAIN(DocumentTest)
#include "document_test.moc"
