// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/transaction_index.h"

namespace tideline {
namespace {

constexpr std::int16_t kVersion = 0;

SegmentFault faultAt(SegmentDamage damage, const std::string& file, std::size_t position,
                     const std::string& rule, std::size_t kept)
{
    return {damage,
            file,
            static_cast<std::int64_t>(position),
            {},
            file + ": byte " + std::to_string(position) + ": " + rule + "; the " + std::to_string(kept) +
                " entries before it are kept, and recovery builds the index anew"};
}

} // namespace

std::optional<SegmentFault> readTransactionIndex(Bytes bytes, Offset baseOffset, const std::string& file,
                                                 std::vector<AbortedTransaction>& aborted)
{
    Offset last = baseOffset - 1;
    for (std::size_t position = 0; position < bytes.size(); position += kTransactionIndexEntryBytes) {
        const std::size_t read = position / kTransactionIndexEntryBytes;
        if (bytes.size() - position < kTransactionIndexEntryBytes)
            return faultAt(
                SegmentDamage::IndexSize, file, position,
                "the file has " + std::to_string(bytes.size()) + " bytes, which is no multiple of 34", read);
        const char* at = bytes.data() + position;
        if (const auto version = loadBigEndian<std::int16_t>(at); version != kVersion)
            return faultAt(SegmentDamage::IndexOrder, file, position,
                           "the entry's version is " + std::to_string(version) + ", and only 0 is known",
                           read);
        AbortedTransaction entry;
        entry.producerId = loadBigEndian<std::int64_t>(at + 2);
        entry.firstOffset = loadBigEndian<Offset>(at + 10);
        entry.lastOffset = loadBigEndian<Offset>(at + 18);
        entry.lastStableOffset = loadBigEndian<Offset>(at + 26);
        if (entry.lastOffset <= last)
            return faultAt(SegmentDamage::IndexOrder, file, position,
                           "the entry's last offset " + std::to_string(entry.lastOffset) + " must be after " +
                               std::to_string(last),
                           read);
        last = entry.lastOffset;
        aborted.push_back(entry);
    }
    return std::nullopt;
}

std::string transactionIndexBytes(std::span<const AbortedTransaction> aborted)
{
    std::string bytes(aborted.size() * kTransactionIndexEntryBytes, '\0');
    char* at = bytes.data();
    for (const AbortedTransaction& entry : aborted) {
        at = storeBigEndian(at, kVersion);
        at = storeBigEndian(at, entry.producerId);
        at = storeBigEndian(at, entry.firstOffset);
        at = storeBigEndian(at, entry.lastOffset);
        at = storeBigEndian(at, entry.lastStableOffset);
    }
    return bytes;
}

AbortedInRange abortedInRange(std::span<const AbortedTransaction> aborted, Offset from, Offset to)
{
    AbortedInRange found;
    for (const AbortedTransaction& entry : aborted) {
        if (entry.lastOffset >= from && entry.firstOffset < to)
            found.transactions.push_back(entry);
        if (entry.lastStableOffset >= to) {
            found.complete = true;
            break;
        }
    }
    return found;
}

} // namespace tideline
