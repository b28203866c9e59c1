// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/record_batch_reader.h"

#include "engine/log/codec.h"

namespace tideline {

BatchFault RecordBatchReader::decompressRecords()
{
    Decompressed records = decompress(static_cast<Codec>(header_.codecNumber()),
                                      Bytes(at_, static_cast<std::size_t>(end_ - at_)));
    if (records.fault != CodecFault::None)
        return BatchFault::CompressedRecords;
    plain_ = std::move(records.bytes);
    at_ = plain_.bytes().data();
    end_ = at_ + plain_.size();
    return BatchFault::None;
}

} // namespace tideline
