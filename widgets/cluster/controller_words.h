// SPDX-License-Identifier: GPL-3.0-or-later
// controllerStateText: what a controller is in its quorum, in a few words. Pure but for translations.
#pragma once

#include "engine/lab/cluster_frame.h"

#include <QString>

namespace tideline::widgets {

// "active · controller epoch 3", "follows controller 2 · epoch 3", "asks for votes · epoch 4"; of a stopped
// one also what it means when none is active.
QString controllerStateText(const ClusterFrame::Controller& controller, const ClusterFrame& cluster);
// Where that does not fit: "active", "follows 2", "stopped".
QString controllerShortText(const ClusterFrame::Controller& controller);

} // namespace tideline::widgets
