// SPDX-License-Identifier: GPL-3.0-or-later
// Names and states of what the run consists of, for the lab tree. GUI thread (translations).
#pragma once

#include "model/lab_tree_model.h"

namespace tideline::widgets {

QString brokerStateText(BrokerState state);
QString diskStateText(DiskState state);
model::LabTreeWords labTreeWords(model::LabTreeSection section, const Selection& selection,
                                 const Frame& frame);

} // namespace tideline::widgets
