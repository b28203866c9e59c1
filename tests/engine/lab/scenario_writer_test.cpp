// SPDX-License-Identifier: GPL-3.0-or-later
// Saving: what a person did comes back from the file that was written, and the rest of the file stays.
#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader.h"
#include "engine/lab/scenario_writer.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

#include <QDir>

#include <set>
#include <utility>
#include <vector>

using namespace tideline;

namespace {

const std::string kSource = TIDELINE_SOURCE_DIR;

constexpr std::string_view kScenario =
    R"({"tideline": 1, "title": "\u00dcber Orders", "seed": 18446744073709551615,
    "duration": "10 min", "topics": [{"name": "orders"}], "cluster": {"config": {"broker.rack": "east"}},
    "producers": [{"name": "sensors", "topic": "orders", "source": {"delay": {"lognormal": ["800 ms", 1.10]}}}],
    "script": [{"at": "1 s", "kill": {"broker": 1}}], "groups": [{"name": "billing", "topics": ["orders"]}]})";

void add(std::vector<TimedCommand>& list, Micros at, Command command)
{
    list.push_back({at, std::move(command)});
}

// Call by call: one initializer of all takes the compiler gigabytes.
std::vector<TimedCommand> everyCommand()
{
    std::vector<TimedCommand> list;
    add(list, 0, KillBroker{1});
    add(list, 1, StartBroker{2});
    add(list, 999, PauseBroker{3});
    add(list, 1'000, ResumeBroker{1});
    add(list, 1'500'000, CutLink{"broker 1", "controller 1"});
    add(list, 2'000'000, HealLink{"sensors", "broker 3"});
    add(list, 41'000'000, SlowFollower{2, 200'000});
    add(list, 41'000'000, SlowFollower{2, 0});
    add(list, 59'999'999, PauseConsumer{"billing-1"});
    add(list, 60'000'000, ResumeConsumer{"billing-1"});
    add(list, 61'000'000, CrashConsumer{"billing-1"});
    add(list, 62'000'001, StartConsumer{"billing-1"});
    add(list, 120'000'000, StopConsumer{"billing-1"});
    add(list, 500'000'000, AddConsumer{"billing"});
    add(list, 600'000'000, ChangeRate{"sensors", 500});
    add(list, 600'000'000, StopBroker{2});
    add(list, 600'000'000, ElectLeader{"orders", 0, false});
    add(list, 600'000'000, ReassignPartition{"orders", 0, {3, 2}});
    add(list, 600'000'000, ReassignPartition{"orders", 0, {}});
    add(list, 600'000'000, KillController{1});
    add(list, 600'000'000, StartController{1});
    add(list, 600'000'000, AlterTopicConfig{"orders", "min.insync.replicas", "2"});
    add(list, 600'000'000, AlterBrokerConfig{2, "leader.replication.throttled.rate", "1000"});
    add(list, 600'000'000, AlterBrokerConfig{kNone, "min.insync.replicas", "2"});
    add(list, 600'000'000, CreateTopic{"clicks", 3, 2, {}, {}});
    add(list, 600'000'000,
        CreateTopic{"views",
                    -1,
                    -1,
                    {{1, 2}, {2, 3}},
                    {{"min.insync.replicas", "2"},
                     {"unclean.leader.election.enable", "true"},
                     {"compression.type", "zstd"},
                     {"min.cleanable.dirty.ratio", "0.25"}}});
    add(list, 600'000'000, CreatePartitions{"clicks", 5, {{1, 2}, {2, 1}}});
    add(list, 600'000'000, CreatePartitions{"views", 4, {}});
    add(list, 600'000'000, DeleteTopic{"views"});
    add(list, 600'000'000, RollingRestart{{2, 3, 1}});
    add(list, 600'000'000, CancelRollingRestart{});
    add(list, 600'000'000, CutLink{"broker 1", std::vector<std::string>{"broker 2", "sensors"}});
    add(list, 600'000'000, HealLink{"broker 1", "broker 2", true});
    add(list, 600'000'000,
        ChangeLink{std::vector<std::string>{"broker 1", "broker 2"}, "broker 3", 200'000, 0});
    add(list, 600'000'000, ChangeLink{"broker 1", "broker 3", 1, 1'000'001});
    add(list, 600'000'000, ResetLink{"broker 1", "broker 3"});
    add(list, 600'000'000, SkewClock{"sensors", -300'000'000});
    add(list, 600'000'000, AimFault{"ReplicaFetch", "broker 2", "broker 1", 3, 0});
    add(list, 600'000'000, AimFault{"ProduceResponse", "broker 2", "sensors", 1, 2'000'000});
    add(list, 600'000'000, CancelAim{"ProduceResponse", "broker 2", "sensors"});
    add(list, 600'000'000, DeleteRecords{"orders", 0, -1});
    add(list, 600'000'000, KillRack{"east"});
    add(list, 600'000'000, PowerLoss{1});
    add(list, 600'000'000, SlowDisk{2, 10'000});
    add(list, 600'000'000, FillDisk{3});
    add(list, 600'000'000, FailDisk{1});
    add(list, 600'000'000, RepairDisk{2});
    add(list, 600'000'000, StopController{1});
    add(list, 600'000'000, PauseController{1});
    add(list, 600'000'000, ResumeController{1});
    return list;
}

std::vector<TimedCommand> scriptOf(const std::string& text)
{
    const ScenarioRead read = readScenario(text, {"", {kSource + "/resources/logs"}});
    if (const auto* problems = std::get_if<ScenarioProblems>(&read))
        qFatal("%s", problems->sentences.front().c_str());
    return std::get<Scenario>(read).script;
}

} // namespace

class ScenarioWriterTest : public QObject
{
    Q_OBJECT

private slots:
    void everyCommandComesBack()
    {
        const std::vector<TimedCommand> commands = everyCommand();
        const Result<std::string> written = writeScenario(kScenario, commands);
        QVERIFY(written.ok());
        QVERIFY(scriptOf(written.value()) == commands);
        std::set<std::size_t> kinds;
        for (const TimedCommand& command : commands)
            kinds.insert(command.command.index());
        QCOMPARE(kinds.size(), std::variant_size_v<Command>);
    }

    void theRestStays()
    {
        const Result<std::string> written = writeScenario(kScenario, {});
        QVERIFY(written.ok());
        auto before = nlohmann::ordered_json::parse(kScenario);
        auto after = nlohmann::ordered_json::parse(written.value());
        QVERIFY(after["script"].empty());
        before.erase("script");
        after.erase("script");
        QVERIFY(before == after);
        QVERIFY(written.value().find("1.10") != std::string::npos); // numbers as they were written
    }

    void shippedComeBack()
    {
        QDir folder(QString::fromStdString(kSource + "/resources/scenarios"));
        for (const QString& name : folder.entryList({"*.tideline"}, QDir::Files)) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const std::string text = file.readAll().toStdString();
            const std::vector<TimedCommand> script = scriptOf(text);
            const Result<std::string> written = writeScenario(text, script);
            QVERIFY2(written.ok() && scriptOf(written.value()) == script, qPrintable(name));
            QCOMPARE(writeScenario(written.value(), script).value(), written.value());
        }
    }

    void layout()
    {
        QCOMPARE(
            writeScenario(R"({"tideline":1,"topics":[{"name":"orders"}]})", {{41'000'000, KillBroker{2}}})
                .value(),
            std::string("{\n  \"tideline\": 1,\n  \"topics\": [{ \"name\": \"orders\" }],\n"
                        "  \"script\": [{ \"at\": \"41 s\", \"kill\": { \"broker\": 2 } }]\n}\n"));
    }

    void noScenario()
    {
        QCOMPARE(
            writeScenario("[1]", {}).error().sentence,
            std::string(
                "scenario: (a list) is not an object, as a scenario must be; open a scenario before saving"));
        QVERIFY(!writeScenario("{", {}).ok());
    }

    void durations_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("micros");
        QTest::newRow("s") << "41 s" << qint64{41'000'000};
        QTest::newRow("min") << "10 min" << qint64{600'000'000};
        QTest::newRow("ms") << "500 ms" << qint64{500'000};
        QTest::newRow("h") << "1 h" << qint64{3'600'000'000};
        QTest::newRow("d") << "2 d" << qint64{172'800'000'000};
        QTest::newRow("us") << "200 us" << qint64{200};
        QTest::newRow("zero") << "0 s" << qint64{0};
        QTest::newRow("negative") << "-2 s" << qint64{-2'000'000};
        QTest::newRow("no coarser unit") << "90 s" << qint64{90'000'000};
        QTest::newRow("odd microseconds") << "62000001 us" << qint64{62'000'001};
    }
    void durations()
    {
        QFETCH(QString, text);
        QFETCH(qint64, micros);
        QCOMPARE(parseDuration(text.toStdString()).value(), Micros{micros});
        QCOMPARE(QString::fromStdString(formatDuration(micros)), text);
    }

    void otherSpellings()
    {
        QCOMPARE(parseDuration("1.5 s").value(), Micros{1'500'000});
        QCOMPARE(parseDuration("41s").value(), Micros{41'000'000});
        QCOMPARE(parseDuration("3 \xc2\xb5s").value(), Micros{3});
        QCOMPARE(parseDuration("0.000001 s").value(), Micros{1});
        QVERIFY(!parseDuration("0.0000001 s").ok());
        QVERIFY(!parseDuration("999999999999999999 d").ok());
        QVERIFY(!parseDuration("1e3 s").ok());
        QVERIFY(!parseDuration("").ok());
        QVERIFY(!parseDuration("-").ok());
        QVERIFY(!parseDuration("1 S").ok());
        QCOMPARE(parseBandwidth("1 Gbit/s").value(), std::int64_t{125'000'000});
        QCOMPARE(parseBandwidth("0.5 kB/s").value(), std::int64_t{500});
        QCOMPARE(parseRate("0/s").value(), std::int64_t{0});
        for (const std::int64_t bandwidth : {1LL, 1'500LL, 2'000LL, 125'000'000LL, 3'000'000'000LL})
            QCOMPARE(parseBandwidth(formatBandwidth(bandwidth)).value(), bandwidth);
        QCOMPARE(formatBandwidth(125'000'000), std::string("125 MB/s"));
    }
};

QTEST_APPLESS_MAIN(ScenarioWriterTest)
#include "scenario_writer_test.moc"
