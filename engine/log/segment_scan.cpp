// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/segment_scan.h"

#include "engine/log/batch_frame.h"
#include "engine/log/compressed_batch.h"
#include "engine/log/crc32c.h"

#include <limits>

namespace tideline {
namespace {

// Positions have 32 bits.
constexpr std::int64_t kLargestSegment = std::numeric_limits<std::int32_t>::max();

std::string plural(std::int64_t count, const char* what)
{
    return std::to_string(count) + ' ' + what + (count == 1 ? "" : "s");
}

std::string kept(const SegmentScan& scan, std::size_t count)
{
    if (count == 0)
        return "no batch lies before it, so nothing of this file is kept";
    const BatchPosition& last = scan.batches[count - 1];
    return std::string("kept ") +
           (count == 1 ? "is the 1 batch" : "are the " + std::to_string(count) + " batches") +
           " before it, offsets " + std::to_string(scan.batches.front().header.baseOffset) + " to " +
           std::to_string(last.header.lastOffset()) + ", " + plural(last.end(), "byte");
}

SegmentFault faultAt(const SegmentScan& scan, std::size_t count, SegmentDamage damage,
                     const std::string& file, std::int64_t position, std::optional<Offset> baseOffset,
                     const std::string& rule)
{
    std::string sentence = file + ": byte " + std::to_string(position) + ", batch " + std::to_string(count);
    if (baseOffset)
        sentence += " at offset " + std::to_string(*baseOffset);
    sentence += ": " + rule + "; " + kept(scan, count);
    return {damage, file, position, baseOffset, std::move(sentence)};
}

// What is wrong with the offsets of a sound batch, if anything.
std::optional<std::pair<SegmentDamage, std::string>> wrongOffsets(const BatchHeader& header,
                                                                  Offset segmentBase, Offset next)
{
    if (header.baseOffset < next)
        return std::pair(
            SegmentDamage::OffsetsGoBack,
            "its base offset must not be less than " + std::to_string(next) +
                (next == segmentBase ? ", the segment's" : ", the offset after the batch before it"));
    if (header.lastOffsetDelta < 0)
        return std::pair(SegmentDamage::OffsetsGoBack, "its last offset, " +
                                                           std::to_string(header.lastOffset()) +
                                                           ", must not be before its base");
    if (header.lastOffset() - segmentBase > std::numeric_limits<std::int32_t>::max() ||
        header.lastOffset() == std::numeric_limits<Offset>::max())
        return std::pair(SegmentDamage::OffsetTooFar,
                         "its last offset, " + std::to_string(header.lastOffset()) +
                             ", must lie in the 2147483647 that follow the segment's base offset " +
                             std::to_string(segmentBase));
    return std::nullopt;
}

std::optional<Offset> baseOffsetOf(Bytes rest)
{
    return rest.size() < sizeof(Offset) ? std::nullopt : std::optional(loadBigEndian<Offset>(rest.data()));
}

std::string tornTail(Bytes rest)
{
    if (rest.size() < kLogOverheadBytes)
        return "the file ends " + plural(static_cast<std::int64_t>(rest.size()), "byte") +
               " into it, before its length";
    const auto length = loadBigEndian<std::int32_t>(rest.data() + batch_layout::kBatchLength);
    return "the file ends " + plural(static_cast<std::int64_t>(rest.size()), "byte") + " into its " +
           std::to_string(std::int64_t{length} + std::int64_t{kLogOverheadBytes});
}

std::string wrongChecksum(Bytes batch)
{
    return std::string(brokenRule(BatchFault::WrongChecksum)) + " (stored " +
           std::to_string(loadBigEndian<std::uint32_t>(batch.data() + batch_layout::kChecksum)) +
           ", computed " + std::to_string(crc32c(batch.substr(batch_layout::kAttributes))) + ")";
}

} // namespace

SegmentScan scanSegment(Bytes log, Offset baseOffset, const std::string& file)
{
    SegmentScan scan;
    Offset next = baseOffset;
    const auto fail = [&](Bytes rest, SegmentDamage damage, const std::string& rule) {
        scan.fault =
            faultAt(scan, scan.batches.size(), damage, file, scan.validBytes, baseOffsetOf(rest), rule);
    };
    for (Bytes rest = log; !rest.empty();) {
        const BatchFrame frame = firstBatch(rest);
        if (frame.fault != BatchFault::None) {
            fail(rest, SegmentDamage::Frame, brokenRule(frame.fault));
            break;
        }
        if (frame.batch.empty()) {
            fail(rest, SegmentDamage::TornTail, tornTail(rest));
            break;
        }
        if (const BatchFault fault = checkBatch(frame.batch); fault != BatchFault::None) {
            fail(rest, SegmentDamage::Checksum,
                 fault == BatchFault::WrongChecksum ? wrongChecksum(frame.batch) : brokenRule(fault));
            break;
        }
        const BatchHeader header = readBatchHeader(frame.batch);
        if (scan.validBytes + header.size() > kLargestSegment) {
            fail(rest, SegmentDamage::Frame, "it ends after byte 2147483647, the last one of a segment");
            break;
        }
        if (const auto wrong = wrongOffsets(header, baseOffset, next)) {
            fail(rest, wrong->first, wrong->second);
            break;
        }
        scan.batches.push_back({scan.validBytes, header});
        scan.validBytes += header.size();
        next = header.nextOffset();
        rest.remove_prefix(frame.batch.size());
    }
    return scan;
}

std::optional<SegmentFault> checkRecords(Bytes log, const SegmentScan& scan, const std::string& file)
{
    for (std::size_t i = 0; i < scan.batches.size(); ++i) {
        const BatchPosition& batch = scan.batches[i];
        const RecordsFault fault =
            forEachRecordDecompressed(batchBytes(log, batch), [](const RecordView&) {});
        if (!fault.ok())
            return faultAt(scan, i, SegmentDamage::Records, file, batch.position, batch.header.baseOffset,
                           fault.brokenRule());
    }
    return std::nullopt;
}

} // namespace tideline
