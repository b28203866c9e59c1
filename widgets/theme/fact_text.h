// SPDX-License-Identifier: GPL-3.0-or-later
// Facts in words and signs: the journal, the timeline and "why?" all say the same.
//
// One sentence and one sign a kind; the sign is a shape as well as a colour. Pure functions; the GUI thread
// (translations).
#pragma once

#include "engine/lab/fact.h"
#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"

#include <QString>

namespace tideline::widgets {

struct FactSign
{
    MarkerShape shape = MarkerShape::Circle;
    ColorRole role = ColorRole::Neutral;   // of the shape
    ColorRole text = ColorRole::TextMuted; // of words beside it
};

// One sentence without a full stop: "broker 2 fenced: no heartbeat for 9.0 s". `time`: when it happened, µs
// of the run.
QString factText(const FactBody& body, Micros time, const Directory& names);
// A few words for a mark on the timeline: "broker 2 fenced".
QString factLabel(const FactBody& body, const Directory& names);
FactSign factSign(const FactBody& body);
// Whether the kind is one that a person looks for on the timeline: faults, elections, rebalances, losses.
bool mattersForTimeline(const FactBody& body);

} // namespace tideline::widgets
