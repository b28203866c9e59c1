// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topic_log_config.h"

#include "engine/cluster/config_value.h"

namespace tideline {

namespace {

constexpr std::int64_t kLeastSegmentBytes = 1'048'576; // of segment.bytes since Kafka 4.0

struct NumberKey
{
    const char* key;
    std::int64_t LogConfig::*number;
};

constexpr NumberKey kNumberKeys[] = {
    {"segment.ms", &LogConfig::segmentMs},
    {"retention.ms", &LogConfig::retentionMs},
    {"retention.bytes", &LogConfig::retentionBytes},
    {"min.compaction.lag.ms", &LogConfig::minCompactionLag},
    {"delete.retention.ms", &LogConfig::deleteRetention},
    {"flush.messages", &LogConfig::flushMessages},
    {"flush.ms", &LogConfig::flushMs},
    {"message.timestamp.before.max.ms", &LogConfig::timestampBeforeMax},
    {"message.timestamp.after.max.ms", &LogConfig::timestampAfterMax},
};

std::string policyText(const LogConfig& config)
{
    return std::string(config.compacts ? "compact" : "") + (config.compacts && config.deletes ? "," : "") +
           (config.deletes ? "delete" : "");
}

std::string ratioText(std::int32_t millionths)
{
    std::string digits = std::to_string(1'000'000 + millionths % 1'000'000).substr(1);
    while (digits.size() > 1 && digits.back() == '0')
        digits.pop_back();
    return std::to_string(millionths / 1'000'000) + "." + digits;
}

void apply(LogConfig& config, const std::string& key, const std::string& value)
{
    if (key == "cleanup.policy") {
        config.compacts = value.find("compact") != std::string::npos;
        config.deletes = value.find("delete") != std::string::npos;
    } else if (key == "min.cleanable.dirty.ratio") {
        config.minDirtyMillionths = control::parseMillionths(value).value_or(config.minDirtyMillionths);
    } else if (key == "compression.type") {
        config.compression = topicCompressionNamed(value, config.compression);
    }
    for (const NumberKey& number : kNumberKeys) {
        if (key == number.key)
            config.*number.number = control::parseInt64(value).value_or(config.*number.number);
    }
}

} // namespace

std::vector<std::pair<std::string, std::string>> logConfigTexts(const LogConfig& topic,
                                                                const LogConfig& server)
{
    std::vector<std::pair<std::string, std::string>> texts;
    if (topic.compacts != server.compacts || topic.deletes != server.deletes)
        texts.emplace_back("cleanup.policy", policyText(topic));
    if (topic.segmentBytes != server.segmentBytes)
        texts.emplace_back(topic.segmentBytes < kLeastSegmentBytes ? "internal.segment.bytes"
                                                                   : "segment.bytes",
                           std::to_string(topic.segmentBytes));
    if (topic.minDirtyMillionths != server.minDirtyMillionths)
        texts.emplace_back("min.cleanable.dirty.ratio", ratioText(topic.minDirtyMillionths));
    if (topic.compression != server.compression)
        texts.emplace_back("compression.type", topicCompressionName(topic.compression));
    for (const NumberKey& number : kNumberKeys) {
        if (topic.*number.number != server.*number.number)
            texts.emplace_back(number.key, std::to_string(topic.*number.number));
    }
    return texts;
}

LogConfig logConfigOf(const control::TopicConfigs& configs, TopicIndex topic, const LogConfig& server)
{
    LogConfig config = server;
    const auto& set = configs.allAt({control::ConfigLevel::Topic, topic});
    for (const auto& [key, value] : set)
        apply(config, key, value);
    // The one that is meant for tests of the broker itself goes before the public one.
    for (const char* key : {"internal.segment.bytes", "segment.bytes"}) {
        if (const auto found = set.find(key); found != set.end()) {
            config.segmentBytes = control::parseInt64(found->second).value_or(config.segmentBytes);
            break;
        }
    }
    return config;
}

} // namespace tideline
