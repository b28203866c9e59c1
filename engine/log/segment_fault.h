// SPDX-License-Identifier: GPL-3.0-or-later
// SegmentFault: what is wrong with a file of a partition's directory: where, what rule is broken, and what is
// kept.
//
// The sentence names all of it, as in "00000000000000000000.log: byte 144, batch 2 at offset 2: the checksum
// does not match the bytes (...); kept are the 2 batches before it, offsets 0 to 1, 144 bytes". A plain
// value.
#pragma once

#include "engine/base/ids.h"

#include <cstdint>
#include <optional>
#include <string>

namespace tideline {

enum class SegmentDamage : std::uint8_t {
    // Of a .log file.
    Frame,         // no batch begins here: a length or a magic byte that cannot be
    TornTail,      // the file ends within a batch
    Checksum,      // the batch is not the one that was written
    OffsetsGoBack, // the batch begins before the end of the one before it, or of the segment
    OffsetTooFar,  // its last offset does not fit into 31 bits after the segment's base offset
    Records,       // the records within it cannot be read
    // Of the files beside it.
    IndexSize,     // not a whole number of entries
    IndexOrder,    // entries that do not rise, or lie before the base offset
    IndexPosition, // an entry that leads a reader past what it looks for
    Missing,       // a .log without its indexes
    Snapshot,
    Text // leader-epoch-checkpoint, partition.metadata
};

struct SegmentFault
{
    SegmentDamage damage = SegmentDamage::Frame;
    std::string file;
    std::int64_t position = 0;   // byte in the file where the damage begins
    std::optional<Offset> batch; // base offset of the batch, as far as it can be read
    std::string sentence;
};

} // namespace tideline
