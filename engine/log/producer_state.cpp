// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/producer_state.h"

#include <algorithm>

namespace tideline {
namespace {

// What a snapshot keeps of a producer: of the cached batches the last one.
ProducerEntry withLastBatchOnly(const ProducerEntry& entry)
{
    ProducerEntry kept = entry;
    kept.batches.fill(AppendedBatch{});
    kept.batchCount = 0;
    if (entry.hasBatches())
        kept.add(entry.lastBatch());
    return kept;
}

} // namespace

const ProducerEntry* ProducerState::find(std::int64_t producerId) const
{
    const auto found = producers_->find(producerId);
    return found == producers_->end() ? nullptr : &found->second;
}

bool ProducerState::inTransaction(std::int64_t producerId, std::int16_t epoch) const
{
    const ProducerEntry* entry = find(producerId);
    return entry && entry->inTransaction() && entry->epoch == epoch;
}

VerificationStart ProducerState::startVerification(std::int64_t producerId, std::int16_t epoch,
                                                   std::int32_t sequence, bool supportsEpochBump, Millis now)
{
    const ProducerEntry* entry = find(producerId);
    if (entry && epoch < entry->epoch)
        return {staleEpoch(producerId, epoch, entry->epoch), 0};
    if (inTransaction(producerId, epoch))
        return {};
    const auto [at, isNew] = verifications_.edit().try_emplace(
        producerId, TransactionVerification{nextGuard_, sequence, epoch, supportsEpochBump, now});
    TransactionVerification& verification = at->second;
    if (isNew)
        ++nextGuard_;
    if (epoch == verification.epoch)
        verification.lowestSequence = std::min(verification.lowestSequence, sequence);
    if (epoch > verification.epoch) {
        verification.epoch = epoch;
        verification.lowestSequence = sequence;
    }
    return {{}, verification.guard};
}

ProducerVerdict ProducerState::check(const BatchHeader& batch, std::int64_t guard) const
{
    const ProducerEntry* known = find(batch.producerId);
    if (known && known->epoch == batch.producerEpoch) {
        if (const AppendedBatch* same = known->find(batch.baseSequence, batch.lastSequence()))
            return {{}, *same};
    }
    const auto found = verifications_->find(batch.producerId);
    const TransactionVerification* verification = found == verifications_->end() ? nullptr : &found->second;
    if (batch.transactional() && !inTransaction(batch.producerId, batch.producerEpoch)) {
        if (known && batch.producerEpoch < known->epoch)
            return {staleEpoch(batch.producerId, batch.producerEpoch, known->epoch), {}};
        if (config_.transactionVerification && !(verification && verification->guard == guard))
            return {{ProducerError::InvalidTxnState, "Record was not part of an ongoing transaction"}, {}};
    }
    return {checkDataBatch(batch, known ? *known : ProducerEntry{}, verification, partition_), {}};
}

ProducerFault ProducerState::check(const TransactionMarker& marker, TransactionVersion version) const
{
    const ProducerEntry* known = find(marker.producerId);
    if (known && marker.producerEpoch < known->epoch)
        return staleEpoch(marker.producerId, marker.producerEpoch, known->epoch);
    return checkMarker(marker, version, known ? *known : ProducerEntry{}, partition_);
}

void ProducerState::record(const BatchHeader& batch)
{
    endOffset_ = batch.nextOffset();
    if (batch.producerId == kNoProducerId || batch.control())
        return;
    ProducerEntry& entry = producers_.edit()[batch.producerId];
    entry.setEpoch(batch.producerEpoch);
    entry.add({batch.lastSequence(), batch.lastOffset(), batch.lastOffsetDelta, batch.maxTimestamp});
    entry.lastTimestamp = batch.maxTimestamp;
    if (!batch.transactional())
        return;
    if (!entry.inTransaction()) {
        entry.transactionStart = batch.baseOffset;
        ongoing_.edit()[batch.baseOffset] = Transaction{batch.producerId, kUnknownOffset};
    }
    verifications_.edit().erase(batch.producerId);
}

std::optional<AbortedTransaction> ProducerState::record(const TransactionMarker& marker)
{
    endOffset_ = marker.baseOffset + 1;
    ProducerEntry& entry = producers_.edit()[marker.producerId];
    const Offset start = entry.transactionStart;
    entry.setEpoch(marker.producerEpoch);
    entry.coordinatorEpoch = marker.coordinatorEpoch;
    entry.lastTimestamp = marker.timestamp;
    entry.transactionStart = kUnknownOffset;
    verifications_.edit().erase(marker.producerId);
    if (start == kUnknownOffset)
        return std::nullopt; // nothing of the transaction is here
    ongoing_.edit().erase(start);
    unreplicated_.edit()[start] = Transaction{marker.producerId, marker.baseOffset};
    if (marker.type != ControlType::Abort)
        return std::nullopt;
    const Offset stable = ongoing_->empty() ? marker.baseOffset + 1 : ongoing_->begin()->first;
    return AbortedTransaction{marker.producerId, start, marker.baseOffset, stable};
}

void ProducerState::onHighWatermark(Offset highWatermark)
{
    const auto replicated = [&](const auto& item) { return item.second.lastOffset < highWatermark; };
    if (std::any_of(unreplicated_->begin(), unreplicated_->end(), replicated))
        std::erase_if(unreplicated_.edit(), replicated);
}

std::optional<Offset> ProducerState::firstUnstableOffset() const
{
    std::optional<Offset> first;
    for (const Cow<Transactions>* transactions : {&ongoing_, &unreplicated_}) {
        if (!(*transactions)->empty())
            first = std::min(first.value_or(kMaxMillis), (*transactions)->begin()->first);
    }
    return first;
}

Offset ProducerState::lastStableOffset(Offset highWatermark) const
{
    return std::min(firstUnstableOffset().value_or(highWatermark), highWatermark);
}

bool ProducerState::expired(const ProducerEntry& entry, Millis now) const
{
    return !entry.inTransaction() && now - entry.lastTimestamp >= config_.producerIdExpiration;
}

void ProducerState::expire(Millis now)
{
    std::erase_if(producers_.edit(), [&](const auto& item) { return expired(item.second, now); });
    std::erase_if(verifications_.edit(),
                  [&](const auto& item) { return now - item.second.began >= config_.producerIdExpiration; });
}

void ProducerState::takeSnapshot()
{
    if (endOffset_ == 0 || snapshots_->contains(endOffset_))
        return;
    Producers kept;
    for (const auto& [producerId, entry] : *producers_)
        kept.emplace(producerId, withLastBatchOnly(entry));
    snapshots_.edit().emplace(endOffset_, Cow<Producers>(std::move(kept)));
}

void ProducerState::dropSnapshots()
{
    snapshots_.edit().clear();
}

bool ProducerState::truncateAndReload(Offset logStart, Offset logEnd, Millis now)
{
    const bool knewNothing = producers_->empty() && unreplicated_->empty() && endOffset_ >= logEnd;
    std::erase_if(snapshots_.edit(),
                  [&](const auto& item) { return item.first > logEnd || item.first <= logStart; });
    if (logEnd != endOffset_) {
        producers_ = {};
        ongoing_ = {};
        unreplicated_ = {};
        loadSnapshot(logStart, now);
    }
    return endOffset_ < logEnd && !knewNothing;
}

void ProducerState::loadSnapshot(Offset logStart, Millis now)
{
    endOffset_ = snapshots_->empty() ? logStart : snapshots_->rbegin()->first;
    if (snapshots_->empty())
        return;
    producers_ = snapshots_->rbegin()->second;
    std::erase_if(producers_.edit(), [&](const auto& item) { return expired(item.second, now); });
    for (const auto& [producerId, entry] : *producers_) {
        if (entry.inTransaction())
            ongoing_.edit()[entry.transactionStart] = Transaction{producerId, kUnknownOffset};
    }
}

void ProducerState::restart()
{
    producers_ = {};
    ongoing_ = {};
    unreplicated_ = {};
    verifications_ = {};
    endOffset_ = 0;
}

} // namespace tideline
