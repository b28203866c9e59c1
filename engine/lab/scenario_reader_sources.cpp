// SPDX-License-Identifier: GPL-3.0-or-later
// "source" of a producer: a generator that makes records up, or a recorded log that is replayed.
#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_logs.h"
#include "engine/lab/scenario_reader_objects.h"

#include <algorithm>
#include <array>

namespace tideline {

namespace {

constexpr std::int64_t kFastestRate = 10'000'000; // records a second
constexpr std::int32_t kWidestSigmaMilli = 5'000;

constexpr auto kGenerators = std::to_array<std::string_view>({"orders"});
constexpr auto kOnError = std::to_array<std::string_view>({"refuse", "skip"});

void setKind(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
             GeneratorSpec& generator)
{
    if (const auto choice = readChoice(reading, where, key, node))
        generator.kind = kGenerators[*choice];
}

// "1.1" -> 1100 without passing through a double; nothing when it has more than three decimals or an
// exponent.
std::optional<std::int32_t> thousandths(const JsonNode& node)
{
    if (node.kind != JsonNode::Kind::Number || node.text.size() > 10)
        return std::nullopt;
    std::int32_t value = 0;
    int decimals = -1; // -1: the point has not come yet
    for (const char c : node.text) {
        if (c == '.' && decimals < 0)
            decimals = 0;
        else if (c < '0' || c > '9' || decimals == 3 || value > 100'000'000)
            return std::nullopt;
        else {
            value = value * 10 + (c - '0');
            decimals += decimals >= 0 ? 1 : 0;
        }
    }
    for (int i = std::max(decimals, 0); i < 3; ++i) {
        if (value > 100'000'000)
            return std::nullopt;
        value *= 10;
    }
    return value;
}

constexpr ScenarioKey durationOf(std::string_view name)
{
    return {name, ValueKind::Duration, 0, kLongestDuration, {}, {}, {}};
}

void setConstant(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                 const JsonNode& node, DelaySpec& delay)
{
    delay.kind = DelaySpec::Kind::Constant;
    if (const auto duration = readDuration(reading, where, durationOf(key.name), node))
        delay.low = *duration;
}

void setUniform(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, DelaySpec& delay)
{
    delay.kind = DelaySpec::Kind::Uniform;
    if (!node.isList() || node.items.size() != 2) {
        reading.refuse(where, key, node, " is not the least and the largest delay; write [\"0 s\", \"4 s\"]");
        return;
    }
    const auto low = readDuration(reading, where, durationOf(key.name), node.items[0]);
    const auto high = readDuration(reading, where, durationOf(key.name), node.items[1]);
    if (!low || !high)
        return;
    if (*low > *high) {
        reading.refuse(where, "uniform [" + node.items[0].shown() + ", " + node.items[1].shown() +
                                  "] has its least delay above its largest; swap them");
        return;
    }
    delay.low = *low;
    delay.high = *high;
}

void setLognormal(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                  const JsonNode& node, DelaySpec& delay)
{
    delay.kind = DelaySpec::Kind::Lognormal;
    if (!node.isList() || node.items.size() != 2) {
        reading.refuse(where, key, node,
                       " is not the median and the sigma of the logarithm; write [\"800 ms\", 1.1]");
        return;
    }
    if (const auto median = readDuration(reading, where, durationOf(key.name), node.items[0]))
        delay.low = *median;
    const auto sigma = thousandths(node.items[1]);
    if (!sigma || *sigma > kWidestSigmaMilli)
        reading.refuse(where,
                       "lognormal sigma " + node.items[1].shown() +
                           " is not a number from 0 to 5 with at most three decimals; write one such as 1.1");
    else
        delay.sigmaMilli = *sigma;
}

void setDelay(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
              GeneratorSpec& generator)
{
    const std::string place = std::string(where) + " delay";
    if (!readObject(reading, place, "a delay", node, delayKeys(), generator.delay))
        return;
    const auto given =
        std::count_if(delayKeys().begin(), delayKeys().end(),
                      [&](const KeyOf<DelaySpec>& line) { return node.find(line.key.name) != nullptr; });
    if (given != 1)
        reading.refuse(place,
                       "it has " + std::to_string(given) +
                           " of constant, uniform and lognormal, and a delay has one; write one of them");
}

void setOnError(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, LogSourceSpec& log)
{
    if (const auto choice = readChoice(reading, where, key, node))
        log.skipBroken = kOnError[*choice] == "skip";
}

void checkColumn(ScenarioReading& reading, const std::string& where, std::string_view key,
                 const std::string& column, const LogSourceSpec& log, const std::vector<std::string>& columns)
{
    if (!column.empty())
        requireListed(reading, where, key, column, columns, "is not a column of " + inQuotes(log.file),
                      "correct the log");
}

void readLog(ScenarioReading& reading, const std::string& where, const JsonNode& node, ProducerSpec& producer)
{
    LogSourceSpec& log = producer.log.emplace();
    if (!readObject(reading, where, "a recorded log", node, logSourceKeys(), log))
        return;
    if (!node.find("time"))
        reading.refuse(where, "its time is missing, the column of the event time; add \"time\"");
    if (!node.find("arrival"))
        log.arrivalColumn = log.timeColumn;
    if (log.file.empty())
        return;
    Result<FoundLog> found = findLog(log.file, reading.place);
    if (!found.ok()) {
        reading.refuse(where, "log " + found.error().sentence);
        return;
    }
    const std::vector<std::string>& columns = found.value().columns;
    log.path = found.value().path;
    checkColumn(reading, where, "time", log.timeColumn, log, columns);
    if (node.find("arrival"))
        checkColumn(reading, where, "arrival", log.arrivalColumn, log, columns);
    checkColumn(reading, where, "key", log.keyColumn, log, columns);
    reading.fields.push_back({producer.topic, columns});
}

} // namespace

const std::vector<KeyOf<GeneratorSpec>>& generatorKeys()
{
    using G = GeneratorSpec;
    static const std::vector<KeyOf<G>> kKeys = {
        {{"generator", ValueKind::Choice, 0, 0, {}, kGenerators, {}}, setKind},
        rateKey<&G::recordsPerSecond>("rate", 0, kFastestRate),
        wholeKey<&G::keys>("keys", 0, 100'000'000),
        wholeKey<&G::valueBytes>("bytes", 0, 1'000'000),
        specialKey<G>("delay", ValueKind::Object, setDelay),
        durationKey<&G::start>("start", 0, kLongestDuration),
        wholeKey<&G::limit>("limit", 0, 1'000'000'000'000'000),
        flagKey<&G::afterGroupsStable>("after-groups-stable"),
    };
    return kKeys;
}

const std::vector<KeyOf<DelaySpec>>& delayKeys()
{
    static const std::vector<KeyOf<DelaySpec>> kKeys = {
        {durationOf("constant"), setConstant},
        specialKey<DelaySpec>("uniform", ValueKind::List, setUniform),
        specialKey<DelaySpec>("lognormal", ValueKind::List, setLognormal),
    };
    return kKeys;
}

const std::vector<KeyOf<LogSourceSpec>>& logSourceKeys()
{
    using L = LogSourceSpec;
    static const std::vector<KeyOf<L>> kKeys = {
        textKey<&L::file>("log", 1'000),
        textKey<&L::timeColumn>("time"),
        textKey<&L::arrivalColumn>("arrival"),
        textKey<&L::keyColumn>("key"),
        wholeKey<&L::pace>("pace", 1, 1'000'000'000),
        {{"on-error", ValueKind::Choice, 0, 0, {}, kOnError, {}}, setOnError},
    };
    return kKeys;
}

void readSource(ScenarioReading& reading, std::string_view where, const JsonNode& node,
                ProducerSpec& producer)
{
    const std::string place = std::string(where) + " source";
    if (node.find("log") && node.find("generator")) {
        reading.refuse(place,
                       "it has both log and generator, and a producer has one source; keep one of them");
        return;
    }
    if (node.find("log")) {
        readLog(reading, place, node, producer);
        return;
    }
    // Without either it is a generator with what else it says.
    readObject(reading, place, "a generator", node, generatorKeys(), producer.generator.emplace());
    reading.fields.push_back({producer.topic, {"eur"}});
}

} // namespace tideline
