// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a leader may append what a producer or a transaction coordinator sent: sequences and epochs held
// against what the partition remembers (Kafka's ProducerAppendInfo; KIP-98, KIP-890).
//
// Pure functions; any thread. What was found sound is then recorded by producer_state.h.
#pragma once

#include "engine/base/ids.h"
#include "engine/log/control_batch.h"
#include "engine/log/producer_entry.h"
#include "engine/log/record_batch.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tideline {

enum class ProducerError : std::uint8_t {
    None,
    OutOfOrderSequenceNumber,
    InvalidProducerEpoch,
    InvalidTxnState,
    TransactionCoordinatorFenced
};

// "OUT_OF_ORDER_SEQUENCE_NUMBER": the name as Kafka writes it.
std::string_view errorName(ProducerError error);

struct ProducerFault
{
    ProducerError error = ProducerError::None;
    std::string message; // Kafka's words; empty without an error

    bool none() const { return error == ProducerError::None; }
};

// The transaction.version by which a marker is judged: from 2 on its epoch is greater than that of the data.
using TransactionVersion = std::int16_t;

// A transaction whose membership the coordinator is asked for before its first batch is appended. It lives
// until that append, the marker, or its expiry.
struct TransactionVerification
{
    std::int64_t guard = 0;          // unique in the partition, > 0: a late answer does not open another one
    std::int32_t lowestSequence = 0; // seen since it began: no later batch may overtake it
    std::int16_t epoch = kNoProducerEpoch;
    bool supportsEpochBump = false; // the client knows transaction.version 2
    Millis began = 0;               // ms
    TIDELINE_FIELDS(TransactionVerification, guard, lowestSequence, epoch, supportsEpochBump, began)
};

// The refusal of an epoch that has been replaced, as all that begins something is told.
ProducerFault staleEpoch(std::int64_t producerId, std::int16_t epoch, std::int16_t current);

// A data batch whose base offset is set. `entry` is what is known of its producer (an empty one: nothing),
// `verification` is null when none runs, `partition` is as in "orders-0".
ProducerFault checkDataBatch(const BatchHeader& batch, const ProducerEntry& entry,
                             const TransactionVerification* verification, std::string_view partition);

// A marker at its base offset.
ProducerFault checkMarker(const TransactionMarker& marker, TransactionVersion version,
                          const ProducerEntry& entry, std::string_view partition);

} // namespace tideline
