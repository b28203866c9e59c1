// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/control_batch.h"

#include "engine/base/error.h"
#include "engine/log/crc32c.h"
#include "engine/log/record_batch_writer.h"

#include <array>
#include <string>

namespace tideline {
namespace {

constexpr std::int16_t kControlKeyVersion = 0;
constexpr std::int16_t kMarkerVersion = 0;
constexpr std::int16_t kLeaderChangeVersion = 0;
// No field of a flexible version has tags here: an unsigned varint 0 after each struct.
constexpr char kNoTags = 0;

template <class Integer>
void putBigEndian(std::string& to, Integer value)
{
    std::array<char, sizeof(Integer)> raw{};
    storeBigEndian<Integer>(raw.data(), value);
    to.append(raw.data(), raw.size());
}

std::string controlKey(ControlType type)
{
    std::string key;
    putBigEndian<std::int16_t>(key, kControlKeyVersion);
    putBigEndian<std::int16_t>(key, static_cast<std::int16_t>(type));
    return key;
}

// A compact array: its length plus one as an unsigned varint, then id and tags of each voter.
void putVoters(std::string& to, const std::vector<BrokerId>& voters)
{
    std::array<char, kMaxVarlongBytes> length{};
    const char* end = putUnsignedVarlong(length.data(), voters.size() + 1);
    to.append(length.data(), static_cast<std::size_t>(end - length.data()));
    for (const BrokerId voter : voters) {
        putBigEndian<std::int32_t>(to, voter);
        to.push_back(kNoTags);
    }
}

Chunk oneRecordBatch(const BatchFields& fields, Millis timestamp, Bytes key, Bytes value)
{
    RecordBatchWriter writer(fields, kBatchHeaderBytes + kMaxRecordOverheadBytes + key.size() + value.size());
    Chunk batch;
    BatchFault fault = writer.append(timestamp, key, value);
    if (fault == BatchFault::None)
        fault = writer.close(batch);
    TIDELINE_ASSERT(fault == BatchFault::None);
    return batch;
}

} // namespace

Chunk transactionMarkerBatch(const TransactionMarker& marker)
{
    TIDELINE_ASSERT(marker.type == ControlType::Abort || marker.type == ControlType::Commit);
    BatchFields fields;
    fields.baseOffset = marker.baseOffset;
    fields.partitionLeaderEpoch = marker.partitionLeaderEpoch;
    fields.producerId = marker.producerId;
    fields.producerEpoch = marker.producerEpoch;
    fields.transactional = true;
    fields.control = true;
    std::string value;
    putBigEndian<std::int16_t>(value, kMarkerVersion);
    putBigEndian<std::int32_t>(value, marker.coordinatorEpoch);
    return oneRecordBatch(fields, marker.timestamp, controlKey(marker.type), value);
}

Chunk leaderChangeBatch(const LeaderChange& change)
{
    BatchFields fields;
    fields.baseOffset = change.baseOffset;
    fields.partitionLeaderEpoch = change.leaderEpoch;
    fields.control = true;
    std::string value;
    putBigEndian<std::int16_t>(value, kLeaderChangeVersion);
    putBigEndian<std::int32_t>(value, change.leader);
    putVoters(value, change.voters);
    putVoters(value, change.grantingVoters);
    value.push_back(kNoTags);
    return oneRecordBatch(fields, change.timestamp, controlKey(ControlType::LeaderChange), value);
}

Chunk emptyBatch(const EmptyBatch& batch)
{
    BatchHeader header;
    header.baseOffset = batch.baseOffset;
    header.batchLength = static_cast<std::int32_t>(kBatchHeaderBytes - kLogOverheadBytes);
    header.partitionLeaderEpoch = batch.partitionLeaderEpoch;
    header.attributes =
        static_cast<std::int16_t>((batch.transactional ? batch_attributes::kTransactional : 0) |
                                  (batch.control ? batch_attributes::kControl : 0));
    header.lastOffsetDelta = static_cast<std::int32_t>(batch.lastOffset - batch.baseOffset);
    header.maxTimestamp = batch.maxTimestamp;
    header.producerId = batch.producerId;
    header.producerEpoch = batch.producerEpoch;
    header.baseSequence = batch.baseSequence;
    std::array<char, kBatchHeaderBytes> bytes{};
    writeBatchHeader(bytes.data(), header);
    const Bytes all(bytes.data(), bytes.size());
    storeBigEndian<std::uint32_t>(bytes.data() + batch_layout::kChecksum,
                                  crc32c(all.substr(batch_layout::kAttributes)));
    return Chunk(all);
}

std::optional<ControlType> controlTypeOf(Bytes key)
{
    if (key.size() < 4)
        return std::nullopt;
    const auto type = loadBigEndian<std::int16_t>(key.data() + 2);
    if (type < 0 || type > static_cast<std::int16_t>(ControlType::KRaftVoters))
        return std::nullopt;
    return static_cast<ControlType>(type);
}

} // namespace tideline
