// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that layoutTime() puts together, one file each. Pure; any thread.
#pragma once

#include "widgets/charts/scene_pen.h"
#include "widgets/time/time_plane.h"

namespace tideline::widgets {

// time_axes.cpp: ground in three shades (behind the watermark, up to now, not yet), grid, numbers and names
// of the axes.
void addAxes(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane);
// time_axes.cpp: "now", the line of records seen at once, the watermark and its name.
void addLines(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane);
// time_panes.cpp: a bar for each fired window, at the processing time of its first firing, with what it said
// then.
void addPanes(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane, const Selection& selection);
// time_legend.cpp: signs with exact totals; returns the height it takes, px.
qreal addLegend(ScenePen& pen, const TimeFrame& frame, const QRectF& rect);
// time_pipeline_panel.cpp: what the pipeline does and how far it is.
void addPipelinePanel(ScenePen& pen, const TimeFrame& frame, const QString& name, const QRectF& rect);
// time_windows_panel.cpp: the newest windows, answer against truth.
void addWindowsPanel(ScenePen& pen, const TimeFrame& frame, const QRectF& rect, const Selection& selection);
// time_processing_strip.cpp: the same records by processing time, with the difference to the truth.
void addProcessingStrip(ScenePen& pen, const TimeFrame& frame, const QRectF& rect);

} // namespace tideline::widgets
