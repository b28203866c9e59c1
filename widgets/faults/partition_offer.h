// SPDX-License-Identifier: GPL-3.0-or-later
// What an administrator can ask for the selected partition: an election, other replicas, another
// configuration of its topic. Pure but for translations.
#pragma once

#include "widgets/faults/fault_offers.h"

namespace tideline::widgets {

// `fault` is ElectLeader, Reassign or AlterConfig. Whether Kafka agrees is said when it is asked.
FaultOffer partitionOffer(Fault fault, const Selection& selection, const Directory& names);

} // namespace tideline::widgets
