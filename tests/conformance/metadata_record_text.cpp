// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/metadata_record_text.h"

#include "engine/log/varint.h"

#include <QByteArray>

#include <array>
#include <map>
#include <vector>

namespace tideline::vectors {
namespace {

enum class Type { Bool, Int8, Int16, UInt16, Int32, Int64, Uuid, String, Uuids, Int32s, Structs };

struct Field
{
    const char* name;
    Type type;
    std::uint32_t since = 0;     // first version that has it
    int tag = -1;                // of a field that may be left out
    const char* absent = "";     // its text then, and before `since`
    const char* structName = ""; // of Structs
    std::vector<Field> fields{};
};

using Fields = std::vector<Field>;

const Fields kEndPoint = {{"name", Type::String},
                          {"host", Type::String},
                          {"port", Type::UInt16},
                          {"securityProtocol", Type::Int16}};
const Fields kFeature = {
    {"name", Type::String}, {"minSupportedVersion", Type::Int16}, {"maxSupportedVersion", Type::Int16}};
const Fields kBrokerAndEpoch = {{"id", Type::Int32}, {"epoch", Type::Int64}};

const std::map<std::string, Fields> kRecords = {
    {"AbortTransactionRecord", {{"reason", Type::String, 0, 0, "null"}}},
    {"BeginTransactionRecord", {{"name", Type::String, 0, 0, "null"}}},
    {"BrokerRegistrationChangeRecord",
     {{"brokerId", Type::Int32},
      {"brokerEpoch", Type::Int64},
      {"fenced", Type::Int8, 0, 0, "0"},
      {"inControlledShutdown", Type::Int8, 1, 1, "0"},
      {"logDirs", Type::Uuids, 2, 2, "[]"},
      {"cordonedLogDirs", Type::Uuids, 3, 3, "null"}}},
    {"ClearElrRecord", {{"topicName", Type::String}}},
    {"ConfigRecord",
     {{"resourceType", Type::Int8},
      {"resourceName", Type::String},
      {"name", Type::String},
      {"value", Type::String}}},
    {"EndTransactionRecord", {}},
    {"FeatureLevelRecord", {{"name", Type::String}, {"featureLevel", Type::Int16}}},
    {"FenceBrokerRecord", kBrokerAndEpoch},
    {"NoOpRecord", {}},
    {"PartitionChangeRecord",
     {{"partitionId", Type::Int32},
      {"topicId", Type::Uuid},
      {"isr", Type::Int32s, 0, 0, "null"},
      {"leader", Type::Int32, 0, 1, "-2"},
      {"replicas", Type::Int32s, 0, 2, "null"},
      {"removingReplicas", Type::Int32s, 0, 3, "null"},
      {"addingReplicas", Type::Int32s, 0, 4, "null"},
      {"leaderRecoveryState", Type::Int8, 0, 5, "-1"},
      {"directories", Type::Uuids, 1, 8, "null"},
      {"eligibleLeaderReplicas", Type::Int32s, 2, 6, "null"},
      {"lastKnownElr", Type::Int32s, 2, 7, "null"}}},
    {"PartitionRecord",
     {{"partitionId", Type::Int32},
      {"topicId", Type::Uuid},
      {"replicas", Type::Int32s},
      {"isr", Type::Int32s},
      {"removingReplicas", Type::Int32s},
      {"addingReplicas", Type::Int32s},
      {"leader", Type::Int32},
      {"leaderRecoveryState", Type::Int8, 0, 0, "0"},
      {"leaderEpoch", Type::Int32},
      {"partitionEpoch", Type::Int32},
      {"directories", Type::Uuids, 1, -1, "[]"},
      {"eligibleLeaderReplicas", Type::Int32s, 2, 1, "null"},
      {"lastKnownElr", Type::Int32s, 2, 2, "null"}}},
    {"ProducerIdsRecord",
     {{"brokerId", Type::Int32}, {"brokerEpoch", Type::Int64}, {"nextProducerId", Type::Int64}}},
    {"RegisterBrokerRecord",
     {{"brokerId", Type::Int32},
      {"isMigratingZkBroker", Type::Bool, 2, -1, "false"},
      {"incarnationId", Type::Uuid},
      {"brokerEpoch", Type::Int64},
      {"endPoints", Type::Structs, 0, -1, "", "BrokerEndpoint", kEndPoint},
      {"features", Type::Structs, 0, -1, "", "BrokerFeature", kFeature},
      {"rack", Type::String},
      {"fenced", Type::Bool},
      {"inControlledShutdown", Type::Bool, 1, -1, "false"},
      {"logDirs", Type::Uuids, 3, 0, "[]"},
      {"cordonedLogDirs", Type::Uuids, 4, 1, "null"}}},
    {"RegisterControllerRecord",
     {{"controllerId", Type::Int32},
      {"incarnationId", Type::Uuid},
      {"zkMigrationReady", Type::Bool},
      {"endPoints", Type::Structs, 0, -1, "", "ControllerEndpoint", kEndPoint},
      {"features", Type::Structs, 0, -1, "", "ControllerFeature", kFeature}}},
    {"RemoveTopicRecord", {{"topicId", Type::Uuid}}},
    {"TopicRecord", {{"name", Type::String}, {"topicId", Type::Uuid}}},
    {"UnfenceBrokerRecord", kBrokerAndEpoch},
    {"UnregisterBrokerRecord", {{"brokerId", Type::Int32}, {"brokerEpoch", Type::Int64}}},
};

// By the key of the message.
constexpr std::array<const char*, 29> kNames = {"RegisterBrokerRecord",
                                                "UnregisterBrokerRecord",
                                                "TopicRecord",
                                                "PartitionRecord",
                                                "ConfigRecord",
                                                "PartitionChangeRecord",
                                                "6",
                                                "FenceBrokerRecord",
                                                "UnfenceBrokerRecord",
                                                "RemoveTopicRecord",
                                                "DelegationTokenRecord",
                                                "UserScramCredentialRecord",
                                                "FeatureLevelRecord",
                                                "13",
                                                "ClientQuotaRecord",
                                                "ProducerIdsRecord",
                                                "16",
                                                "BrokerRegistrationChangeRecord",
                                                "AccessControlEntryRecord",
                                                "RemoveAccessControlEntryRecord",
                                                "NoOpRecord",
                                                "ZkMigrationStateRecord",
                                                "RemoveUserScramCredentialRecord",
                                                "BeginTransactionRecord",
                                                "EndTransactionRecord",
                                                "AbortTransactionRecord",
                                                "RemoveDelegationTokenRecord",
                                                "RegisterControllerRecord",
                                                "ClearElrRecord"};

// Takes values off the front; whole() is false once the bytes have ended within one.
class Taking
{
public:
    Taking(Bytes bytes, std::uint32_t version)
        : at_(bytes.data())
        , end_(at_ + bytes.size())
        , version_(version)
    {}

    bool whole() const { return whole_; }
    Bytes rest() const { return Bytes(at_, static_cast<std::size_t>(end_ - at_)); }

    std::uint32_t number()
    {
        std::uint32_t value = 0;
        whole_ = whole_ && getUnsigned<std::uint32_t, kMaxVarintBytes>(at_, end_, value) == VarintRead::Done;
        return value;
    }

    // "Name(field=value, ...)".
    std::string structure(const std::string& name, const Fields& fields)
    {
        std::vector<std::string> values;
        for (const Field& field : fields) {
            const bool here = field.tag < 0 && version_ >= field.since;
            values.push_back(here ? value(field) : field.absent);
        }
        for (std::uint32_t left = number(); left > 0 && whole_; --left)
            takeTagged(fields, values);
        std::string text = name + '(';
        for (std::size_t i = 0; i < fields.size(); ++i)
            text += (i > 0 ? ", " : "") + std::string(fields[i].name) + '=' + values[i];
        return text + ')';
    }

private:
    void takeTagged(const Fields& fields, std::vector<std::string>& values)
    {
        const auto tag = static_cast<int>(number());
        const Bytes bytes = take(number());
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (fields[i].tag == tag)
                values[i] = Taking(bytes, version_).value(fields[i]);
        }
    }

    Bytes take(std::size_t count)
    {
        whole_ = whole_ && rest().size() >= count;
        if (!whole_)
            return {};
        const Bytes taken(at_, count);
        at_ += count;
        return taken;
    }

    template <class Integer>
    Integer integer()
    {
        const Bytes bytes = take(sizeof(Integer));
        return bytes.empty() ? Integer() : loadBigEndian<Integer>(bytes.data());
    }

    std::string uuid()
    {
        return QByteArray::fromStdString(std::string(take(16)))
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            .toStdString();
    }

    // A length that is one too large, 0 for null, before the elements.
    template <class Element>
    std::string list(Element&& element)
    {
        const std::uint32_t length = number();
        if (length == 0)
            return "null";
        std::string text = "[";
        for (std::uint32_t i = 1; i < length && whole_; ++i)
            text += (i > 1 ? ", " : "") + element();
        return text + ']';
    }

    std::string string()
    {
        const std::uint32_t length = number();
        return length == 0 ? "null" : "'" + std::string(take(length - 1)) + "'";
    }

    std::string value(const Field& field)
    {
        switch (field.type) {
        case Type::Bool:
            return integer<std::int8_t>() != 0 ? "true" : "false";
        case Type::Int8:
            return std::to_string(integer<std::int8_t>());
        case Type::Int16:
            return std::to_string(integer<std::int16_t>());
        case Type::UInt16:
            return std::to_string(integer<std::uint16_t>());
        case Type::Int32:
            return std::to_string(integer<std::int32_t>());
        case Type::Int64:
            return std::to_string(integer<std::int64_t>());
        case Type::Uuid:
            return uuid();
        case Type::String:
            return string();
        case Type::Uuids:
            return list([&] { return uuid(); });
        case Type::Int32s:
            return list([&] { return std::to_string(integer<std::int32_t>()); });
        case Type::Structs:
            return list([&] { return structure(field.structName, field.fields); });
        }
        return {};
    }

    const char* at_;
    const char* end_;
    std::uint32_t version_;
    bool whole_ = true;
};

} // namespace

MetadataRecordKind metadataRecordKind(Bytes value)
{
    Taking taking(value, 0);
    taking.number(); // the version of this frame
    const std::uint32_t key = taking.number();
    const std::uint32_t version = taking.number();
    return {key < kNames.size() ? kNames[key] : std::to_string(key), version, taking.rest()};
}

bool knowsFieldsOf(const std::string& name)
{
    return kRecords.contains(name);
}

std::optional<std::string> metadataRecordText(const MetadataRecordKind& record)
{
    const auto known = kRecords.find(record.name);
    if (known == kRecords.end())
        return std::nullopt;
    Taking taking(record.fields, record.version);
    std::string text = taking.structure(record.name, known->second);
    return taking.whole() && taking.rest().empty() ? std::optional(std::move(text)) : std::nullopt;
}

} // namespace tideline::vectors
