// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/batch_fault.h"

namespace tideline {

const char* exceptionClass(BatchFault fault)
{
    switch (fault) {
    case BatchFault::None:
        return "";
    case BatchFault::UnknownMagic:
    case BatchFault::LengthBelowOverhead:
    case BatchFault::SizeBelowHeader:
    case BatchFault::WrongChecksum:
        return "CorruptRecordException";
    case BatchFault::OldMagic:
    case BatchFault::NegativeRecordCount:
    case BatchFault::RecordsRemaining:
    case BatchFault::RecordsMissing:
    case BatchFault::RecordSize:
    case BatchFault::RecordHeaderCount:
    case BatchFault::RecordStructure:
        return "InvalidRecordException";
    case BatchFault::CompressedRecords:
        return "KafkaException";
    case BatchFault::RecordTooLarge:
        return "RecordTooLargeException";
    case BatchFault::LengthOverflow:
    case BatchFault::UnknownCodec:
    case BatchFault::VarintTooLong:
    case BatchFault::NegativeTimestamp:
    case BatchFault::OffsetNotIncreasing:
    case BatchFault::OffsetTooFar:
    case BatchFault::NoSequence:
    case BatchFault::NoProducerEpoch:
    case BatchFault::NoProducerId:
        return "IllegalArgumentException";
    }
    return "";
}

const char* brokenRule(BatchFault fault)
{
    switch (fault) {
    case BatchFault::None:
        return "";
    case BatchFault::UnknownMagic:
        return "the magic byte is neither 0, 1 nor 2";
    case BatchFault::OldMagic:
        return "message formats 0 and 1 are not modelled; only record batches of magic 2 are";
    case BatchFault::LengthBelowOverhead:
        return "the batch length is less than the smallest possible, 14 bytes";
    case BatchFault::LengthOverflow:
        return "the batch length does not fit into 2147483647 bytes with its 12 bytes before";
    case BatchFault::SizeBelowHeader:
        return "the batch is smaller than its header of 61 bytes";
    case BatchFault::WrongChecksum:
        return "the checksum does not match the bytes";
    case BatchFault::NegativeRecordCount:
        return "the record count is negative";
    case BatchFault::UnknownCodec:
        return "the codec number is none of 0 to 4";
    case BatchFault::CompressedRecords:
        return "the compressed records are not a whole stream of their codec";
    case BatchFault::RecordsRemaining:
        return "bytes remain after the last record";
    case BatchFault::RecordsMissing:
        return "the bytes end before the last record";
    case BatchFault::RecordSize:
        return "a record is not as long as it says";
    case BatchFault::RecordHeaderCount:
        return "a record's header count is negative or larger than what is left";
    case BatchFault::RecordStructure:
        return "a field of a record reaches past the end of the batch";
    case BatchFault::VarintTooLong:
        return "a varint is longer than 5 bytes";
    case BatchFault::NegativeTimestamp:
        return "a record's timestamp must be 0 or later, or -1 for none";
    case BatchFault::OffsetNotIncreasing:
        return "offsets must increase within a batch";
    case BatchFault::OffsetTooFar:
        return "an offset must lie in the 2147483647 that follow the base offset";
    case BatchFault::RecordTooLarge:
        return "a record must be smaller than 2147483647 bytes";
    case BatchFault::NoSequence:
        return "a batch with a producer id needs a base sequence";
    case BatchFault::NoProducerEpoch:
        return "a batch with a producer id needs a producer epoch";
    case BatchFault::NoProducerId:
        return "a transactional batch needs a producer id";
    }
    return "";
}

} // namespace tideline
