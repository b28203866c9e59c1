// SPDX-License-Identifier: GPL-3.0-or-later
// The records of __cluster_metadata as Kafka's own message classes print them, as in
// "TopicRecord(name='orders', topicId=zP9Vum_HSbqnfdlmwfVFzw)".
//
// A table of their fields drives the reading; the kinds that brokers write most are in it.
#pragma once

#include "engine/log/bytes.h"

#include <optional>
#include <string>

namespace tideline::vectors {

// What a record's value begins with: three unsigned varints.
struct MetadataRecordKind
{
    std::string name;          // as in "TopicRecord"; its key when the kind is not known
    std::uint32_t version = 0; // of the message
    Bytes fields;              // what follows
};
MetadataRecordKind metadataRecordKind(Bytes value);

// False when the fields of this kind are not in the table.
bool knowsFieldsOf(const std::string& name);

// The record's text; none when its fields are not in the table, or the bytes end too early.
std::optional<std::string> metadataRecordText(const MetadataRecordKind& record);

} // namespace tideline::vectors
