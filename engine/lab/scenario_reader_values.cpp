// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_reader_values.h"

#include "engine/lab/duration_text.h"

#include <algorithm>
#include <charconv>

namespace tideline {

namespace {

constexpr std::int64_t kLongestText = 200; // bytes, of a name or a file
constexpr std::size_t kListedInFull = 20;  // choices that a sentence still names one by one

std::string unitOf(const ScenarioKey& key)
{
    return key.kind == ValueKind::Milliseconds ? " ms" : key.kind == ValueKind::Seconds ? " s" : "";
}

std::string range(const std::string& low, const std::string& high, const ScenarioKey& key)
{
    std::string text = low + " to " + high + unitOf(key);
    if (!key.rule.empty())
        text += " (" + std::string(key.rule) + ")";
    return text;
}

template <class Number>
std::optional<Number> wholeNumber(const std::string& digits)
{
    Number number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (status != std::errc() || end != digits.data() + digits.size())
        return std::nullopt;
    return number;
}

bool onlyDigits(const std::string& text)
{
    const std::size_t start = text.starts_with('-') ? 1 : 0;
    return text.size() > start && std::all_of(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(),
                                              [](char c) { return c >= '0' && c <= '9'; });
}

// True when the value is inside [low, high]; a key with both 0 has no range of its own.
bool inside(std::int64_t value, const ScenarioKey& key)
{
    return (key.low == 0 && key.high == 0) || (value >= key.low && value <= key.high);
}

} // namespace

void ScenarioReading::refuse(std::string_view where, std::string_view rest)
{
    if (full())
        ++unlisted;
    else
        sentences.push_back(std::string(where) + ": " + std::string(rest));
}

void ScenarioReading::refuse(std::string_view where, const ScenarioKey& key, const JsonNode& value,
                             std::string_view rest)
{
    refuse(where, std::string(key.name) + " " + value.shown() + std::string(rest));
}

std::optional<std::int64_t> readWhole(ScenarioReading& reading, std::string_view where,
                                      const ScenarioKey& key, const JsonNode& value)
{
    const std::string limits = range(std::to_string(key.low), std::to_string(key.high), key);
    if (value.kind != JsonNode::Kind::Number || !onlyDigits(value.text)) {
        reading.refuse(where, key, value, " is not a whole number; write one from " + limits);
        return std::nullopt;
    }
    const auto number = wholeNumber<std::int64_t>(value.text);
    if (!number || !inside(*number, key)) {
        reading.refuse(where, key, value,
                       unitOf(key) + " is outside " + limits + "; write a number in that range");
        return std::nullopt;
    }
    return number;
}

std::optional<std::uint64_t> readSeed(ScenarioReading& reading, std::string_view where,
                                      const ScenarioKey& key, const JsonNode& value)
{
    const auto number = value.kind == JsonNode::Kind::Number ? wholeNumber<std::uint64_t>(value.text)
                                                             : std::optional<std::uint64_t>();
    if (!number)
        reading.refuse(where, key, value,
                       " is not a whole number from 0 to 18446744073709551615; write one in that range");
    return number;
}

std::optional<bool> readFlag(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                             const JsonNode& value)
{
    if (value.kind == JsonNode::Kind::Flag)
        return value.flag;
    reading.refuse(where, key, value, " is neither true nor false; write one of them without quotes");
    return std::nullopt;
}

std::optional<std::string> readText(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                    const JsonNode& value)
{
    const auto longest = static_cast<std::size_t>(key.high > 0 ? key.high : kLongestText);
    if (!value.isText()) {
        reading.refuse(where, key, value, " is not a text; write it in quotes");
    } else if (value.text.empty()) {
        reading.refuse(where, key, value, " is empty; write a text or leave the key out");
    } else if (value.text.size() > longest) {
        reading.refuse(where, key, value,
                       " is longer than " + std::to_string(longest) + " bytes; shorten it");
    } else if (std::any_of(value.text.begin(), value.text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
        reading.refuse(where, key, value, " contains a control character; remove it");
    } else {
        return value.text;
    }
    return std::nullopt;
}

std::optional<Micros> readDuration(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                   const JsonNode& value)
{
    const std::string name(key.name);
    if (!value.isText()) {
        reading.refuse(where, key, value,
                       " is not a duration; write a number and a unit in quotes, such as \"41 s\"");
        return std::nullopt;
    }
    const Result<Micros> parsed = parseDuration(value.text);
    if (!parsed.ok()) {
        reading.refuse(where, name + " " + parsed.error().sentence);
        return std::nullopt;
    }
    const Micros duration = parsed.value();
    if (!inside(duration, key)) {
        reading.refuse(where, key, value,
                       " is outside " + range(formatDuration(key.low), formatDuration(key.high), key) +
                           "; write a duration in that range");
        return std::nullopt;
    }
    if (key.kind == ValueKind::EventDuration && duration % kMicrosPerMilli != 0) {
        reading.refuse(
            where, key, value,
            " is no whole number of milliseconds, the unit of event time; write a coarser duration");
        return std::nullopt;
    }
    return duration;
}

std::optional<std::int64_t> readRate(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                                     const JsonNode& value)
{
    if (!value.isText()) {
        reading.refuse(where, key, value,
                       " is not a rate; write whole records a second in quotes, such as \"200/s\"");
        return std::nullopt;
    }
    const Result<std::int64_t> rate = parseRate(value.text);
    if (!rate.ok()) {
        reading.refuse(where, std::string(key.name) + " " + rate.error().sentence);
        return std::nullopt;
    }
    if (!inside(rate.value(), key)) {
        reading.refuse(where, key, value,
                       " is outside " + range(formatRate(key.low), formatRate(key.high), key) +
                           "; write a rate in that range");
        return std::nullopt;
    }
    return rate.value();
}

std::optional<std::int64_t> readBandwidth(ScenarioReading& reading, std::string_view where,
                                          const ScenarioKey& key, const JsonNode& value)
{
    if (!value.isText()) {
        reading.refuse(where, key, value,
                       " is not a bandwidth; write a number and a unit in quotes, such as \"1 Gbit/s\"");
        return std::nullopt;
    }
    const Result<std::int64_t> bandwidth = parseBandwidth(value.text);
    if (!bandwidth.ok()) {
        reading.refuse(where, std::string(key.name) + " " + bandwidth.error().sentence);
        return std::nullopt;
    }
    return bandwidth.value();
}

std::optional<std::size_t> readChoice(ScenarioReading& reading, std::string_view where,
                                      const ScenarioKey& key, const JsonNode& value)
{
    std::string all;
    for (std::size_t i = 0; i < key.choices.size(); ++i) {
        if (value.isText() && value.text == key.choices[i])
            return i;
        all += (i == 0                        ? "\""
                : i + 1 == key.choices.size() ? " or \""
                                              : ", \"") +
               std::string(key.choices[i]) + "\"";
    }
    const bool known = value.isText() && std::find(key.knownChoices.begin(), key.knownChoices.end(),
                                                   value.text) != key.knownChoices.end();
    const std::string_view nearest = value.isText() && key.choices.size() > kListedInFull && !reading.full()
                                         ? nearestName(value.text, key.choices)
                                         : std::string_view();
    if (known)
        reading.refuse(where, key, value, " is known but not modelled yet; use " + all);
    else if (!nearest.empty())
        reading.refuse(where, key, value,
                       " is not a value that it takes; the nearest of " + std::to_string(key.choices.size()) +
                           " is " + inQuotes(nearest));
    else
        reading.refuse(where, key, value, " is not a value that it takes; use " + all);
    return std::nullopt;
}

bool requireListed(ScenarioReading& reading, std::string_view where, std::string_view key,
                   const std::string& name, const std::vector<std::string>& listed, std::string_view rule,
                   std::string_view otherwise)
{
    if (std::find(listed.begin(), listed.end(), name) != listed.end())
        return true;
    const std::string_view nearest =
        reading.full() ? std::string_view() : nearestName(name, std::span<const std::string>(listed));
    const std::string remedy = nearest.empty() ? std::string(otherwise)
                                               : "use " + inQuotes(nearest) + " or " + std::string(otherwise);
    reading.refuse(where, std::string(key) + " " + inQuotes(name) + " " + std::string(rule) + "; " + remedy);
    return false;
}

bool requireTopic(ScenarioReading& reading, std::string_view where, std::string_view key,
                  const std::string& name)
{
    if (reading.topicNames.contains(name))
        return true;
    if (reading.full()) {
        ++reading.unlisted;
        return false;
    }
    return requireListed(reading, where, key, name, namesOf(reading.scenario.topics),
                         "is not listed under topics (auto.create.topics.enable counts as false)",
                         "add it there");
}

} // namespace tideline
