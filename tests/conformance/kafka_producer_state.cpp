// SPDX-License-Identifier: GPL-3.0-or-later
// What Kafka's log accepted from producers and coordinators, and what it knew of them after every step, also
// after restarts and truncations.
#include "engine/log/producer_state.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <variant>

using namespace tideline;
using namespace tideline::vectors;

namespace {

constexpr Millis kStart = 1'000'000; // ms; the recorder's clock
constexpr const char* kPartition = "t-0";

BatchHeader batchOf(const Json& entry, Offset baseOffset, Millis now)
{
    BatchHeader batch;
    batch.baseOffset = baseOffset;
    batch.lastOffsetDelta = entry.at("count").get<std::int32_t>() - 1;
    batch.recordCount = batch.lastOffsetDelta + 1;
    batch.baseTimestamp = now;
    batch.maxTimestamp = now;
    batch.producerId = entry.at("pid").get<std::int64_t>();
    batch.producerEpoch = entry.at("epoch").get<std::int16_t>();
    batch.baseSequence = entry.at("seq").get<std::int32_t>();
    batch.attributes = entry.at("txn").get<bool>() ? batch_attributes::kTransactional : 0;
    return batch;
}

TransactionMarker markerOf(const Json& entry, Offset baseOffset, Millis now)
{
    TransactionMarker marker;
    marker.type = entry.at("type") == "ABORT" ? ControlType::Abort : ControlType::Commit;
    marker.baseOffset = baseOffset;
    marker.timestamp = now;
    marker.producerId = entry.at("pid").get<std::int64_t>();
    marker.producerEpoch = entry.at("epoch").get<std::int16_t>();
    marker.coordinatorEpoch = entry.at("coordinator_epoch").get<std::int32_t>();
    return marker;
}

Json toJson(const ProducerFault& fault)
{
    Json outcome = {{"error", std::string(errorName(fault.error))}};
    if (!fault.none())
        outcome["message"] = fault.message;
    return outcome;
}

Json appended(Offset base, Offset last)
{
    return {{"error", "NONE"}, {"base", base}, {"last", last}};
}

// A log of batches without their bytes, around the state that is tested.
class Log
{
public:
    explicit Log(const Json& config)
        : state_(kPartition, {config.at("transaction.partition.verification.enable").get<bool>(),
                              config.at("producer.id.expiration.ms").get<Millis>()})
    {}

    Json step(const Json& entry)
    {
        Json outcome = carryOut(entry);
        outcome["leo"] = logEnd_;
        outcome["hw"] = highWatermark_;
        outcome["lso"] = state_.lastStableOffset(highWatermark_);
        outcome["producers"] = Json::array();
        for (const auto& [producerId, producer] : state_.producers())
            outcome["producers"].push_back({producerId, producer.epoch, producer.lastSequence(),
                                            producer.coordinatorEpoch, producer.transactionStart});
        outcome["aborted"] = Json::array();
        for (const AbortedTransaction& aborted : aborted_)
            outcome["aborted"].push_back(
                {aborted.producerId, aborted.firstOffset, aborted.lastOffset, aborted.lastStableOffset});
        return outcome;
    }

private:
    using Batch = std::variant<BatchHeader, TransactionMarker>;

    static Offset baseOf(const Batch& batch)
    {
        return std::visit([](const auto& one) { return one.baseOffset; }, batch);
    }
    static Offset endOf(const Batch& batch)
    {
        const auto* data = std::get_if<BatchHeader>(&batch);
        return data ? data->nextOffset() : baseOf(batch) + 1;
    }

    Json carryOut(const Json& entry)
    {
        const std::string op = entry.at("op").get<std::string>();
        if (op == "append")
            return append(entry);
        if (op == "marker")
            return append(markerOf(entry, logEnd_, now_), entry.at("tv").get<TransactionVersion>());
        if (op == "hw")
            setHighWatermark(entry.at("to").get<Offset>());
        else if (op == "roll")
            roll();
        else if (op == "restart")
            restart();
        else if (op == "rebuild")
            rebuild();
        else if (op == "truncate")
            truncate(entry.at("to").get<Offset>());
        else {
            now_ += entry.at("advance").get<Millis>();
            state_.expire(now_);
        }
        return Json::object();
    }

    Json append(const Json& entry)
    {
        const BatchHeader batch = batchOf(entry, logEnd_, now_);
        std::int64_t guard = 0;
        if (entry.value("verify", false)) {
            const VerificationStart start =
                state_.startVerification(batch.producerId, batch.producerEpoch, batch.baseSequence,
                                         entry.at("supports_epoch_bump").get<bool>(), now_);
            if (!start.fault.none()) {
                Json outcome = toJson(start.fault);
                outcome["stage"] = "verification";
                return outcome;
            }
            guard = entry.value("guard_lost", false) ? 0 : start.guard;
        }
        if (batch.producerId != kNoProducerId) {
            const ProducerVerdict verdict = state_.check(batch, guard);
            if (!verdict.fault.none())
                return toJson(verdict.fault);
            if (verdict.duplicate) {
                Json outcome = appended(verdict.duplicate->baseOffset(), verdict.duplicate->lastOffset);
                outcome["duplicate"] = true;
                return outcome;
            }
        }
        return write(batch);
    }
    Json append(const TransactionMarker& marker, TransactionVersion version)
    {
        const ProducerFault fault = state_.check(marker, version);
        return fault.none() ? write(marker) : toJson(fault);
    }
    Json write(const Batch& batch)
    {
        batches_.push_back(batch);
        record(batch);
        logEnd_ = endOf(batch);
        return appended(baseOf(batch), logEnd_ - 1);
    }

    void record(const Batch& batch)
    {
        if (const auto* data = std::get_if<BatchHeader>(&batch))
            state_.record(*data);
        else if (const auto aborted = state_.record(std::get<TransactionMarker>(batch)))
            aborted_.push_back(*aborted);
    }

    void setHighWatermark(Offset to)
    {
        highWatermark_ = std::min(to, logEnd_);
        state_.onHighWatermark(highWatermark_);
    }
    void roll()
    {
        if (segments_.back() != logEnd_)
            segments_.push_back(logEnd_);
        state_.takeSnapshot();
    }
    void restart()
    {
        state_.takeSnapshot();
        state_.restart();
        reload();
    }
    // Every segment is scanned, and leaves a snapshot at its end.
    void rebuild()
    {
        state_.dropSnapshots();
        state_.restart();
        aborted_.clear();
        for (const Batch& batch : batches_) {
            if (std::find(segments_.begin(), segments_.end(), baseOf(batch)) != segments_.end())
                state_.takeSnapshot();
            record(batch);
        }
        state_.setEndOffset(logEnd_);
        state_.takeSnapshot();
        state_.restart();
        reload();
    }
    void truncate(Offset to)
    {
        if (to >= logEnd_)
            return;
        std::erase_if(batches_, [&](const Batch& batch) { return endOf(batch) > to; });
        std::erase_if(aborted_, [&](const AbortedTransaction& aborted) { return aborted.lastOffset >= to; });
        std::erase_if(segments_, [&](Offset base) { return base > to; });
        logEnd_ = to;
        reload();
        setHighWatermark(std::min(highWatermark_, logEnd_));
    }
    void reload()
    {
        if (state_.truncateAndReload(0, logEnd_, now_)) {
            const std::vector<AbortedTransaction> known = aborted_;
            const Offset from = state_.endOffset();
            for (const Batch& batch : batches_) {
                if (baseOf(batch) >= from)
                    record(batch);
            }
            aborted_ = known; // the index is on disk
        }
        state_.setEndOffset(logEnd_);
        state_.takeSnapshot();
    }

    ProducerState state_;
    std::vector<Batch> batches_;
    std::vector<Offset> segments_{0}; // base offsets
    std::vector<AbortedTransaction> aborted_;
    Offset logEnd_ = 0;
    Offset highWatermark_ = 0;
    Millis now_ = kStart;
};

std::optional<Mismatch> replayLog(const VectorCase& testCase)
{
    Log log(testCase.config);
    return compareEach(testCase.input, testCase.expect,
                       [&log](const Json& input) { return log.step(input); });
}

} // namespace

class KafkaProducerState : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayLog); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/producer-state.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 167,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaProducerState)
#include "kafka_producer_state.moc"
