// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of the inspector in words. GUI thread (translations).
#pragma once

#include "engine/lab/frame.h"
#include "model/inspector_model.h"

#include <QString>

namespace tideline::widgets {

QString inspectorKeyText(InspectorFrame::Key key);
// A replica is named by its broker and why it counts; every other row by its key.
QString inspectorNameText(const InspectorFrame::Row& row);
QString inspectorValueText(const InspectorFrame::Row& row, const Frame& frame);
// Title: "broker 2", "orders-0", "window [1:20, 1:30)", "orders-0 @ 1838".
QString selectionText(const Selection& selection, const Directory& names);
model::InspectorWords inspectorWords();

} // namespace tideline::widgets
