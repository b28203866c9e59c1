// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/segments_json.h"

#include "engine/log/batch_frame.h"
#include "engine/log/compressed_batch.h"
#include "engine/log/control_batch.h"
#include "tests/conformance/metadata_record_text.h"

#include <array>

namespace tideline::vectors {
namespace {

constexpr std::array<const char*, 7> kControlTypes = {"ABORT",           "COMMIT",          "LEADER_CHANGE",
                                                      "SNAPSHOT_HEADER", "SNAPSHOT_FOOTER", "KRAFT_VERSION",
                                                      "KRAFT_VOTERS"};

bool isUtf8(Bytes bytes)
{
    const Json quoted = std::string(bytes);
    try {
        static_cast<void>(quoted.dump()); // strict: throws at the first byte that is not UTF-8
    } catch (const Json::exception&) {
        return false;
    }
    return true;
}

Json textOf(const NullableBytes& bytes)
{
    if (!bytes)
        return {};
    return isUtf8(*bytes) ? std::string(*bytes) : "hex:" + toHex(std::string(*bytes));
}

Json controlRecord(const RecordView& record)
{
    const auto type = controlTypeOf(record.key.value_or(Bytes()));
    Json json = {{"offset", record.offset},
                 {"timestamp", record.timestamp},
                 {"controlType", type ? kControlTypes.at(static_cast<std::size_t>(*type)) : "UNKNOWN"},
                 {"valueHex", toHex(std::string(record.value.value_or(Bytes())))}};
    if (type == ControlType::Abort || type == ControlType::Commit)
        json["coordinatorEpoch"] = loadBigEndian<std::int32_t>(record.value.value().data() + 2);
    return json;
}

Json metadataRecord(const RecordView& record)
{
    const MetadataRecordKind kind = metadataRecordKind(record.value.value_or(Bytes()));
    Json json = {{"offset", record.offset},
                 {"timestamp", record.timestamp},
                 {"record", kind.name},
                 {"version", kind.version}};
    if (const auto text = metadataRecordText(kind))
        json["fields"] = *text;
    return json;
}

Json dataRecord(const RecordView& record)
{
    Json json = {{"offset", record.offset},
                 {"timestamp", record.timestamp},
                 {"key", textOf(record.key)},
                 {"value", textOf(record.value)}};
    if (record.sequence >= 0)
        json["sequence"] = record.sequence;
    Json headers = Json::array();
    for (RecordHeaders rest = record.headers; rest.count() > 0;) {
        const RecordHeader header = rest.next();
        headers.push_back(Json::array({textOf(header.key), textOf(header.value)}));
    }
    if (!headers.empty())
        json["headers"] = headers;
    return json;
}

Json batchOf(Bytes log, const BatchPosition& batch, bool metadata)
{
    const BatchHeader& header = batch.header;
    Json records = Json::array();
    const RecordsFault fault =
        forEachRecordDecompressed(batchBytes(log, batch), [&](const RecordView& record) {
            records.push_back(header.control() ? controlRecord(record)
                              : metadata       ? metadataRecord(record)
                                               : dataRecord(record));
        });
    Json json = {{"position", batch.position},
                 {"size", header.size()},
                 {"baseOffset", header.baseOffset},
                 {"lastOffset", header.lastOffset()},
                 {"count", header.recordCount},
                 {"partitionLeaderEpoch", header.partitionLeaderEpoch},
                 {"magic", header.magic},
                 {"crc", header.checksum},
                 {"crcValid", checkBatch(batchBytes(log, batch)) == BatchFault::None},
                 {"codec", codecName(static_cast<Codec>(header.codecNumber()))},
                 {"timestampType",
                  header.timestampType() == TimestampType::CreateTime ? "CreateTime" : "LogAppendTime"},
                 {"maxTimestamp", header.maxTimestamp},
                 {"producerId", header.producerId},
                 {"producerEpoch", header.producerEpoch},
                 {"baseSequence", header.baseSequence},
                 {"lastSequence", header.lastSequence()},
                 {"transactional", header.transactional()},
                 {"control", header.control()},
                 {"records", fault.ok() ? records : Json(fault.brokenRule())}};
    if (header.deleteHorizon())
        json["deleteHorizonMs"] = *header.deleteHorizon();
    return json;
}

Json logOf(Bytes log, const SegmentScan& scan, bool metadata)
{
    Json json = {{"batches", Json::array()}};
    for (const BatchPosition& batch : scan.batches)
        json["batches"].push_back(batchOf(log, batch, metadata));
    if (scan.fault && scan.fault->damage == SegmentDamage::TornTail)
        json["tornTailBytes"] = static_cast<std::int64_t>(log.size()) - scan.validBytes;
    return json;
}

Json snapshotOf(const ProducerSnapshot& snapshot)
{
    Json producers = Json::array();
    for (const ProducerSnapshotEntry& entry : snapshot.producers)
        producers.push_back({{"producerId", entry.producerId},
                             {"producerEpoch", entry.producerEpoch},
                             {"lastSequence", entry.lastSequence},
                             {"lastOffset", entry.lastOffset},
                             {"offsetDelta", entry.offsetDelta},
                             {"timestamp", entry.timestamp},
                             {"coordinatorEpoch", entry.coordinatorEpoch},
                             {"currentTxnFirstOffset", entry.currentTxnFirstOffset}});
    return {{"version", snapshot.version}, {"crc", snapshot.checksum}, {"producers", producers}};
}

Json abortedOf(const std::vector<AbortedTransaction>& aborted)
{
    Json entries = Json::array();
    for (const AbortedTransaction& entry : aborted)
        entries.push_back({{"version", 0},
                           {"producerId", entry.producerId},
                           {"firstOffset", entry.firstOffset},
                           {"lastOffset", entry.lastOffset},
                           {"lastStableOffset", entry.lastStableOffset}});
    return {{"entries", entries}};
}

Json entriesOf(const OffsetIndex& index)
{
    Json entries = Json::array();
    for (const OffsetPosition& entry : index.entries())
        entries.push_back({entry.offset, entry.position});
    return {{"entries", entries}};
}

Json entriesOf(const TimeIndex& index)
{
    Json entries = Json::array();
    for (const TimestampOffset& entry : index.entries())
        entries.push_back({entry.timestamp, entry.offset});
    return {{"entries", entries}};
}

const SegmentContents* segmentAt(const PartitionContents& contents, Offset baseOffset)
{
    for (const SegmentContents& segment : contents.segments) {
        if (segment.baseOffset == baseOffset)
            return &segment;
    }
    return nullptr;
}

Json fileOf(const std::string& name, const std::string& bytes, const PartitionContents& contents,
            bool metadata)
{
    const PartitionFileName parsed = partitionFileName(name);
    const SegmentContents* segment = segmentAt(contents, parsed.offset);
    switch (parsed.kind) {
    case PartitionFileKind::Log:
        return segment ? logOf(bytes, segment->scan, metadata) : Json();
    case PartitionFileKind::OffsetIndex:
        return segment ? entriesOf(segment->offsetIndex) : Json();
    case PartitionFileKind::TimeIndex:
        return segment ? entriesOf(segment->timeIndex) : Json();
    case PartitionFileKind::TransactionIndex:
        return segment ? abortedOf(segment->aborted) : Json();
    case PartitionFileKind::ProducerSnapshot:
        return contents.snapshots.contains(parsed.offset) ? snapshotOf(contents.snapshots.at(parsed.offset))
                                                          : Json();
    case PartitionFileKind::LeaderEpochCheckpoint:
        return {{"text", leaderEpochCheckpointText(contents.epochs)}};
    case PartitionFileKind::PartitionMetadata:
        return {{"text", contents.metadata ? partitionMetadataText(*contents.metadata) : ""}};
    case PartitionFileKind::Other:
        break;
    }
    if (name.ends_with(".checkpoint")) // a Raft snapshot has the form of a log
        return logOf(bytes, scanSegment(bytes, 0, name), metadata);
    return {{"text", bytes}};
}

} // namespace

Json dumpOf(const PartitionFiles& files, const PartitionContents& contents, const std::string& topicDirectory)
{
    const bool metadata = topicDirectory.starts_with("__cluster_metadata-");
    Json dump = Json::object();
    for (const auto& [name, bytes] : files) {
        dump[name] = fileOf(name, bytes, contents, metadata);
        dump[name]["size"] = bytes.size();
    }
    return dump;
}

Json comparable(Json dump)
{
    for (Json& file : dump) {
        file.erase("entryFormat");
        if (!file.contains("batches"))
            continue;
        for (Json& batch : file["batches"]) {
            for (Json& record : batch["records"]) {
                if (!knowsFieldsOf(record.value("record", "")))
                    record.erase("fields");
            }
        }
    }
    return dump;
}

} // namespace tideline::vectors
