// SPDX-License-Identifier: GPL-3.0-or-later
// Made-up frames of the Charts view: a point a second.
#pragma once

#include "engine/lab/frame.h"

namespace tideline::test {

// `points` a line; lag of `partitions` partitions, orders-p ends at 10 p + 9 records behind when there are
// ten points.
Frame chartsSample(int points, int partitions);

} // namespace tideline::test
