// SPDX-License-Identifier: GPL-3.0-or-later
// BatchFault: what can be wrong with the bytes of a batch, or with a record that is to be written into one.
//
// A small value instead of an exception: whoever reads knows the file and the offset and builds the sentence.
// Kafka throws an exception class for each; its name and the rule that is broken are known here. Pure
// functions; any thread.
#pragma once

#include <cstdint>

namespace tideline {

enum class BatchFault : std::uint8_t {
    None,
    // Finding a batch among bytes.
    UnknownMagic,
    OldMagic,
    LengthBelowOverhead,
    LengthOverflow,
    // Checking it.
    SizeBelowHeader,
    WrongChecksum,
    // Reading its records.
    NegativeRecordCount,
    UnknownCodec,
    CompressedRecords,
    RecordsRemaining,
    RecordsMissing,
    RecordSize,
    RecordHeaderCount,
    RecordStructure,
    VarintTooLong,
    // Writing one.
    NegativeTimestamp,
    OffsetNotIncreasing,
    OffsetTooFar,
    RecordTooLarge,
    NoSequence,
    NoProducerEpoch,
    NoProducerId
};

// The exception class that Kafka throws, as in "CorruptRecordException"; "" for None.
const char* exceptionClass(BatchFault fault);

// The rule that was broken, as half a sentence: "the checksum does not match the bytes"; "" for None.
const char* brokenRule(BatchFault fault);

} // namespace tideline
