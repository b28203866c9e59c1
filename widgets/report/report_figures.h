// SPDX-License-Identifier: GPL-3.0-or-later
// Figures of the report: a scene in the light theme as a picture inside the page, with words for those who
// cannot see it.
#pragma once

#include "engine/lab/frame.h"

#include <QString>

namespace tideline::widgets::report {

// An HTML figure with its caption.
QString figure(const Frame& frame, View view, const QString& caption);

} // namespace tideline::widgets::report
