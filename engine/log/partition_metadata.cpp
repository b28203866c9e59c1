// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/partition_metadata.h"

#include <charconv>

namespace tideline {
namespace {

constexpr Bytes kVersionKey = "version: ";
constexpr Bytes kTopicIdKey = "topic_id: ";
constexpr std::size_t kTopicIdCharacters = 22;
constexpr Bytes kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool isTopicId(Bytes id)
{
    // 22 characters have 132 bits: the last four are zero. An id of zeros only names no topic.
    return id.size() == kTopicIdCharacters && id.find_first_not_of(kAlphabet) == Bytes::npos &&
           kAlphabet.find(id.back()) % 16 == 0 && id.find_first_not_of('A') != Bytes::npos;
}

} // namespace

std::optional<SegmentFault> readPartitionMetadata(Bytes text, const std::string& file,
                                                  PartitionMetadata& metadata)
{
    const auto fault = [&](std::size_t position, const std::string& rule) {
        return SegmentFault{SegmentDamage::Text,
                            file,
                            static_cast<std::int64_t>(position),
                            {},
                            file + ": byte " + std::to_string(position) + ": " + rule +
                                "; the topic id is not known"};
    };
    const std::size_t end = text.find('\n');
    const Bytes first = text.substr(0, end);
    if (end == Bytes::npos || !first.starts_with(kVersionKey))
        return fault(0, "the first line must be \"version: 0\"");
    const Bytes number = first.substr(kVersionKey.size());
    const auto read = std::from_chars(number.data(), number.data() + number.size(), metadata.version);
    if (read.ec != std::errc() || read.ptr != number.data() + number.size() || metadata.version < 0)
        return fault(kVersionKey.size(), "the version must be a number, 0 or more");
    Bytes second = text.substr(end + 1);
    if (second.ends_with('\n'))
        second.remove_suffix(1);
    if (!second.starts_with(kTopicIdKey) || !isTopicId(second.substr(kTopicIdKey.size())))
        return fault(end + 1, "the second line must be \"topic_id: \" and an id of 22 characters");
    metadata.topicId = second.substr(kTopicIdKey.size());
    return std::nullopt;
}

std::string partitionMetadataText(const PartitionMetadata& metadata)
{
    return std::string(kVersionKey) + std::to_string(metadata.version) + '\n' + std::string(kTopicIdKey) +
           metadata.topicId;
}

} // namespace tideline
