// SPDX-License-Identifier: GPL-3.0-or-later
// Flink 2.3.0's watermarks, held against flink/watermarks.jsonl: generators, idleness, valve, splits, whole
// source, alignment.
#include "engine/stream/flink/bounded_out_of_orderness.h"
#include "engine/stream/flink/idleness.h"
#include "engine/stream/flink/monotonous_timestamps.h"
#include "engine/stream/flink/no_watermarks.h"
#include "engine/stream/flink/source_output.h"
#include "engine/stream/flink/timestamps_and_watermarks.h"
#include "engine/stream/flink/watermark_alignment.h"
#include "engine/stream/flink/watermark_multiplexer.h"
#include "engine/stream/flink/watermark_valve.h"
#include "tests/conformance/flink_json.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <memory>

using namespace tideline;
using namespace tideline::flink;
using namespace tideline::vectors;

namespace {

// The generator that the recording wrote for itself: W = t for every even t, nothing periodic.
struct EvenPunctuated
{
    template <class Output>
    void onEvent(Millis timestamp, Output&& output)
    {
        if (timestamp % 2 == 0)
            output.emitWatermark(timestamp);
    }
    template <class Output>
    void onPeriodicEmit(Millis, Output&&)
    {}
};

Json signalsText(const Signals& emitted)
{
    Json result = Json::array();
    for (const StreamSignal& signal : emitted)
        result.push_back(signalText(signal));
    return result;
}

Json recordThen(const Json& timestamp, const Signals& emitted)
{
    Json result = Json::array({Json{"r", timestamp}});
    for (const Json& signal : signalsText(emitted))
        result.push_back(signal);
    return result;
}

class Replay
{
public:
    virtual ~Replay() = default;
    virtual Json step(const Json& entry) = 0;
};

template <class Generator>
class OperatorReplay : public Replay
{
public:
    OperatorReplay(Generator generator, const Json& config)
        : operator_(std::move(generator), config["interval"].get<Millis>(), config["clock"].get<Millis>())
    {}

    Json step(const Json& entry) override
    {
        Signals out;
        const std::string kind = entry[0];
        if (kind == "e") {
            operator_.processElement(millisOf(entry[1]), out);
            return recordThen(entry[1], out);
        }
        if (kind == "p")
            operator_.advanceProcessingTime(millisOf(entry[1]), out);
        else if (kind == "w")
            operator_.processWatermark(millisOf(entry[1]), out);
        else if (kind == "finish")
            operator_.finish(out);
        else if (kind != "s") // a status from upstream is discarded
            throw std::invalid_argument("unknown entry " + kind);
        return signalsText(out);
    }

private:
    TimestampsAndWatermarks<Generator> operator_;
};

template <class Generator>
class SourceReplay : public Replay
{
public:
    SourceReplay(Generator generator, const Json& config)
        : source_(std::move(generator), config["interval"].get<Millis>(), config["clock"].get<Millis>())
    {}

    Json step(const Json& entry) override
    {
        Signals out;
        const std::string kind = entry[0];
        if (kind == "p") {
            source_.advanceProcessingTime(millisOf(entry[1]), out);
            return signalsText(out);
        }
        std::optional<SplitId> id;
        if (!entry[1].is_null())
            id = splits_.idOf(entry[1]);
        if (kind == "e") {
            source_.onRecord(id, millisOf(entry[2]), out);
            return recordThen(entry[2], out);
        }
        if (kind == "idle")
            source_.markIdle(id, out);
        else if (kind == "split")
            source_.addSplit(*id);
        else if (kind == "release")
            source_.releaseSplit(*id);
        else if (kind == "pause")
            source_.pauseSplit(*id);
        else if (kind == "resume")
            source_.resumeSplit(*id);
        else
            throw std::invalid_argument("unknown entry " + kind);
        return signalsText(out);
    }

private:
    SourceOutput<Generator> source_;
    Names splits_;
};

class ValveReplay : public Replay
{
public:
    explicit ValveReplay(const Json& config)
        : valve_(config["channels"].get<std::size_t>())
    {}

    Json step(const Json& entry) override
    {
        Signals out;
        const auto channel = entry[1].get<std::size_t>();
        if (entry[0] == "w")
            valve_.inputWatermark(channel, millisOf(entry[2]), out);
        else if (entry[2] == "idle")
            valve_.inputIdle(channel, out);
        else
            valve_.inputActive(channel, out);
        return signalsText(out);
    }

private:
    WatermarkValve valve_;
};

class MultiplexerReplay : public Replay
{
public:
    Json step(const Json& entry) override
    {
        Signals out;
        BoundWatermarkOutput output{output_, out};
        if (entry[0] == "tick") {
            multiplexer_.merge(output);
            return signalsText(out);
        }
        const SplitId id = splits_.idOf(entry[1]);
        if (entry[0] == "reg" && !multiplexer_.registerOutput(id))
            return Json::array({Json{"x", "java.lang.IllegalStateException"}});
        if (entry[0] == "unreg")
            multiplexer_.unregisterOutput(id);
        if (entry[0] == "imm" || entry[0] == "def") {
            if (!multiplexer_.isRegistered(id))
                return Json::array({Json{"x", "java.lang.IllegalArgumentException"}});
            update(id, entry[0] == "imm", entry[2], output);
        }
        return signalsText(out);
    }

private:
    void update(SplitId id, bool immediate, const Json& what, BoundWatermarkOutput output)
    {
        const bool isStatus = what == "idle" || what == "active";
        if (isStatus && immediate)
            multiplexer_.setIdleImmediate(id, what == "idle", output);
        else if (isStatus)
            multiplexer_.setIdleDeferred(id, what == "idle");
        else if (immediate)
            multiplexer_.emitImmediate(id, millisOf(what), output);
        else
            multiplexer_.emitDeferred(id, millisOf(what));
    }

    WatermarkMultiplexer multiplexer_;
    WatermarkOutput output_;
    Names splits_;
};

class AlignmentReplay : public Replay
{
public:
    explicit AlignmentReplay(const Json& config)
        : alignment_(config["drift"].get<Millis>())
    {}

    Json step(const Json& entry) override
    {
        const std::uint32_t source = sources_.idOf(entry[1]);
        alignment_.report(source, entry[2].get<std::uint32_t>(), millisOf(entry[3]));
        return {millisText(alignment_.sourceWatermark(source)), millisText(alignment_.groupWatermark()),
                millisText(alignment_.maxAllowedWatermark())};
    }

private:
    WatermarkAlignment alignment_;
    Names sources_;
};

template <template <class> class ReplayOf, class Generator>
std::unique_ptr<Replay> withGenerator(Generator inner, const Json& config)
{
    std::optional<Millis> idle;
    if (!config["idle"].is_null())
        idle = config["idle"].get<Millis>();
    return std::make_unique<ReplayOf<WithIdleness<Generator>>>(WithIdleness<Generator>(inner, idle), config);
}

template <template <class> class ReplayOf>
std::unique_ptr<Replay> generating(const Json& config)
{
    const std::string generator = config["generator"];
    if (generator == "bounded")
        return withGenerator<ReplayOf>(BoundedOutOfOrderness(config["B"].get<Millis>()), config);
    if (generator == "monotonous")
        return withGenerator<ReplayOf>(MonotonousTimestamps(), config);
    if (generator == "punctuated")
        return withGenerator<ReplayOf>(EvenPunctuated(), config);
    return withGenerator<ReplayOf>(NoWatermarks(), config);
}

std::unique_ptr<Replay> replayOf(const Json& config)
{
    const std::string kind = config["kind"];
    if (kind == "operator")
        return generating<OperatorReplay>(config);
    if (kind == "source")
        return generating<SourceReplay>(config);
    if (kind == "valve")
        return std::make_unique<ValveReplay>(config);
    if (kind == "multiplexer")
        return std::make_unique<MultiplexerReplay>();
    if (kind == "alignment")
        return std::make_unique<AlignmentReplay>(config);
    throw std::invalid_argument("unknown kind " + kind);
}

// Of an exception only class and moment are compared.
Json withoutMessages(Json step)
{
    for (Json& output : step)
        if (output.is_array() && output[0] == "x")
            output.erase(2);
    return step;
}

std::optional<Mismatch> replayCase(const VectorCase& testCase)
{
    const std::unique_ptr<Replay> replay = replayOf(testCase.config);
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const Json actual = replay->step(testCase.input[i]);
        const Json expected = withoutMessages(testCase.expect["steps"][i]);
        if (const auto mismatch = compare(static_cast<std::ptrdiff_t>(i), expected, actual))
            return mismatch;
    }
    return std::nullopt;
}

} // namespace

class FlinkWatermarks : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayCase); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{"flink/watermarks.jsonl", "Apache Flink 2.3.0", 979, {}, nullptr}};
};

QTEST_APPLESS_MAIN(FlinkWatermarks)
#include "flink_watermarks.moc"
