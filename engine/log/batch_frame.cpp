// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/batch_frame.h"

#include "engine/log/crc32c.h"

#include <limits>

namespace tideline {
namespace {

// A batch of the oldest format has no fewer bytes after its length; stricter checks come later.
constexpr std::int32_t kSmallestBatchLength = 14;

} // namespace

BatchFrame firstBatch(Bytes bytes)
{
    if (bytes.size() < kLogOverheadBytes)
        return {};
    const auto length = loadBigEndian<std::int32_t>(bytes.data() + batch_layout::kBatchLength);
    if (length < kSmallestBatchLength)
        return {{}, BatchFault::LengthBelowOverhead};
    if (bytes.size() <= batch_layout::kMagic)
        return {};
    const auto magic = loadBigEndian<std::int8_t>(bytes.data() + batch_layout::kMagic);
    if (magic < 0 || magic > kMagicV2)
        return {{}, BatchFault::UnknownMagic};
    const std::int64_t size = std::int64_t{length} + std::int64_t{kLogOverheadBytes};
    if (size > std::numeric_limits<std::int32_t>::max())
        return {{}, BatchFault::LengthOverflow};
    if (bytes.size() < static_cast<std::size_t>(size))
        return {};
    if (magic != kMagicV2)
        return {{}, BatchFault::OldMagic};
    return {bytes.substr(0, static_cast<std::size_t>(size)), BatchFault::None};
}

BatchFault checkBatch(Bytes batch)
{
    if (batch.size() < kBatchHeaderBytes)
        return BatchFault::SizeBelowHeader;
    const auto stored = loadBigEndian<std::uint32_t>(batch.data() + batch_layout::kChecksum);
    return stored == crc32c(batch.substr(batch_layout::kAttributes)) ? BatchFault::None
                                                                     : BatchFault::WrongChecksum;
}

} // namespace tideline
