// SPDX-License-Identifier: GPL-3.0-or-later
// Record batches as Kafka's MemoryRecordsBuilder wrote them and DefaultRecordBatch read them, damaged ones
// included.
#include "engine/log/batch_frame.h"
#include "engine/log/compressed_batch.h"
#include "engine/log/control_batch.h"
#include "engine/log/record_batch_writer.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::vectors;

namespace {

NullableBytes nullable(const std::optional<std::string>& bytes)
{
    return bytes ? NullableBytes(*bytes) : std::nullopt;
}

std::optional<std::string> bytesOf(const Json& hex)
{
    return hex.is_null() ? std::nullopt : std::optional(fromHex(hex.get<std::string>()));
}

Json hexOf(const NullableBytes& bytes)
{
    return bytes ? Json(toHex(std::string(*bytes))) : Json();
}

BatchFields fieldsOf(const Json& config)
{
    BatchFields fields;
    fields.baseOffset = config.at("base_offset").get<Offset>();
    fields.partitionLeaderEpoch = config.at("leader_epoch").get<LeaderEpoch>();
    fields.producerId = config.at("producer_id").get<std::int64_t>();
    fields.producerEpoch = config.at("producer_epoch").get<std::int16_t>();
    fields.baseSequence = config.at("base_seq").get<std::int32_t>();
    fields.transactional = config.at("transactional").get<bool>();
    if (config.at("ts_type") == "LogAppendTime")
        fields.logAppendTime = config.at("append_time").get<Millis>();
    if (config.contains("delete_horizon"))
        fields.deleteHorizon = config.at("delete_horizon").get<Millis>();
    return fields;
}

BatchFault appendRecord(RecordBatchWriter& writer, const Json& record)
{
    const auto key = bytesOf(record.at("key"));
    const auto value = bytesOf(record.at("value"));
    std::vector<std::pair<std::string, std::optional<std::string>>> owned;
    for (const Json& header : record.value("headers", Json::array()))
        owned.emplace_back(header.at(0).get<std::string>(), bytesOf(header.at(1)));
    std::vector<RecordHeader> headers;
    for (const auto& [name, content] : owned)
        headers.push_back({name, nullable(content)});
    return writer.appendAt(record.at("offset").get<Offset>(), record.at("ts").get<Millis>(), nullable(key),
                           nullable(value), headers);
}

Codec codecOf(const std::string& name)
{
    for (const Codec codec : {Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd}) {
        if (name == codecName(codec))
            return codec;
    }
    return Codec::None;
}

BatchFault encode(const VectorCase& testCase, Chunk& batch)
{
    RecordBatchWriter writer(fieldsOf(testCase.config));
    for (const Json& record : testCase.input) {
        if (const BatchFault fault = appendRecord(writer, record); fault != BatchFault::None)
            return fault;
    }
    if (testCase.config.contains("last_offset")) {
        const BatchFault fault = writer.overrideLastOffset(testCase.config.at("last_offset").get<Offset>());
        if (fault != BatchFault::None)
            return fault;
    }
    const BatchFault fault = writer.close(batch);
    const Codec codec = codecOf(testCase.config.at("codec").get<std::string>());
    if (fault == BatchFault::None && codec != Codec::None)
        batch = compressBatch(batch.bytes(), codec);
    return fault;
}

Json recordsOf(Bytes batch)
{
    Json records = Json::array();
    const RecordsFault fault = forEachRecordDecompressed(batch, [&](const RecordView& record) {
        Json headers = Json::array();
        for (RecordHeaders rest = record.headers; rest.count() > 0;) {
            const RecordHeader header = rest.next();
            headers.push_back(Json::array({std::string(header.key), hexOf(header.value)}));
        }
        records.push_back({{"offset", record.offset},
                           {"ts", record.timestamp},
                           {"key", hexOf(record.key)},
                           {"value", hexOf(record.value)},
                           {"headers", headers},
                           {"seq", record.sequence}});
    });
    return fault.ok() ? records : Json(fault.brokenRule());
}

Json describe(Bytes batch)
{
    const BatchHeader header = readBatchHeader(batch);
    Json json = {
        {"base_offset", header.baseOffset},
        {"last_offset", header.lastOffset()},
        {"next_offset", header.nextOffset()},
        {"count", header.recordCount},
        {"size", header.size()},
        {"leader_epoch", header.partitionLeaderEpoch},
        {"codec", codecName(static_cast<Codec>(header.codecNumber()))},
        {"ts_type", header.timestampType() == TimestampType::CreateTime ? "CreateTime" : "LogAppendTime"},
        {"base_ts", header.baseTimestamp},
        {"max_ts", header.maxTimestamp},
        {"producer_id", header.producerId},
        {"producer_epoch", header.producerEpoch},
        {"base_seq", header.baseSequence},
        {"last_seq", header.lastSequence()},
        {"transactional", header.transactional()},
        {"control", header.control()},
        {"crc", header.checksum},
        {"valid", checkBatch(batch) == BatchFault::None},
        {"records", recordsOf(batch)}};
    if (header.deleteHorizon())
        json["delete_horizon"] = *header.deleteHorizon();
    return json;
}

// What the reader sees in bytes that are sound.
Json decoded(Bytes bytes)
{
    Json batches = Json::array();
    for (BatchFrame frame = firstBatch(bytes); !frame.batch.empty(); frame = firstBatch(bytes)) {
        batches.push_back(describe(frame.batch));
        bytes.remove_prefix(frame.batch.size());
    }
    return batches;
}

// Compressed bytes are the library's: those recorded must be read, and ours must hold the same.
std::optional<Mismatch> compareCompressed(const Json& expect, Bytes batch)
{
    const std::string recorded = fromHex(expect.at("bytes").get<std::string>());
    if (auto mismatch = compare(-1, expect.at("batches"), decoded(recorded)))
        return mismatch;
    Json expected = expect.at("batches");
    Json ours = decoded(batch);
    for (Json* batches : {&expected, &ours}) {
        for (Json& one : *batches) {
            one.erase("size");
            one.erase("crc");
        }
    }
    return compare(-1, expected, ours);
}

std::optional<Mismatch> replayEncode(const VectorCase& testCase)
{
    Chunk batch;
    const BatchFault fault = encode(testCase, batch);
    if (fault != BatchFault::None || testCase.expect.contains("error"))
        return compare(-1, testCase.expect.value("error", Json()), exceptionClass(fault));
    if (testCase.config.at("codec") != "none")
        return compareCompressed(testCase.expect, batch.bytes());
    return compare(-1, testCase.expect,
                   {{"bytes", toHex(std::string(batch.bytes()))}, {"batches", decoded(batch.bytes())}});
}

Chunk markerOf(const Json& input)
{
    TransactionMarker marker;
    marker.type = input.at("marker") == "COMMIT" ? ControlType::Commit : ControlType::Abort;
    marker.baseOffset = input.at("base_offset").get<Offset>();
    marker.timestamp = input.at("ts").get<Millis>();
    marker.partitionLeaderEpoch = input.at("leader_epoch").get<LeaderEpoch>();
    marker.producerId = input.at("producer_id").get<std::int64_t>();
    marker.producerEpoch = input.at("producer_epoch").get<std::int16_t>();
    marker.coordinatorEpoch = input.at("coordinator_epoch").get<std::int32_t>();
    return transactionMarkerBatch(marker);
}

Chunk leaderChangeOf(const Json& input)
{
    LeaderChange change;
    change.leader = input.at("leader_change").get<BrokerId>();
    change.voters = input.at("voters").get<std::vector<BrokerId>>();
    change.grantingVoters = input.at("granting").get<std::vector<BrokerId>>();
    change.baseOffset = input.at("base_offset").get<Offset>();
    change.timestamp = input.at("ts").get<Millis>();
    change.leaderEpoch = input.at("leader_epoch").get<LeaderEpoch>();
    return leaderChangeBatch(change);
}

Chunk emptyOf(const Json& input)
{
    EmptyBatch batch;
    batch.baseOffset = input.at("base_offset").get<Offset>();
    batch.lastOffset = input.at("last_offset").get<Offset>();
    batch.maxTimestamp = input.at("max_ts").get<Millis>();
    batch.partitionLeaderEpoch = input.at("leader_epoch").get<LeaderEpoch>();
    batch.producerId = input.at("producer_id").get<std::int64_t>();
    batch.producerEpoch = input.at("producer_epoch").get<std::int16_t>();
    batch.baseSequence = input.at("base_seq").get<std::int32_t>();
    return emptyBatch(batch);
}

std::optional<Mismatch> replayControl(const VectorCase& testCase)
{
    const Json& input = testCase.input;
    const Chunk batch = input.contains("marker")          ? markerOf(input)
                        : input.contains("leader_change") ? leaderChangeOf(input)
                                                          : emptyOf(input.at("empty_header"));
    return compare(-1, testCase.expect,
                   {{"bytes", toHex(std::string(batch.bytes()))}, {"batches", decoded(batch.bytes())}});
}

// Reads damaged bytes as the recorder did: frames, then the check, then the records, until something is
// wrong.
std::optional<Mismatch> replayDamaged(const VectorCase& testCase)
{
    const std::string held = fromHex(testCase.input.at(0).get<std::string>());
    Json batches = Json::array();
    RecordsFault fault;
    const char* stage = "frame";
    for (Bytes rest = held; fault.ok();) {
        const BatchFrame frame = firstBatch(rest);
        fault.batch = frame.fault;
        if (frame.batch.empty())
            break;
        rest.remove_prefix(frame.batch.size());
        batches.push_back({{"base_offset", loadBigEndian<std::int64_t>(frame.batch.data())},
                           {"size", frame.batch.size()},
                           {"magic", kMagicV2}});
        stage = "check";
        fault.batch = checkBatch(frame.batch);
        if (!fault.ok())
            break;
        stage = "records";
        int records = 0;
        fault = forEachRecordDecompressed(frame.batch, [&](const RecordView&) { ++records; });
        if (!fault.ok())
            break;
        stage = "frame";
        batches.back()["records"] = records;
    }
    Json actual = {{"error", fault.ok() ? Json() : Json(fault.exceptionClass())}, {"batches", batches}};
    if (!fault.ok())
        actual["stage"] = stage;
    Json expected = testCase.expect;
    expected.erase("message"); // our own wording
    return compare(0, expected, actual);
}

} // namespace

class KafkaRecordBatch : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay()
    {
        file_.judge([](const VectorCase& testCase) {
            const std::string kind = testCase.config.value("kind", "");
            return kind == "encode"    ? replayEncode(testCase)
                   : kind == "control" ? replayControl(testCase)
                                       : replayDamaged(testCase);
        });
    }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/record-batch.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 443,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaRecordBatch)
#include "kafka_record_batch.moc"
