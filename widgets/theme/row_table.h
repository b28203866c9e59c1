// SPDX-License-Identifier: GPL-3.0-or-later
// A table that is read row by row: whole rows are selected, all are equally high, nothing is edited, and Tab
// leaves it. GUI thread only.
#pragma once

#include <QString>

class QAbstractItemModel;
class QTableView;
class QWidget;

namespace tideline::widgets {

// `name`: for assistive technology; `rowHeight`: px. The caller sizes the columns.
QTableView* rowTable(QAbstractItemModel* model, const QString& name, int rowHeight, QWidget* parent);

} // namespace tideline::widgets
