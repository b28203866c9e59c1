// SPDX-License-Identifier: GPL-3.0-or-later
// Flink 2.3.0's window operator, held against flink/windows.jsonl: every assigner, trigger and evictor.
#include "engine/stream/flink/continuous_event_time_trigger.h"
#include "engine/stream/flink/continuous_processing_time_trigger.h"
#include "engine/stream/flink/count_evictor.h"
#include "engine/stream/flink/count_trigger.h"
#include "engine/stream/flink/delta_evictor.h"
#include "engine/stream/flink/delta_trigger.h"
#include "engine/stream/flink/end_of_stream_trigger.h"
#include "engine/stream/flink/event_time_trigger.h"
#include "engine/stream/flink/processing_time_trigger.h"
#include "engine/stream/flink/processing_timeout_trigger.h"
#include "engine/stream/flink/purging_trigger.h"
#include "engine/stream/flink/time_evictor.h"
#include "engine/stream/flink/window_operator.h"
#include "tests/conformance/flink_json.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::flink;
using namespace tideline::vectors;

namespace {

// The one place that says what is not built.
std::string notBuiltYet(const VectorCase& testCase)
{
    const std::string type = testCase.config["assigner"]["type"];
    return type == "session" || type == "dynSession" ? "session windows" : "";
}

WindowAssigner assignerOf(const Json& config)
{
    WindowAssigner assigner;
    const std::string type = config["type"];
    if (type == "sliding")
        assigner.kind = WindowAssigner::Kind::Sliding;
    else if (type != "tumbling")
        assigner.kind = WindowAssigner::Kind::Global;
    if (config.value("domain", "event") == "processing")
        assigner.domain = WindowAssigner::Domain::ProcessingTime;
    assigner.size = config.value("size", Millis{1});
    assigner.slide = config.value("slide", Millis{1});
    assigner.offset = config.value("offset", Millis{0});
    return assigner;
}

TriggerPtr triggerOf(const Json& config)
{
    const std::string type = config["type"];
    if (type == "eventTime")
        return std::make_shared<EventTimeTrigger>();
    if (type == "processingTime")
        return std::make_shared<ProcessingTimeTrigger>();
    if (type == "count")
        return std::make_shared<CountTrigger>(config["n"].get<std::int64_t>());
    if (type == "continuousEventTime")
        return std::make_shared<ContinuousEventTimeTrigger>(config["interval"].get<Millis>());
    if (type == "continuousProcessingTime")
        return std::make_shared<ContinuousProcessingTimeTrigger>(config["interval"].get<Millis>());
    if (type == "delta")
        return std::make_shared<DeltaTrigger>(config["threshold"].get<std::int64_t>());
    if (type == "purging")
        return std::make_shared<PurgingTrigger>(triggerOf(config["inner"]));
    if (type == "timeout")
        return std::make_shared<ProcessingTimeoutTrigger>(
            triggerOf(config["inner"]), config["timeout"].get<Millis>(), config["reset"].get<bool>(),
            config["clear"].get<bool>());
    throw std::invalid_argument("unknown trigger " + type);
}

EvictorPtr evictorOf(const Json& config)
{
    const bool after = config["after"];
    const std::string type = config["type"];
    if (type == "count")
        return std::make_shared<CountEvictor>(config["n"].get<std::size_t>(), after);
    if (type == "time")
        return std::make_shared<TimeEvictor>(config["ms"].get<Millis>(), after);
    if (type == "delta")
        return std::make_shared<DeltaEvictor>(config["threshold"].get<std::int64_t>(), after);
    throw std::invalid_argument("unknown evictor " + type);
}

WindowOperatorConfig configOf(const Json& config)
{
    WindowOperatorConfig result;
    result.assigner = assignerOf(config["assigner"]);
    if (config["assigner"]["type"] == "globalEnd")
        result.trigger = std::make_shared<EndOfStreamTrigger>();
    if (!config["trigger"].is_null())
        result.trigger = triggerOf(config["trigger"]);
    if (!config["evictor"].is_null())
        result.evictor = evictorOf(config["evictor"]);
    result.allowedLateness = config["lateness"].get<Millis>();
    result.lateSideOutput = config["side"];
    return result;
}

// One operator under replay, with the names of its keys.
class Replay
{
public:
    explicit Replay(const Json& config)
        : operator_(configOf(config))
    {}

    Json step(const Json& entry)
    {
        out_.clear();
        Json outputs = Json::array();
        if (const std::optional<Error> error = feed(entry)) {
            outputs.push_back({"x", "java.lang.RuntimeException"});
            return {outputs, 0, -1, -1, -1};
        }
        for (const WindowOutput& output : out_)
            outputs.push_back(std::visit([this](const auto& value) { return text(value); }, output));
        return {outputs, operator_.numLateRecordsDropped(), operator_.stateEntries(), operator_.eventTimers(),
                operator_.processingTimers()};
    }

private:
    std::optional<Error> feed(const Json& entry)
    {
        const std::string kind = entry[0];
        if (kind == "e")
            return operator_.processElement(element(entry), out_);
        if (kind == "w")
            operator_.processWatermark(millisOf(entry[1]), out_);
        else if (kind == "p")
            operator_.advanceProcessingTime(millisOf(entry[1]), out_);
        else if (kind == "idle")
            out_.emplace_back(StreamSignal::idle()); // a status passes the operator by
        else if (kind == "active")
            out_.emplace_back(StreamSignal::active());
        else
            throw std::invalid_argument("unknown entry " + kind);
        return std::nullopt;
    }

    Element element(const Json& entry)
    {
        Element result{keys_.idOf(entry[1]), std::nullopt, entry[3].get<std::int64_t>()};
        if (!entry[2].is_null())
            result.timestamp = millisOf(entry[2]);
        return result;
    }

    Json text(const WindowResult& result) const
    {
        const bool global = result.window.isGlobal();
        return {"r",
                keys_.names[result.key],
                global ? Json() : millisText(result.window.start),
                global ? Json() : millisText(result.window.end),
                result.values,
                millisText(result.watermark),
                millisText(result.timestamp)};
    }
    Json text(const LateElement& late) const
    {
        const Element& element = late.element;
        return {"l", keys_.names[element.key], element.timestamp ? millisText(*element.timestamp) : Json(),
                element.value};
    }
    Json text(const StreamSignal& signal) const { return signalText(signal); }

    WindowOperator operator_;
    Names keys_;
    std::vector<WindowOutput> out_;
};

// Of an exception only class and moment are compared.
Json withoutMessages(Json step)
{
    for (Json& output : step[0])
        if (output[0] == "x")
            output.erase(2);
    return step;
}

std::optional<Mismatch> replayCase(const VectorCase& testCase)
{
    Replay replay(testCase.config);
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const Json actual = replay.step(testCase.input[i]);
        const Json expected = withoutMessages(testCase.expect["steps"][i]);
        if (const auto mismatch = compare(static_cast<std::ptrdiff_t>(i), expected, actual))
            return mismatch;
    }
    return std::nullopt;
}

} // namespace

class FlinkWindows : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayCase); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{"flink/windows.jsonl", "Apache Flink 2.3.0", 1226, {}, notBuiltYet}};
};

QTEST_APPLESS_MAIN(FlinkWindows)
#include "flink_windows.moc"
