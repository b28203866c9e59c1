// SPDX-License-Identifier: GPL-3.0-or-later
// ProducerState: what one partition's log knows of its producers and their transactions (Kafka's
// ProducerStateManager; KIP-98, KIP-360, KIP-890).
//
// 1. It is a function of the log: recording every batch from a snapshot on gives the same state again, but
// for the duplicates, of which a snapshot keeps the last batch of each producer only.
// 2. A leader checks a batch first and records it when the check finds no fault; a follower only records.
// 3. A transaction is unstable from its first offset until the high watermark has passed its marker.
// A value; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/log/producer_check.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tideline {

struct ProducerStateConfig
{
    bool transactionVerification = true;      // transaction.partition.verification.enable
    Millis producerIdExpiration = 86'400'000; // producer.id.expiration.ms
    TIDELINE_FIELDS(ProducerStateConfig, transactionVerification, producerIdExpiration)
};

// An entry of the transaction index: read_committed consumers skip these records.
struct AbortedTransaction
{
    std::int64_t producerId = kNoProducerId;
    Offset firstOffset = kUnknownOffset;
    Offset lastOffset = kUnknownOffset;       // of the marker
    Offset lastStableOffset = kUnknownOffset; // once the marker is replicated
    TIDELINE_FIELDS(AbortedTransaction, producerId, firstOffset, lastOffset, lastStableOffset)
};

// What the check of a data batch says: a fault, or where the same batch lies already, or neither.
struct ProducerVerdict
{
    ProducerFault fault;
    std::optional<AppendedBatch> duplicate;
};

// What startVerification() gives: a fault or a guard, 0 when nothing has to be verified.
struct VerificationStart
{
    ProducerFault fault;
    std::int64_t guard = 0;
};

class ProducerState
{
public:
    using Producers = std::map<std::int64_t, ProducerEntry>; // by producer id

    // `partition` is as in "orders-0", for messages.
    explicit ProducerState(std::string partition = {}, const ProducerStateConfig& config = {})
        : partition_(std::move(partition))
        , config_(config)
    {}

    const Producers& producers() const { return *producers_; }
    // Null when nothing is known of it.
    const ProducerEntry* find(std::int64_t producerId) const;
    // Offset after the last one that is taken into account.
    Offset endOffset() const { return endOffset_; }

    // The coordinator is to be asked whether the transaction holds this partition; `now` in ms.
    VerificationStart startVerification(std::int64_t producerId, std::int16_t epoch, std::int32_t sequence,
                                        bool supportsEpochBump, Millis now);

    // A client's batch with a producer id, its base offset set. `guard` is that of its verification, or 0.
    ProducerVerdict check(const BatchHeader& batch, std::int64_t guard) const;
    ProducerFault check(const TransactionMarker& marker, TransactionVersion version) const;

    // The batch is in the log. Of batches without a producer id only the offsets count.
    void record(const BatchHeader& batch);
    // The marker is in the log; what it aborted, if anything.
    std::optional<AbortedTransaction> record(const TransactionMarker& marker);

    // What ends below it is replicated, and no longer unstable.
    void onHighWatermark(Offset highWatermark);
    // The first offset of the oldest transaction that is undecided or whose marker is not yet replicated.
    std::optional<Offset> firstUnstableOffset() const;
    Offset lastStableOffset(Offset highWatermark) const;

    // Forgets producers without a transaction that have been silent for producerIdExpiration.
    void expire(Millis now);

    // Keeps the state at the end offset for later; at every roll and at a clean shutdown.
    void takeSnapshot();
    void dropSnapshots();
    // After the log has been cut at `logEnd` <= endOffset(), or read anew: the state of the latest snapshot
    // at or below it. True when what the log holds from endOffset() on is to be recorded again.
    bool truncateAndReload(Offset logStart, Offset logEnd, Millis now);
    // The log ends here, whatever was recorded.
    void setEndOffset(Offset offset) { endOffset_ = offset; }
    // A new process: only the snapshots are left.
    void restart();

    TIDELINE_FIELDS(ProducerState, partition_, config_, producers_, ongoing_, unreplicated_, verifications_,
                    snapshots_, nextGuard_, endOffset_)

private:
    struct Transaction
    {
        std::int64_t producerId = kNoProducerId;
        Offset lastOffset = kUnknownOffset; // of the marker, once it is there
        TIDELINE_FIELDS(Transaction, producerId, lastOffset)
    };
    using Transactions = std::map<Offset, Transaction>; // by first offset

    bool inTransaction(std::int64_t producerId, std::int16_t epoch) const;
    bool expired(const ProducerEntry& entry, Millis now) const;
    void loadSnapshot(Offset logStart, Millis now);

    std::string partition_;
    ProducerStateConfig config_;
    Cow<Producers> producers_;
    Cow<Transactions> ongoing_;
    Cow<Transactions> unreplicated_;
    Cow<std::map<std::int64_t, TransactionVerification>> verifications_; // by producer id
    Cow<std::map<Offset, Cow<Producers>>> snapshots_;                    // by end offset
    std::int64_t nextGuard_ = 1;
    Offset endOffset_ = 0;
};

} // namespace tideline
