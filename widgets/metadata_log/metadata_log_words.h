// SPDX-License-Identifier: GPL-3.0-or-later
// What the Metadata Log panel says: columns, who has a record, and how far each node is. Pure but for
// translations.
#pragma once

#include "engine/lab/frame.h"
#include "model/metadata_log_model.h"

#include <QString>

namespace tideline::widgets {

model::MetadataLogWords metadataLogWords();

// "3 of 3 controllers, 2 of 3 brokers": whose log has the record, or had it and has a snapshot of it.
QString holdersText(const MetadataLogFrame& log, Offset offset);
// "controller 2, broker 3": whose log ends with the record; of many a number.
QString endsText(const MetadataLogFrame& log, Offset offset, const Directory& names);
// One line: whose log it is, from where to where, and what of it is committed.
QString logText(const MetadataLogFrame& log, const Directory& names);
// One line a node: from where to where its log goes, and its newest snapshot.
QString holderText(const MetadataLogFrame::Holder& holder, const Directory& names);

} // namespace tideline::widgets
