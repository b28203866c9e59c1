// SPDX-License-Identifier: GPL-3.0-or-later
// The two real logs through the whole lab: producer, a topic of one partition, pipeline with a watermark
// after every record, end of input. The windows and the drops must be what Flink itself recorded for them
// (tests/vectors/flink/logs.jsonl).
#include "engine/lab/engine.h"
#include "model/log_tape.h"

#include <QFile>
#include <QTest>

#include <nlohmann/json.hpp>

#include <map>

using namespace tideline;

class LogPipelineTest : public QObject
{
    Q_OBJECT

private slots:
    void sameWindowsAsFlink_data();
    void sameWindowsAsFlink();
};

namespace {

std::string sourcePath(const std::string& path)
{
    return std::string(TIDELINE_SOURCE_DIR) + "/" + path;
}

Scenario scenarioOf(const nlohmann::json& config, const std::string& path)
{
    const bool quakes = config["log"] == "earthquakes.csv";
    Scenario scenario;
    scenario.duration = 400 * kMicrosPerSecond;
    scenario.topics.push_back({"log", 1, 3, 1});
    ProducerSpec producer;
    producer.name = "replay";
    producer.topic = "log";
    producer.log = LogSourceSpec{};
    producer.log->path = path;
    producer.log->timeColumn = config["time"];
    producer.log->arrivalColumn = quakes ? "reported_at" : "seen_at";
    producer.log->keyColumn = config["key"];
    producer.log->pace = quakes ? 20'000 : 100'000;
    scenario.producers.push_back(producer);
    PipelineSpec pipeline;
    pipeline.name = "count";
    pipeline.from = "log";
    pipeline.watermark.boundedOutOfOrderness = config["bound_ms"];
    pipeline.watermark.afterEveryRecord = true;
    pipeline.window = config["window"] == "tumbling" ? WindowKind::Tumbling : WindowKind::Sliding;
    pipeline.size = config["size_ms"];
    pipeline.slide = config["window"] == "tumbling" ? pipeline.size : config["slide_ms"].get<Millis>();
    pipeline.allowedLateness = config["lateness_ms"];
    scenario.pipelines.push_back(pipeline);
    return scenario;
}

} // namespace

void LogPipelineTest::sameWindowsAsFlink_data()
{
    QTest::addColumn<QByteArray>("line");
    QFile file(QString::fromStdString(sourcePath("tests/vectors/flink/logs.jsonl")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    file.readLine();
    int rows = 0;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine();
        const auto read = nlohmann::json::parse(line.toStdString());
        if (read["config"]["window"] == "session")
            continue; // sessions are no window of a pipeline yet
        QTest::newRow(read["id"].get<std::string>().c_str()) << line;
        ++rows;
    }
    QVERIFY(rows >= 2);
}

void LogPipelineTest::sameWindowsAsFlink()
{
    QFETCH(QByteArray, line);
    const auto read = nlohmann::json::parse(line.toStdString());
    const std::string path = sourcePath("resources/logs/" + read["config"]["log"].get<std::string>());
    const Scenario scenario = scenarioOf(read["config"], path);
    const LogSourceSpec& log = *scenario.producers[0].log;
    const auto opened =
        model::LogTape::open({path, log.timeColumn, log.arrivalColumn, log.keyColumn, false}, {});
    QVERIFY2(opened.ok(), opened.ok() ? "" : opened.error().sentence.c_str());
    Engine engine(scenario, {opened.value().tape});
    engine.advanceTo(scenario.duration);
    ViewRequest request;
    request.view = View::Time;
    const Frame frame = engine.frame(request);
    QVERIFY(frame.time->ended);
    QCOMPARE(frame.time->dropped, read["expect"]["late_dropped"].get<std::int64_t>());
    std::map<std::pair<Millis, Millis>, std::int64_t> expected;
    for (const auto& pane : read["expect"]["panes"])
        expected[{pane[1].get<Millis>(), pane[2].get<Millis>()}] += pane[3].get<std::int64_t>();
    std::map<std::pair<Millis, Millis>, std::int64_t> fired;
    for (const TimeFrame::Window& window : frame.time->windows) {
        if (window.firings > 0)
            fired[{window.start, window.end}] = window.firstCount;
    }
    QCOMPARE(frame.time->windowsBefore, std::int64_t{0});
    QVERIFY(fired == expected);
}

QTEST_GUILESS_MAIN(LogPipelineTest)
#include "log_pipeline_test.moc"
