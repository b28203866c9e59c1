// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator can do to topics: create one, give one more partitions, delete one. Pure but for
// translations.
#pragma once

#include "widgets/faults/fault_offers.h"

#include <string>

namespace tideline::widgets {

// The first of topic-1, topic-2, ... that no topic has.
std::string freeTopicName(const Directory& names);

// CreateTopic, AddPartitions and DeleteTopic; nothing needs to be selected to create one.
FaultOffer topicOffer(Fault fault, const Selection& selection, const Directory& names);

} // namespace tideline::widgets
