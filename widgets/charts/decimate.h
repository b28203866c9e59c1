// SPDX-License-Identifier: GPL-3.0-or-later
// decimate: a line with as many points as a chart has pixel columns, that still shows every peak.
//
// Each bucket of columns keeps its lowest and its highest point, in the order of time. Pure; any thread.
#pragma once

#include <QPointF>

#include <vector>

namespace tideline::widgets {

// `points` ascend in x. At most `most` of them come back (none when most < 2 and there are several), in
// order; all of them when they are few enough. The first and the last point are always kept; points that are
// not finite are left out.
std::vector<QPointF> decimate(const std::vector<QPointF>& points, int most);

} // namespace tideline::widgets
