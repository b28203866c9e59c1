// SPDX-License-Identifier: GPL-3.0-or-later
// What the report says about moments and guarantees. Words only; GUI thread (translations).
#pragma once

#include "model/report.h"

#include <QString>

namespace tideline::widgets::report {

// A heading such as "A broker is fenced".
QString momentTitle(model::ReportMoment::Kind kind);
// What to know about that kind of moment, in one or two sentences.
QString momentMeaning(model::ReportMoment::Kind kind);
QString guaranteeName(Guarantee::Kind kind);
// Whether it held, and what broke it, in one sentence.
QString guaranteeAnswer(const Guarantee& guarantee);
// The first sentence of the report: did anything break?
QString summary(const model::Report& report);

} // namespace tideline::widgets::report
