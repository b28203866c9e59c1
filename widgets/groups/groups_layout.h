// SPDX-License-Identifier: GPL-3.0-or-later
// layoutGroups: the Groups view as a scene: the groups, who reads what, lag, the last rebalance, the
// guarantee and the ledger.
//
// Pure: the same frame, size and metrics give the same scene. What does not fit is left out and counted in
// words, so that lags of members, of partitions and of the group add up. Any thread, as long as the metrics
// are.
#pragma once

#include "widgets/scene/scene.h"

namespace tideline::widgets {

Scene layoutGroups(const Frame& frame, const QSizeF& size, const TextMetrics& metrics);

} // namespace tideline::widgets
