// SPDX-License-Identifier: GPL-3.0-or-later
// metadataText: one record of the metadata log in the words of Kafka's record types, without "Record":
// "PartitionChange orders-0 leader=2 isr=[2,3]". What a record does not set is left out. Pure; any thread.
#pragma once

#include "engine/cluster/metadata.h"
#include "engine/lab/directory.h"

#include <string>

namespace tideline {

// `image`: as it is after the record.
std::string metadataText(const MetadataRecord& record, const MetadataImage& image, const Directory& names);

} // namespace tideline
