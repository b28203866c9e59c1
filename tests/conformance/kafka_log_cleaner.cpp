// SPDX-License-Identifier: GPL-3.0-or-later
// What Kafka's cleaner left of logs, batch by batch with their checksums, after every pass.
#include "engine/log/control_batch.h"
#include "engine/log/log_cleaner.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_batch_writer.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::vectors;

namespace {

constexpr Millis kStart = 1'000'000; // ms; the recorder's clock
constexpr LeaderEpoch kEpoch = 0;

std::optional<std::string> textOf(const Json& value)
{
    return value.is_null() ? std::nullopt : std::optional<std::string>(value.get<std::string>());
}

Json toJson(const NullableBytes& bytes)
{
    return bytes ? Json(std::string(*bytes)) : Json();
}

Chunk dataBatch(const Json& entry, Offset baseOffset)
{
    BatchFields fields;
    fields.baseOffset = baseOffset;
    fields.partitionLeaderEpoch = kEpoch;
    fields.producerId = entry.value("pid", kNoProducerId);
    fields.producerEpoch = entry.value("epoch", kNoProducerEpoch);
    fields.baseSequence = entry.value("seq", kNoSequence);
    fields.transactional = entry.value("txn", false);
    RecordBatchWriter writer(fields);
    for (const Json& record : entry.at("records")) {
        const auto key = textOf(record.at(0));
        const auto value = textOf(record.at(1));
        if (writer.append(record.at(2).get<Millis>(), key, value) != BatchFault::None)
            qFatal("the record cannot be written");
    }
    Chunk batch;
    if (writer.close(batch) != BatchFault::None)
        qFatal("the batch cannot be closed");
    return batch;
}

Json recordsOf(Bytes batch, bool control)
{
    Json records = Json::array();
    forEachRecord(batch, [&](const RecordView& record) {
        if (control)
            records.push_back({record.offset, "marker"});
        else
            records.push_back({record.offset, toJson(record.key), toJson(record.value), record.timestamp});
    });
    return records;
}

Json toJson(const Chunk& chunk)
{
    const BatchHeader batch = readBatchHeader(chunk.bytes());
    Json described = {{"base", batch.baseOffset},
                      {"last", batch.lastOffset()},
                      {"size", batch.size()},
                      {"crc", batch.checksum},
                      {"records", recordsOf(chunk.bytes(), batch.control())}};
    if (const auto horizon = batch.deleteHorizon())
        described["horizon"] = *horizon;
    if (batch.producerId != kNoProducerId)
        described["producer"] = {batch.producerId, batch.producerEpoch, batch.baseSequence};
    if (batch.control())
        described["control"] = true;
    if (batch.transactional())
        described["txn"] = true;
    return described;
}

class Log
{
public:
    explicit Log(const Json& config)
    {
        config_.deleteRetention = config.at("delete.retention.ms").get<Millis>();
        config_.minCompactionLag = config.at("min.compaction.lag.ms").get<Millis>();
        config_.segmentBytes = config.at("segment.bytes").get<std::int64_t>();
        config_.offsetMapSlots = config.at("offset_map_slots").get<std::int64_t>();
    }

    Json step(const Json& entry)
    {
        const std::string op = entry.at("op").get<std::string>();
        if (op == "append")
            return append(dataBatch(entry, end()));
        if (op == "marker")
            return appendMarker(entry);
        if (op == "clean")
            return clean();
        if (op == "roll")
            roll();
        else
            now_ += entry.at("ms").get<Millis>();
        return Json::object();
    }

private:
    Offset end() const { return state_.endOffset(); }

    void roll()
    {
        if (segments_.back().baseOffset != end())
            segments_.push_back(LogSegment{end(), {}, {}});
    }
    void write(const Chunk& batch)
    {
        const auto size = static_cast<std::int64_t>(batch.size());
        if (segments_.back().bytes() > config_.segmentBytes - size)
            roll();
        segments_.back().batches.push_back(batch);
    }
    Json append(const Chunk& batch)
    {
        const Offset base = end();
        write(batch);
        state_.record(readBatchHeader(batch.bytes()));
        return {{"base", base}};
    }
    Json appendMarker(const Json& entry)
    {
        TransactionMarker marker;
        marker.type = entry.at("type") == "ABORT" ? ControlType::Abort : ControlType::Commit;
        marker.baseOffset = end();
        marker.timestamp = now_;
        marker.partitionLeaderEpoch = kEpoch;
        marker.producerId = entry.at("pid").get<std::int64_t>();
        marker.producerEpoch = entry.at("epoch").get<std::int16_t>();
        write(transactionMarkerBatch(marker));
        if (const auto aborted = state_.record(marker))
            segments_.back().aborted.push_back(*aborted);
        return {{"base", marker.baseOffset}};
    }

    Json clean()
    {
        state_.onHighWatermark(end());
        const CleanableRange range =
            cleanableRange(segments_, checkpoint_, state_.lastStableOffset(end()), config_, now_);
        const LogToClean toClean = logToClean(segments_, range);
        CleanedLog cleaned = cleanLog(segments_, toClean, state_.producers(), config_, now_);
        segments_ = std::move(cleaned.segments);
        checkpoint_ = cleaned.nextDirty;
        Json outcome = {{"first_dirty", range.firstDirty},
                        {"first_uncleanable", range.firstUncleanable},
                        {"clean_bytes", toClean.cleanBytes},
                        {"cleanable_bytes", toClean.cleanableBytes},
                        {"next_dirty", cleaned.nextDirty},
                        {"written", cleaned.recordsKept},
                        {"read", cleaned.recordsRead},
                        {"segments", Json::array()},
                        {"log_start", 0},
                        {"leo", end()}};
        for (const LogSegment& segment : segments_) {
            Json batches = Json::array();
            for (const Chunk& batch : segment.batches)
                batches.push_back(toJson(batch));
            outcome["segments"].push_back(
                {{"base", segment.baseOffset}, {"bytes", segment.bytes()}, {"batches", batches}});
        }
        return outcome;
    }

    CompactionConfig config_;
    std::vector<LogSegment> segments_{LogSegment{}};
    ProducerState state_;
    std::optional<Offset> checkpoint_;
    Millis now_ = kStart;
};

std::optional<Mismatch> replayLog(const VectorCase& testCase)
{
    Log log(testCase.config);
    return compareEach(testCase.input, testCase.expect,
                       [&log](const Json& input) { return log.step(input); });
}

} // namespace

class KafkaLogCleaner : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayLog); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/log-cleaner.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 87,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaLogCleaner)
#include "kafka_log_cleaner.moc"
