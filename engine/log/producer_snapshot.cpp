// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/producer_snapshot.h"

#include "engine/log/crc32c.h"

#include <algorithm>

namespace tideline {
namespace {

constexpr std::int16_t kVersion = 1;
constexpr std::size_t kChecksumAt = 2;
constexpr std::size_t kCountAt = 6; // the checksum covers from here to the end
constexpr std::size_t kEntriesAt = 10;
constexpr std::size_t kEntryBytes = 46;

SegmentFault faultAt(const std::string& file, std::size_t position, const std::string& rule)
{
    return {SegmentDamage::Snapshot,
            file,
            static_cast<std::int64_t>(position),
            {},
            file + ": byte " + std::to_string(position) + ": " + rule +
                "; nothing of it is kept, the producers are read from the log"};
}

// The slot of a Long in a java.util.HashMap with `slots` slots, a power of two.
std::uint32_t javaSlot(std::int64_t key, std::uint32_t slots)
{
    const auto bits = static_cast<std::uint64_t>(key);
    const auto hash = static_cast<std::uint32_t>(bits ^ (bits >> 32));
    return (hash ^ (hash >> 16)) & (slots - 1);
}

// The slots of such a map that has only grown: 16, and doubled whenever it is more than three quarters full.
std::uint32_t javaSlots(std::size_t keys)
{
    std::uint32_t slots = 16;
    while (keys > slots / 4 * 3)
        slots *= 2;
    return slots;
}

ProducerSnapshotEntry entryAt(const char* at)
{
    ProducerSnapshotEntry entry;
    entry.producerId = loadBigEndian<std::int64_t>(at);
    entry.producerEpoch = loadBigEndian<std::int16_t>(at + 8);
    entry.lastSequence = loadBigEndian<std::int32_t>(at + 10);
    entry.lastOffset = loadBigEndian<Offset>(at + 14);
    entry.offsetDelta = loadBigEndian<std::int32_t>(at + 22);
    entry.timestamp = loadBigEndian<Millis>(at + 26);
    entry.coordinatorEpoch = loadBigEndian<std::int32_t>(at + 34);
    entry.currentTxnFirstOffset = loadBigEndian<Offset>(at + 38);
    return entry;
}

} // namespace

std::optional<SegmentFault> readProducerSnapshot(Bytes bytes, const std::string& file,
                                                 ProducerSnapshot& snapshot)
{
    if (bytes.size() < kEntriesAt)
        return faultAt(file, bytes.size(), "a snapshot has at least 10 bytes");
    snapshot.version = loadBigEndian<std::int16_t>(bytes.data());
    if (snapshot.version != kVersion)
        return faultAt(file, 0,
                       "its version is " + std::to_string(snapshot.version) + ", and only 1 is known");
    snapshot.checksum = loadBigEndian<std::uint32_t>(bytes.data() + kChecksumAt);
    if (const std::uint32_t computed = crc32c(bytes.substr(kCountAt)); computed != snapshot.checksum)
        return faultAt(file, kChecksumAt,
                       "the checksum does not match the bytes (stored " + std::to_string(snapshot.checksum) +
                           ", computed " + std::to_string(computed) + ")");
    const auto count = loadBigEndian<std::int32_t>(bytes.data() + kCountAt);
    if (count < 0 || static_cast<std::size_t>(count) != (bytes.size() - kEntriesAt) / kEntryBytes ||
        (bytes.size() - kEntriesAt) % kEntryBytes != 0)
        return faultAt(file, kCountAt,
                       std::to_string(count) + " producers of 46 bytes do not fill " +
                           std::to_string(bytes.size() - kEntriesAt) + " bytes");
    snapshot.producers.clear();
    for (std::size_t at = kEntriesAt; at < bytes.size(); at += kEntryBytes)
        snapshot.producers.push_back(entryAt(bytes.data() + at));
    return std::nullopt;
}

std::string producerSnapshotBytes(const ProducerSnapshot& snapshot)
{
    std::string bytes(kEntriesAt + snapshot.producers.size() * kEntryBytes, '\0');
    storeBigEndian(bytes.data(), kVersion);
    char* at = storeBigEndian(bytes.data() + kCountAt, static_cast<std::int32_t>(snapshot.producers.size()));
    for (const ProducerSnapshotEntry& entry : snapshot.producers) {
        at = storeBigEndian(at, entry.producerId);
        at = storeBigEndian(at, entry.producerEpoch);
        at = storeBigEndian(at, entry.lastSequence);
        at = storeBigEndian(at, entry.lastOffset);
        at = storeBigEndian(at, entry.offsetDelta);
        at = storeBigEndian(at, entry.timestamp);
        at = storeBigEndian(at, entry.coordinatorEpoch);
        at = storeBigEndian(at, entry.currentTxnFirstOffset);
    }
    storeBigEndian(bytes.data() + kChecksumAt, crc32c(Bytes(bytes).substr(kCountAt)));
    return bytes;
}

ProducerSnapshot producerSnapshotOf(const ProducerState::Producers& producers)
{
    ProducerSnapshot snapshot;
    for (const auto& [id, producer] : producers) {
        ProducerSnapshotEntry entry;
        entry.producerId = id;
        entry.producerEpoch = producer.epoch;
        entry.lastSequence = producer.lastSequence();
        entry.lastOffset = producer.lastDataOffset();
        entry.offsetDelta = producer.hasBatches() ? producer.lastBatch().offsetDelta : 0;
        entry.timestamp = producer.lastTimestamp;
        entry.coordinatorEpoch = producer.coordinatorEpoch;
        entry.currentTxnFirstOffset = producer.transactionStart;
        snapshot.producers.push_back(entry);
    }
    const std::uint32_t slots = javaSlots(producers.size());
    std::stable_sort(snapshot.producers.begin(), snapshot.producers.end(),
                     [slots](const ProducerSnapshotEntry& a, const ProducerSnapshotEntry& b) {
                         return javaSlot(a.producerId, slots) < javaSlot(b.producerId, slots);
                     });
    return snapshot;
}

} // namespace tideline
