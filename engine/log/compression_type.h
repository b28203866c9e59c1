// SPDX-License-Identifier: GPL-3.0-or-later
// compression.type: the names of the codecs as a producer and as a topic are configured with them.
//
// A producer's: none, gzip, snappy, lz4, zstd. A topic's: "producer" keeps each batch as it comes,
// "uncompressed" and the codecs make the leader write it anew when it comes otherwise. Source:
// CompressionType and BrokerCompressionType of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/record_batch.h"

#include <array>
#include <optional>
#include <string_view>

namespace tideline {

// In the order of Codec.
inline constexpr std::array<std::string_view, 5> kProducerCompressions = {"none", "gzip", "snappy", "lz4",
                                                                          "zstd"};
inline constexpr std::array<std::string_view, 6> kTopicCompressions = {"producer", "uncompressed", "gzip",
                                                                       "snappy",   "lz4",          "zstd"};

// What the leader writes batches with; nothing: what they come with.
using TopicCompression = std::optional<Codec>;

// `place` in kTopicCompressions.
constexpr TopicCompression topicCompressionAt(std::size_t place)
{
    return place == 0 ? TopicCompression() : TopicCompression(static_cast<Codec>(place - 1));
}

constexpr std::string_view topicCompressionName(TopicCompression compression)
{
    return kTopicCompressions[compression ? static_cast<std::size_t>(*compression) + 1 : 0];
}

// `otherwise` for a text that is none of the names.
constexpr TopicCompression topicCompressionNamed(std::string_view name, TopicCompression otherwise)
{
    for (std::size_t place = 0; place < kTopicCompressions.size(); ++place) {
        if (kTopicCompressions[place] == name)
            return topicCompressionAt(place);
    }
    return otherwise;
}

} // namespace tideline
