// SPDX-License-Identifier: GPL-3.0-or-later
// "pipelines": a topic read by a stream processor, its watermark, windows and aggregate.
#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_objects.h"

#include <array>
#include <cstdlib>

namespace tideline {

namespace {

constexpr std::size_t kMostPipelines = 100;
constexpr std::int64_t kMostWindowsOfARecord =
    10'000; // Flink allows 10 000 000, more than a person can watch
constexpr Micros kOneMilli = kMicrosPerMilli;

constexpr auto kEngines = std::to_array<std::string_view>({"flink"});
constexpr auto kKnownEngines = std::to_array<std::string_view>({"beam", "spark", "kafka-streams"});

void setEngine(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
               PipelineSpec&)
{
    readChoice(reading, where, key, node);
}

// "after-every-record", or the processing time between two periodic emissions.
void setEmit(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
             WatermarkSpec& watermark)
{
    if (node.isText() && node.text == "after-every-record") {
        watermark.afterEveryRecord = true;
        return;
    }
    if (!node.isText() || node.text.empty() ||
        !((node.text[0] >= '0' && node.text[0] <= '9') || node.text[0] == '-')) {
        reading.refuse(
            where, key, node,
            " is neither a duration nor \"after-every-record\"; write one of them, such as \"200 ms\"");
        return;
    }
    const ScenarioKey interval{key.name, ValueKind::Duration, kOneMilli, 86'400'000'000, {}, {}, {}};
    if (const auto duration = readDuration(reading, where, interval, node))
        watermark.autoWatermarkInterval = *duration;
}

void setWatermark(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
                  PipelineSpec& pipeline)
{
    readObject(reading, std::string(where) + " watermark", "a watermark", node, watermarkKeys(),
               pipeline.watermark);
}

constexpr ScenarioKey lengthOf(std::string_view name)
{
    return {name, ValueKind::EventDuration, kOneMilli, kLongestDuration, "Flink: above 0", {}, {}};
}

void setTumbling(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                 const JsonNode& node, PipelineSpec& pipeline)
{
    pipeline.window = WindowKind::Tumbling;
    if (const auto size = readDuration(reading, where, lengthOf(key.name), node))
        pipeline.size = pipeline.slide = toMillis(*size);
}

void setSliding(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, PipelineSpec& pipeline)
{
    pipeline.window = WindowKind::Sliding;
    if (!node.isList() || node.items.size() != 2) {
        reading.refuse(where, key, node, " is not size and slide; write [\"10 s\", \"5 s\"]");
        return;
    }
    const auto size = readDuration(reading, where, lengthOf(key.name), node.items[0]);
    const auto slide = readDuration(reading, where, lengthOf(key.name), node.items[1]);
    if (!size || !slide)
        return;
    if (*size / *slide > kMostWindowsOfARecord)
        reading.refuse(where, "sliding [" + node.items[0].shown() + ", " + node.items[1].shown() +
                                  "] puts each record into more than " +
                                  std::to_string(kMostWindowsOfARecord) + " windows; make the slide longer");
    pipeline.size = toMillis(*size);
    pipeline.slide = toMillis(*slide);
}

void setWindow(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
               PipelineSpec& pipeline)
{
    const std::string place = std::string(where) + " window";
    if (!readObject(reading, place, "a window", node, windowKeys(), pipeline))
        return;
    const bool tumbling = node.find("tumbling") != nullptr;
    const bool sliding = node.find("sliding") != nullptr;
    const bool other = node.find("session") || node.find("global"); // refused by name already
    if (tumbling && sliding)
        reading.refuse(place,
                       "it has both tumbling and sliding, and a window has one assigner; keep one of them");
    else if (!tumbling && !sliding && !other)
        reading.refuse(
            place, "it has neither tumbling nor sliding, and a window needs an assigner; add one, such as "
                   "\"tumbling\": \"10 s\"");
    if (std::abs(pipeline.offset) >= pipeline.slide)
        reading.refuse(place, "offset " + inQuotes(formatDuration(fromMillis(pipeline.offset))) +
                                  " is not below the " + (sliding ? "slide " : "size ") +
                                  inQuotes(formatDuration(fromMillis(pipeline.slide))) +
                                  " (Flink: abs(offset) < " + (sliding ? "slide" : "size") + "); shorten it");
}

// "count", or { "sum": "eur" }.
void setAggregate(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                  const JsonNode& node, PipelineSpec& pipeline)
{
    if (node.isText() && node.text == "count")
        return;
    if (!node.isObject()) {
        reading.refuse(where, key, node,
                       " is neither \"count\" nor a sum; write \"count\" or { \"sum\": \"eur\" }");
        return;
    }
    const std::string place = std::string(where) + " aggregate";
    if (!readObject(reading, place, "an aggregate", node, aggregateKeys(), pipeline))
        return;
    if (node.find("sum"))
        pipeline.aggregate = AggregateKind::Sum;
    else
        reading.refuse(place, "its sum is missing, the field to add up; add \"sum\" or write \"count\"");
}

void checkSumField(ScenarioReading& reading, const std::string& where, const PipelineSpec& pipeline)
{
    if (pipeline.sumField.empty())
        return;
    for (const ScenarioReading::Fields& fields : reading.fields) {
        if (fields.topic == pipeline.from &&
            !requireListed(reading, where + " aggregate", "sum", pipeline.sumField, fields.names,
                           "is not a field of the records in topic " + inQuotes(pipeline.from),
                           "change the source"))
            return;
    }
}

void readPipeline(ScenarioReading& reading, const std::string& where, const JsonNode& entry)
{
    PipelineSpec pipeline;
    pipeline.slide = pipeline.size;
    if (!readObject(reading, where, "a pipeline", entry, pipelineKeys(), pipeline))
        return;
    if (!entry.find("name"))
        reading.refuse(where, "its name is missing, by which others refer to it; add \"name\"");
    requireNewName(reading, where, "pipeline", pipeline.name, reading.scenario.pipelines);
    if (!entry.find("from"))
        reading.refuse(where, "its from is missing, the topic that it reads; add \"from\"");
    else if (!pipeline.from.empty())
        requireTopic(reading, where, "from", pipeline.from);
    checkSumField(reading, where, pipeline);
    reading.scenario.pipelines.push_back(std::move(pipeline));
}

} // namespace

const std::vector<KeyOf<PipelineSpec>>& pipelineKeys()
{
    static const std::vector<KeyOf<PipelineSpec>> kKeys = {
        textKey<&PipelineSpec::name>("name"),
        {{"engine", ValueKind::Choice, 0, 0, {}, kEngines, kKnownEngines}, setEngine},
        textKey<&PipelineSpec::from>("from", 249),
        specialKey<PipelineSpec>("watermark", ValueKind::Object, setWatermark),
        specialKey<PipelineSpec>("window", ValueKind::Object, setWindow),
        eventDurationKey<&PipelineSpec::allowedLateness>("allowed-lateness", 0, kLongestDuration,
                                                         "Flink: not negative"),
        specialKey<PipelineSpec>("aggregate", ValueKind::Other, setAggregate),
    };
    return kKeys;
}

const std::vector<KeyOf<WatermarkSpec>>& watermarkKeys()
{
    static const std::vector<KeyOf<WatermarkSpec>> kKeys = {
        eventDurationKey<&WatermarkSpec::boundedOutOfOrderness>("bounded-out-of-orderness", 0,
                                                                kLongestDuration, "Flink: not negative"),
        specialKey<WatermarkSpec>("emit", ValueKind::Other, setEmit),
        durationKey<&WatermarkSpec::idleTimeout>("idleness", kOneMilli, kLongestDuration, "Flink: above 0"),
    };
    return kKeys;
}

const std::vector<KeyOf<PipelineSpec>>& windowKeys()
{
    static const std::vector<KeyOf<PipelineSpec>> kKeys = {
        {lengthOf("tumbling"), setTumbling},
        specialKey<PipelineSpec>("sliding", ValueKind::List, setSliding),
        eventDurationKey<&PipelineSpec::offset>("offset", -kLongestDuration, kLongestDuration),
    };
    return kKeys;
}

const std::vector<KeyOf<PipelineSpec>>& aggregateKeys()
{
    static const std::vector<KeyOf<PipelineSpec>> kKeys = {textKey<&PipelineSpec::sumField>("sum")};
    return kKeys;
}

void readPipelines(ScenarioReading& reading, const JsonNode& node)
{
    readList(reading, "pipelines", node, kMostPipelines,
             [&](const std::string& where, const JsonNode& entry) { readPipeline(reading, where, entry); });
}

} // namespace tideline
