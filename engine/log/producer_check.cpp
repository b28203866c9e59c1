// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/producer_check.h"

#include <limits>

namespace tideline {
namespace {

constexpr TransactionVersion kUnknownVersion = -1; // of data: it does not say

std::string text(std::int64_t number)
{
    return std::to_string(number);
}

// "producer 7 at offset 10 in partition orders-0", which is in most messages.
std::string atOffset(const std::string& producer, Offset offset, std::string_view partition)
{
    return producer + " at offset " + text(offset) + " in partition " + std::string(partition);
}

// A marker of version 2 needs a new epoch, unless it repeats one that has ended its transaction already, or
// there is no higher one.
bool epochIsCurrent(std::int16_t epoch, TransactionVersion version, const ProducerEntry& entry)
{
    if (epoch != entry.epoch || version < 2)
        return epoch >= entry.epoch;
    return !entry.inTransaction() || epoch == std::numeric_limits<std::int16_t>::max();
}

ProducerFault checkEpoch(std::int64_t producerId, std::int16_t epoch, Offset offset,
                         TransactionVersion version, const ProducerEntry& entry, std::string_view partition)
{
    if (epochIsCurrent(epoch, version, entry))
        return {};
    return {ProducerError::InvalidProducerEpoch,
            "Epoch of producer " + text(producerId) + " at offset " + text(offset) + " in " +
                std::string(partition) + " is " + text(epoch) + ", which is " + (version >= 2 ? "<=" : "<") +
                " the last seen epoch " + text(entry.epoch) + " (TV" + text(version) + ")"};
}

// The sequence after `last`; 0 after none.
bool inSequence(std::int32_t last, std::int32_t next)
{
    return last == kNoSequence ? next == 0 : next == incrementSequence(last, 1);
}

ProducerFault checkSequence(const BatchHeader& batch, const ProducerEntry& entry,
                            const TransactionVerification* verification, std::string_view partition)
{
    const std::int32_t first = batch.baseSequence;
    const auto refused = [&](const char* what, const std::string& numbers) {
        return ProducerFault{ProducerError::OutOfOrderSequenceNumber,
                             atOffset(what + text(batch.producerId), batch.baseOffset, partition) + ": " +
                                 numbers};
    };
    if (verification && verification->supportsEpochBump && first != 0 && !entry.hasBatches())
        return refused("Invalid sequence number for producer ",
                       text(first) + " (incoming seq. number). Expected sequence 0 for transactions v2 "
                                     "idempotent producer with no existing state.");
    constexpr const char* kOutOfOrder = "Out of order sequence number for producer ";
    if (verification && first > verification->lowestSequence)
        return refused(kOutOfOrder, text(first) + " (incoming seq. number), " +
                                        text(verification->lowestSequence) + " (earliest seen sequence)");
    if (entry.epoch == kNoProducerEpoch)
        return {}; // all its records may have been deleted: any number is as good as another
    if (batch.producerEpoch != entry.epoch) {
        if (first == 0)
            return {};
        return refused("Invalid sequence number for new epoch of producer ",
                       text(batch.producerEpoch) + " (request epoch), " + text(first) + " (seq. number), " +
                           text(entry.epoch) + " (current producer epoch)");
    }
    if (inSequence(entry.lastSequence(), first))
        return {};
    return refused(kOutOfOrder, text(first) + " (incoming seq. number), " + text(entry.lastSequence()) +
                                    " (current end sequence number)");
}

} // namespace

std::string_view errorName(ProducerError error)
{
    switch (error) {
    case ProducerError::None:
        return "NONE";
    case ProducerError::OutOfOrderSequenceNumber:
        return "OUT_OF_ORDER_SEQUENCE_NUMBER";
    case ProducerError::InvalidProducerEpoch:
        return "INVALID_PRODUCER_EPOCH";
    case ProducerError::InvalidTxnState:
        return "INVALID_TXN_STATE";
    case ProducerError::TransactionCoordinatorFenced:
        return "TRANSACTION_COORDINATOR_FENCED";
    }
    return "";
}

ProducerFault staleEpoch(std::int64_t producerId, std::int16_t epoch, std::int16_t current)
{
    return {ProducerError::InvalidProducerEpoch,
            "Epoch of producer " + text(producerId) + " is " + text(epoch) +
                ", which is smaller than the last seen epoch " + text(current)};
}

ProducerFault checkDataBatch(const BatchHeader& batch, const ProducerEntry& entry,
                             const TransactionVerification* verification, std::string_view partition)
{
    if (ProducerFault fault = checkEpoch(batch.producerId, batch.producerEpoch, batch.baseOffset,
                                         kUnknownVersion, entry, partition);
        !fault.none())
        return fault;
    if (ProducerFault fault = checkSequence(batch, entry, verification, partition); !fault.none())
        return fault;
    // Kafka names segment and position here, and does not know them either.
    if (entry.inTransaction() && !batch.transactional())
        return {ProducerError::InvalidTxnState,
                "Expected transactional write from producer " + text(batch.producerId) +
                    " at offset (offset=" + text(batch.baseOffset) + ", segment=[-1:-1]) in partition " +
                    std::string(partition)};
    return {};
}

ProducerFault checkMarker(const TransactionMarker& marker, TransactionVersion version,
                          const ProducerEntry& entry, std::string_view partition)
{
    if (ProducerFault fault =
            checkEpoch(marker.producerId, marker.producerEpoch, marker.baseOffset, version, entry, partition);
        !fault.none())
        return fault;
    if (entry.coordinatorEpoch > marker.coordinatorEpoch)
        return {ProducerError::TransactionCoordinatorFenced,
                atOffset("Invalid coordinator epoch for producerId " + text(marker.producerId),
                         marker.baseOffset, partition) +
                    ": " + text(marker.coordinatorEpoch) + " (zombie), " + text(entry.coordinatorEpoch) +
                    " (current)"};
    return {};
}

} // namespace tideline
