// SPDX-License-Identifier: GPL-3.0-or-later
// The records of __consumer_offsets: committed offsets and group metadata, as bytes in Kafka's own schemas.
//
// Offset commit: key version 1 {group, topic, partition}, value version 3 {offset, leader epoch, metadata,
// timestamp}. Group metadata: key version 2 {group}, value version 3 {protocol type, generation, protocol,
// leader, timestamp, members}. Non-flexible strings: i16 length and UTF-8. Pure functions; any thread.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tideline {

struct OffsetCommitRecord
{
    std::string group;
    std::string topic;
    std::int32_t partition = 0; // within the topic
    Offset offset = 0;          // kUnknownOffset: it is deleted; the record has no value
    Millis committedAt = 0;     // ms
    bool operator==(const OffsetCommitRecord&) const = default;
};

struct GroupMetadataRecord
{
    struct Partitions
    {
        std::string topic;
        std::vector<std::int32_t> partitions;
        bool operator==(const Partitions&) const = default;
    };
    struct Member
    {
        std::string memberId;
        std::string clientId;
        std::int32_t rebalanceTimeoutMs = 0;
        std::int32_t sessionTimeoutMs = 0;
        std::vector<std::string> topics; // subscription
        std::vector<Partitions> assignment;
        bool operator==(const Member&) const = default;
    };
    std::string group;
    std::int32_t generation = 0;
    std::string leader; // empty: none
    Millis since = 0;   // ms; when the group came into its state
    std::vector<Member> members;
    bool operator==(const GroupMetadataRecord&) const = default;
};

struct KeyAndValue
{
    std::string key;
    std::optional<std::string> value; // none: a tombstone
};

KeyAndValue encode(const OffsetCommitRecord& record);
KeyAndValue encode(const GroupMetadataRecord& record);

// Nothing when the bytes are no record of these two kinds and versions. No value: an offset is deleted.
std::optional<std::variant<OffsetCommitRecord, GroupMetadataRecord>>
decodeOffsetsRecord(std::string_view key, std::string_view value);

} // namespace tideline
