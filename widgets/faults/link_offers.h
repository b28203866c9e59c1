// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do to links, clocks and single messages, given what is selected. Pure but for
// translations.
#pragma once

#include "widgets/faults/fault_offers.h"

namespace tideline::widgets {

// `fault` is one of CutLink to Aim in the order of Fault.
FaultOffer linkOffer(Fault fault, const Selection& selection, const Frame& frame);

} // namespace tideline::widgets
