// SPDX-License-Identifier: GPL-3.0-or-later
// What a scenario says about logs: segments, retention, compaction and flushing, of a topic and of the
// brokers.
//
// A topic's keys and the brokers' defaults are the same numbers under two names.
#include "engine/cluster/config_value.h"
#include "engine/lab/scenario_reader_objects.h"

#include <array>

namespace tideline {

namespace {

constexpr std::int64_t kMaxInt = 2'147'483'647; // Kafka's INT keys
constexpr std::int64_t kLongestMs =
    86'400'000'000; // 1000 days; Kafka's LONG keys go further than a run lasts
constexpr std::int64_t kMostBytes = 1'000'000'000'000'000;
constexpr std::int64_t kMostMessages = 1'000'000'000'000'000;
constexpr std::int64_t kLeastSegmentBytes = 1'048'576;
constexpr std::array<std::string_view, 4> kPolicies = {"delete", "compact", "compact,delete",
                                                       "delete,compact"};

template <auto Log, auto Number>
KeyOf<typename OwnerOf<decltype(Log)>::Type> numberKey(std::string_view name, std::int64_t low,
                                                       std::int64_t high, std::string_view rule = {})
{
    using Owner = typename OwnerOf<decltype(Log)>::Type;
    const ValueKind kind = name.ends_with(".ms") ? ValueKind::Milliseconds : ValueKind::Whole;
    return {{name, kind, low, high, rule, {}, {}},
            [](ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
               const JsonNode& value, Owner& owner) {
                if (const auto read = readWhole(reading, where, key, value))
                    (owner.*Log).*Number = *read;
            }};
}

template <auto Log>
KeyOf<typename OwnerOf<decltype(Log)>::Type> policyKey(std::string_view name)
{
    using Owner = typename OwnerOf<decltype(Log)>::Type;
    return {{name, ValueKind::Choice, 0, 0, {}, kPolicies, {}},
            [](ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
               const JsonNode& value, Owner& owner) {
                const auto place = readChoice(reading, where, key, value);
                if (!place)
                    return;
                (owner.*Log).deletes = *place != 1;
                (owner.*Log).compacts = *place != 0;
            }};
}

template <auto Log>
KeyOf<typename OwnerOf<decltype(Log)>::Type> ratioKey(std::string_view name)
{
    using Owner = typename OwnerOf<decltype(Log)>::Type;
    return {{name, ValueKind::Other, 0, 0, {}, {}, {}},
            [](ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
               const JsonNode& value, Owner& owner) {
                const auto ratio = value.kind == JsonNode::Kind::Number ? control::parseMillionths(value.text)
                                                                        : std::nullopt;
                if (ratio)
                    (owner.*Log).minDirtyMillionths = *ratio;
                else
                    reading.refuse(where, key, value, " is not a number from 0 to 1; write one such as 0.5");
            }};
}

// The same name for topics and for brokers.
template <auto Log>
KeyOf<typename OwnerOf<decltype(Log)>::Type> compressionKey()
{
    using Owner = typename OwnerOf<decltype(Log)>::Type;
    return {{"compression.type", ValueKind::Choice, 0, 0, {}, kTopicCompressions, {}},
            [](ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
               const JsonNode& value, Owner& owner) {
                if (const auto place = readChoice(reading, where, key, value))
                    (owner.*Log).compression = topicCompressionAt(*place);
            }};
}

} // namespace

const std::vector<KeyOf<TopicSpec>>& topicLogKeys()
{
    constexpr auto kLog = &TopicSpec::log;
    using L = LogConfig;
    static const std::vector<KeyOf<TopicSpec>> kKeys = {
        policyKey<kLog>("cleanup.policy"),
        compressionKey<kLog>(),
        numberKey<kLog, &L::segmentBytes>("segment.bytes", kLeastSegmentBytes, kMaxInt, "Kafka's range"),
        numberKey<kLog, &L::segmentBytes>("internal.segment.bytes", 1, kMaxInt),
        numberKey<kLog, &L::segmentMs>("segment.ms", 1, kLongestMs),
        numberKey<kLog, &L::retentionMs>("retention.ms", -1, kLongestMs),
        numberKey<kLog, &L::retentionBytes>("retention.bytes", -1, kMostBytes),
        ratioKey<kLog>("min.cleanable.dirty.ratio"),
        numberKey<kLog, &L::minCompactionLag>("min.compaction.lag.ms", 0, kLongestMs),
        numberKey<kLog, &L::deleteRetention>("delete.retention.ms", 0, kLongestMs),
        numberKey<kLog, &L::flushMessages>("flush.messages", 1, kMostMessages),
        numberKey<kLog, &L::flushMs>("flush.ms", 0, kLongestMs),
        numberKey<kLog, &L::timestampBeforeMax>("message.timestamp.before.max.ms", 0, kLongestMs),
        numberKey<kLog, &L::timestampAfterMax>("message.timestamp.after.max.ms", 0, kLongestMs),
    };
    return kKeys;
}

const std::vector<KeyOf<ClusterConfig>>& clusterLogKeys()
{
    constexpr auto kLog = &ClusterConfig::log;
    using C = ClusterConfig;
    using L = LogConfig;
    static const std::vector<KeyOf<C>> kKeys = {
        policyKey<kLog>("log.cleanup.policy"),
        compressionKey<kLog>(),
        numberKey<kLog, &L::segmentBytes>("log.segment.bytes", kLeastSegmentBytes, kMaxInt, "Kafka's range"),
        numberKey<kLog, &L::segmentMs>("log.roll.ms", 1, kLongestMs),
        numberKey<kLog, &L::retentionMs>("log.retention.ms", -1, kLongestMs),
        numberKey<kLog, &L::retentionBytes>("log.retention.bytes", -1, kMostBytes),
        ratioKey<kLog>("log.cleaner.min.cleanable.ratio"),
        numberKey<kLog, &L::minCompactionLag>("log.cleaner.min.compaction.lag.ms", 0, kLongestMs),
        numberKey<kLog, &L::deleteRetention>("log.cleaner.delete.retention.ms", 0, kLongestMs),
        numberKey<kLog, &L::flushMessages>("log.flush.interval.messages", 1, kMostMessages),
        numberKey<kLog, &L::flushMs>("log.flush.interval.ms", 0, kLongestMs),
        numberKey<kLog, &L::timestampBeforeMax>("log.message.timestamp.before.max.ms", 0, kLongestMs),
        numberKey<kLog, &L::timestampAfterMax>("log.message.timestamp.after.max.ms", 0, kLongestMs),
        millisecondsKey<&C::logFlushSchedulerInterval>("log.flush.scheduler.interval.ms", 1, kLongestMs),
        millisecondsKey<&C::logRetentionCheckInterval>("log.retention.check.interval.ms", 1, kLongestMs),
        millisecondsKey<&C::logCleanerBackoff>("log.cleaner.backoff.ms", 1, kLongestMs),
        wholeKey<&C::offsetsTopicSegmentBytes>("offsets.topic.segment.bytes", 1, kMaxInt),
    };
    return kKeys;
}

} // namespace tideline
