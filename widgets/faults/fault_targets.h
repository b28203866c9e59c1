// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do without having selected whom: the offers of everything that a fault can hit, by name.
// Pure but for translations.
#pragma once

#include "widgets/faults/fault_offers.h"

namespace tideline::widgets {

// The offer for what is selected; when that has none, one choice for each thing that the fault can hit. With
// more than kMostFaultTargets of them a person selects first.
inline constexpr std::size_t kMostFaultTargets = 40;
FaultOffer faultOfferOrTargets(Fault fault, const Selection& selection, const Frame& frame);

} // namespace tideline::widgets
