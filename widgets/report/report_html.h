// SPDX-License-Identifier: GPL-3.0-or-later
// The report of a run as one HTML page that stands alone: no script, no font, no picture and no address from
// elsewhere.
//
// What is in it comes from model/report.h; figures are the window's own scenes, drawn in the light theme. The
// same report gives the same bytes. GUI thread only (fonts), no window needed.
#pragma once

#include "model/report.h"

#include <QByteArray>

namespace tideline::widgets {

QByteArray reportHtml(const model::Report& report);

} // namespace tideline::widgets
