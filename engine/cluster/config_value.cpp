// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/config_value.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <limits>
#include <vector>

namespace tideline::control {

namespace {

constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kHighest = std::numeric_limits<std::int64_t>::max();

enum class ValueType : std::uint8_t {
    Int,
    Long,
    Ratio, // a number from 0 to 1
    Boolean,
    OneOf,
    ListOf,
    Any,
};

struct ValueRule
{
    std::string_view key;
    ValueType type;
    std::int64_t least = kLowest;
    std::int64_t most = kHighest;
    std::vector<std::string_view> names{};
};

const std::vector<ValueRule>& valueRules()
{
    static const std::vector<ValueRule> rules = {
        {"cleanup.policy", ValueType::ListOf, 0, 0, {"compact", "delete"}},
        {"compression.gzip.level", ValueType::Int, 1, 9},
        {"compression.lz4.level", ValueType::Int, 1, 17},
        {"compression.type",
         ValueType::OneOf,
         0,
         0,
         {"uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"}},
        {"compression.zstd.level", ValueType::Int, -131072, 22},
        {"delete.retention.ms", ValueType::Long, 0},
        {"file.delete.delay.ms", ValueType::Long, 0},
        {"flush.messages", ValueType::Long, 1},
        {"flush.ms", ValueType::Long, 0},
        {"follower.replication.throttled.replicas", ValueType::Any},
        {"index.interval.bytes", ValueType::Int, 0},
        {"internal.segment.bytes", ValueType::Int},
        {"leader.replication.throttled.replicas", ValueType::Any},
        {"local.retention.bytes", ValueType::Long, -2},
        {"local.retention.ms", ValueType::Long, -2},
        {"max.compaction.lag.ms", ValueType::Long, 1},
        {"max.message.bytes", ValueType::Int, 0},
        {"message.timestamp.after.max.ms", ValueType::Long, 0},
        {"message.timestamp.before.max.ms", ValueType::Long, 0},
        {"message.timestamp.type", ValueType::OneOf, 0, 0, {"CreateTime", "LogAppendTime"}},
        {"min.cleanable.dirty.ratio", ValueType::Ratio, 0, 1},
        {"min.compaction.lag.ms", ValueType::Long, 0},
        {kMinInsyncReplicas, ValueType::Int, 1},
        {"preallocate", ValueType::Boolean},
        {"remote.log.copy.disable", ValueType::Boolean},
        {"remote.log.delete.on.disable", ValueType::Boolean},
        {"remote.storage.enable", ValueType::Boolean},
        {"retention.bytes", ValueType::Long},
        {"retention.ms", ValueType::Long, -1},
        {"segment.bytes", ValueType::Int, 1048576},
        {"segment.index.bytes", ValueType::Int, 4},
        {"segment.jitter.ms", ValueType::Long, 0},
        {"segment.ms", ValueType::Long, 1},
        {kUncleanLeaderElection, ValueType::Boolean},
    };
    return rules;
}

const ValueRule* findRule(const std::string& key)
{
    const auto rule = std::find_if(valueRules().begin(), valueRules().end(),
                                   [&](const ValueRule& known) { return known.key == key; });
    return rule == valueRules().end() ? nullptr : &*rule;
}

std::string_view trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::vector<std::string_view> listItems(std::string_view text)
{
    std::vector<std::string_view> items;
    for (text = trimmed(text); !text.empty();) {
        const std::size_t comma = text.find(',');
        items.push_back(trimmed(text.substr(0, comma)));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return items;
}

std::string notANumber(const ValueRule& rule)
{
    return rule.type == ValueType::Int    ? "Not a number of type INT"
           : rule.type == ValueType::Long ? "Not a number of type LONG"
                                          : "Not a number of type DOUBLE";
}

std::string outside(const ValueRule& rule, bool below)
{
    return below ? "Value must be at least " + std::to_string(rule.least)
                 : "Value must be no more than " + std::to_string(rule.most);
}

std::string wholeNumberFault(const ValueRule& rule, std::string_view value)
{
    const std::optional<std::int64_t> number = parseInt64(value);
    const bool fits =
        number && (rule.type == ValueType::Long || (*number >= std::numeric_limits<std::int32_t>::min() &&
                                                    *number <= std::numeric_limits<std::int32_t>::max()));
    if (!fits)
        return notANumber(rule);
    if (*number >= rule.least && *number <= rule.most)
        return {};
    if (rule.key == "compression.gzip.level")
        return *number == -1 ? "" : "Value must be between 1 and 9 or equal to -1";
    return outside(rule, *number < rule.least);
}

std::string ratioFault(const ValueRule& rule, std::string_view value)
{
    const std::string_view text = trimmed(value);
    double ratio = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ratio);
    if (error != std::errc() || end != text.data() + text.size())
        return notANumber(rule);
    return ratio >= 0 && ratio <= 1 ? "" : outside(rule, ratio < 0);
}

std::string nameFault(const ValueRule& rule, const std::vector<std::string_view>& given)
{
    const bool known = std::all_of(given.begin(), given.end(), [&](std::string_view name) {
        return std::find(rule.names.begin(), rule.names.end(), name) != rule.names.end();
    });
    if (known)
        return {};
    std::string fault = "String must be one of: ";
    for (std::size_t i = 0; i < rule.names.size(); ++i)
        fault.append(i == 0 ? "" : ", ").append(rule.names[i]);
    return fault;
}

std::string valueFault(const ValueRule& rule, std::string_view value)
{
    switch (rule.type) {
    case ValueType::Int:
    case ValueType::Long:
        return wholeNumberFault(rule, value);
    case ValueType::Ratio:
        return ratioFault(rule, value);
    case ValueType::Boolean:
        return parseBoolean(value) ? "" : "Expected value to be either true or false";
    case ValueType::OneOf:
        return nameFault(rule, {value});
    case ValueType::ListOf:
        return nameFault(rule, listItems(value));
    case ValueType::Any:
        break;
    }
    return {};
}

} // namespace

std::optional<std::int64_t> parseInt64(std::string_view text)
{
    text = trimmed(text);
    if (text.size() > 1 && text[0] == '+' && text[1] != '-')
        text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::int32_t> parseMillionths(std::string_view text)
{
    text = trimmed(text);
    double ratio = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), ratio);
    if (error != std::errc() || end != text.data() + text.size() || !(ratio >= 0 && ratio <= 1))
        return std::nullopt;
    return static_cast<std::int32_t>(ratio * 1e6 + 0.5);
}

std::optional<bool> parseBoolean(std::string_view text)
{
    std::string lower;
    for (const char c : trimmed(text))
        lower.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    if (lower == "true")
        return true;
    if (lower == "false")
        return false;
    return std::nullopt;
}

bool isTopicConfig(const std::string& key)
{
    return findRule(key) != nullptr;
}

std::string topicConfigFault(const std::string& key, const std::string& value)
{
    const ValueRule* rule = findRule(key);
    if (!rule)
        return "Unknown topic config name: " + key;
    const std::string fault = valueFault(*rule, value);
    return fault.empty() ? "" : "Invalid value " + value + " for configuration " + key + ": " + fault;
}

} // namespace tideline::control
