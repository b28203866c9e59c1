// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/offsets_topic.h"

#include "engine/log/bytes.h"

namespace tideline {

namespace {

constexpr std::int16_t kOffsetKeyVersion = 1;
constexpr std::int16_t kOffsetValueVersion = 3;
constexpr std::int16_t kGroupKeyVersion = 2;
constexpr std::int16_t kGroupValueVersion = 3;
constexpr std::int16_t kConsumerProtocolVersion = 0;
constexpr std::string_view kProtocolType = "consumer";
constexpr std::string_view kProtocol = "range";

class Out
{
public:
    template <class Integer>
    void integer(Integer value)
    {
        char buffer[sizeof(Integer)];
        storeBigEndian(buffer, value);
        bytes_.append(buffer, sizeof buffer);
    }
    void string(std::string_view text)
    {
        integer(static_cast<std::int16_t>(text.size()));
        bytes_.append(text);
    }
    void null() { integer(std::int16_t{-1}); }
    void blob(const std::string& bytes)
    {
        integer(static_cast<std::int32_t>(bytes.size()));
        bytes_.append(bytes);
    }
    std::string take() { return std::move(bytes_); }

private:
    std::string bytes_;
};

// Reads what Out wrote; once something is missing, everything after is empty and ok() is false.
class In
{
public:
    explicit In(std::string_view bytes)
        : rest_(bytes)
    {}
    bool ok() const { return ok_; }

    template <class Integer>
    Integer integer()
    {
        const std::string_view bytes = take(sizeof(Integer));
        return ok_ ? loadBigEndian<Integer>(bytes.data()) : Integer{};
    }
    std::string string()
    {
        const auto size = integer<std::int16_t>();
        return size <= 0 ? std::string() : std::string(take(static_cast<std::size_t>(size)));
    }
    std::string_view blob()
    {
        const auto size = integer<std::int32_t>();
        return size <= 0 ? std::string_view() : take(static_cast<std::size_t>(size));
    }
    // Number of elements of an array, each of at least `least` bytes.
    std::int32_t count(std::size_t least)
    {
        const auto size = integer<std::int32_t>();
        if (size < 0 || static_cast<std::size_t>(size) > rest_.size() / least)
            ok_ = false;
        return ok_ ? size : 0;
    }

private:
    std::string_view take(std::size_t count)
    {
        if (count > rest_.size()) {
            ok_ = false;
            return {};
        }
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }

    std::string_view rest_;
    bool ok_ = true;
};

std::string encodeSubscription(const std::vector<std::string>& topics)
{
    Out out;
    out.integer(kConsumerProtocolVersion);
    out.integer(static_cast<std::int32_t>(topics.size()));
    for (const std::string& topic : topics)
        out.string(topic);
    out.integer(std::int32_t{-1}); // user data: null
    return out.take();
}

std::string encodeAssignment(const std::vector<GroupMetadataRecord::Partitions>& assignment)
{
    Out out;
    out.integer(kConsumerProtocolVersion);
    out.integer(static_cast<std::int32_t>(assignment.size()));
    for (const GroupMetadataRecord::Partitions& topic : assignment) {
        out.string(topic.topic);
        out.integer(static_cast<std::int32_t>(topic.partitions.size()));
        for (const std::int32_t partition : topic.partitions)
            out.integer(partition);
    }
    out.integer(std::int32_t{-1});
    return out.take();
}

std::vector<std::string> decodeSubscription(std::string_view bytes)
{
    In in(bytes);
    std::vector<std::string> topics;
    in.integer<std::int16_t>();
    for (std::int32_t n = in.count(sizeof(std::int16_t)); n > 0; --n)
        topics.push_back(in.string());
    return topics;
}

std::vector<GroupMetadataRecord::Partitions> decodeAssignment(std::string_view bytes)
{
    In in(bytes);
    std::vector<GroupMetadataRecord::Partitions> assignment;
    in.integer<std::int16_t>();
    for (std::int32_t n = in.count(sizeof(std::int16_t)); n > 0; --n) {
        GroupMetadataRecord::Partitions topic{in.string(), {}};
        for (std::int32_t p = in.count(sizeof(std::int32_t)); p > 0; --p)
            topic.partitions.push_back(in.integer<std::int32_t>());
        assignment.push_back(std::move(topic));
    }
    return assignment;
}

std::optional<OffsetCommitRecord> decodeOffset(In key, std::string_view value)
{
    OffsetCommitRecord record;
    record.group = key.string();
    record.topic = key.string();
    record.partition = key.integer<std::int32_t>();
    if (value.empty()) {
        record.offset = kUnknownOffset;
        return key.ok() ? std::optional(record) : std::nullopt;
    }
    In in(value);
    const auto version = in.integer<std::int16_t>();
    record.offset = in.integer<std::int64_t>();
    in.integer<std::int32_t>(); // leader epoch
    in.string();                // metadata
    record.committedAt = in.integer<std::int64_t>();
    if (!key.ok() || !in.ok() || version != kOffsetValueVersion)
        return std::nullopt;
    return record;
}

std::optional<GroupMetadataRecord> decodeGroup(In key, std::string_view value)
{
    GroupMetadataRecord record;
    record.group = key.string();
    In in(value);
    const auto version = in.integer<std::int16_t>();
    in.string(); // protocol type
    record.generation = in.integer<std::int32_t>();
    in.string(); // protocol
    record.leader = in.string();
    record.since = in.integer<std::int64_t>();
    for (std::int32_t n = in.count(sizeof(std::int32_t)); n > 0; --n) {
        GroupMetadataRecord::Member member;
        member.memberId = in.string();
        in.string(); // group instance id
        member.clientId = in.string();
        in.string(); // client host
        member.rebalanceTimeoutMs = in.integer<std::int32_t>();
        member.sessionTimeoutMs = in.integer<std::int32_t>();
        member.topics = decodeSubscription(in.blob());
        member.assignment = decodeAssignment(in.blob());
        record.members.push_back(std::move(member));
    }
    if (!key.ok() || !in.ok() || version != kGroupValueVersion)
        return std::nullopt;
    return record;
}

} // namespace

KeyAndValue encode(const OffsetCommitRecord& record)
{
    Out key;
    key.integer(kOffsetKeyVersion);
    key.string(record.group);
    key.string(record.topic);
    key.integer(record.partition);
    if (record.offset == kUnknownOffset)
        return {key.take(), std::nullopt};
    Out value;
    value.integer(kOffsetValueVersion);
    value.integer(record.offset);
    value.integer(std::int32_t{-1}); // leader epoch: not given
    value.string({});                // metadata
    value.integer(record.committedAt);
    return {key.take(), value.take()};
}

KeyAndValue encode(const GroupMetadataRecord& record)
{
    Out key;
    key.integer(kGroupKeyVersion);
    key.string(record.group);
    Out value;
    value.integer(kGroupValueVersion);
    value.string(kProtocolType);
    value.integer(record.generation);
    if (record.members.empty())
        value.null();
    else
        value.string(kProtocol);
    if (record.leader.empty())
        value.null();
    else
        value.string(record.leader);
    value.integer(record.since);
    value.integer(static_cast<std::int32_t>(record.members.size()));
    for (const GroupMetadataRecord::Member& member : record.members) {
        value.string(member.memberId);
        value.null(); // group instance id
        value.string(member.clientId);
        value.string("/lab"); // client host
        value.integer(member.rebalanceTimeoutMs);
        value.integer(member.sessionTimeoutMs);
        value.blob(encodeSubscription(member.topics));
        value.blob(encodeAssignment(member.assignment));
    }
    return {key.take(), value.take()};
}

std::optional<std::variant<OffsetCommitRecord, GroupMetadataRecord>>
decodeOffsetsRecord(std::string_view key, std::string_view value)
{
    In in(key);
    const auto version = in.integer<std::int16_t>();
    if (version == kOffsetKeyVersion) {
        if (auto record = decodeOffset(in, value))
            return *record;
    } else if (version == kGroupKeyVersion) {
        if (auto record = decodeGroup(in, value))
            return *record;
    }
    return std::nullopt;
}

} // namespace tideline
