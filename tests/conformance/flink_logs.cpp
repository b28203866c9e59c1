// SPDX-License-Identifier: GPL-3.0-or-later
// Whole event logs through one source, a keyed window and the end of input, held against flink/logs.jsonl.
//
// This is the running pipeline's path: PartitionWatermarks after every record, KeyTable,
// AggregatingWindowOperator.
#include "engine/stream/flink/aggregating_window_operator.h"
#include "engine/stream/flink/partition_watermarks.h"
#include "engine/stream/key_table.h"
#include "tests/conformance/vector_file.h"

#include <QDateTime>
#include <QFile>
#include <QTimeZone>
#include <QtTest>

#include <algorithm>

using namespace tideline;
using namespace tideline::flink;
using namespace tideline::vectors;

namespace {

// The one place that says what is not built.
std::string notBuiltYet(const VectorCase& testCase)
{
    return testCase.config["window"] == "session" ? "session windows" : "";
}

QStringList fieldsOfLine(const QString& line)
{
    QStringList fields{QString()};
    bool quoted = false;
    for (const QChar c : line) {
        if (c == u'"')
            quoted = !quoted;
        else if (c == u',' && !quoted)
            fields.append(QString());
        else
            fields.last().append(c);
    }
    return fields;
}

Millis timeOf(const QString& text)
{
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    time.setTimeZone(QTimeZone::utc());
    return time.toMSecsSinceEpoch();
}

struct Row
{
    Millis time;
    std::string key;
};

std::vector<Row> readLog(const VectorCase& testCase)
{
    const auto text = [&](const char* name) {
        return QString::fromStdString(testCase.config[name].get<std::string>());
    };
    QFile file(QStringLiteral(TIDELINE_SOURCE_DIR "/resources/logs/") + text("log"));
    std::vector<Row> rows;
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return rows;
    QTextStream lines(&file);
    const QStringList names = fieldsOfLine(lines.readLine());
    const qsizetype time = names.indexOf(text("time"));
    const qsizetype key = names.indexOf(text("key"));
    while (!lines.atEnd()) {
        const QStringList fields = fieldsOfLine(lines.readLine());
        rows.push_back({timeOf(fields[time]), fields[key].toStdString()});
    }
    return rows;
}

WindowSpec specOf(const Json& config)
{
    const auto size = config["size_ms"].get<Millis>();
    const auto lateness = config["lateness_ms"].get<Millis>();
    if (config["window"] == "sliding")
        return WindowSpec::sliding(size, config["slide_ms"].get<Millis>(), lateness);
    return WindowSpec::tumbling(size, lateness);
}

Json sortedAsText(Json panes)
{
    std::sort(panes.begin(), panes.end(), [](const Json& a, const Json& b) { return a.dump() < b.dump(); });
    return panes;
}

std::optional<Mismatch> replayCase(const VectorCase& testCase)
{
    PartitionWatermarkSpec watermarkSpec;
    watermarkSpec.outOfOrderness = testCase.config["bound_ms"].get<Millis>();
    watermarkSpec.afterEveryRecord = true;
    PartitionWatermarks watermarks(watermarkSpec, 1, 0);
    AggregatingWindowOperator windows(specOf(testCase.config));
    KeyTable keys;
    Panes fired;
    Signals emitted;
    const auto forward = [&] {
        for (const StreamSignal& signal : emitted)
            windows.advanceWatermark(signal.watermark, fired);
        emitted.clear();
    };
    for (const Row& row : readLog(testCase)) {
        windows.add(keys.intern(row.key), row.time, 1, fired);
        watermarks.onRecord(0, row.time, emitted);
        forward();
    }
    watermarks.endOfInput(emitted);
    forward();
    if (const std::optional<Error> error = windows.audit())
        return Mismatch{-1, error->sentence};

    Json panes = Json::array();
    for (const Pane& pane : fired)
        panes.push_back(
            {std::string(keys.bytes(pane.key)), pane.window.start, pane.window.end, pane.aggregate.count});
    const Json actual{{"records", windows.counters().records},
                      {"late_dropped", windows.counters().numLateRecordsDropped},
                      {"panes", sortedAsText(panes)}};
    Json expected = testCase.expect;
    expected["panes"] = sortedAsText(expected["panes"]);
    return compare(-1, expected, actual);
}

} // namespace

class FlinkLogs : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayCase); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{"flink/logs.jsonl", "Apache Flink 2.3.0", 3, {}, notBuiltYet}};
};

QTEST_APPLESS_MAIN(FlinkLogs)
#include "flink_logs.moc"
