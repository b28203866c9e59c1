// SPDX-License-Identifier: GPL-3.0-or-later
// ChartTableModel: a chart's numbers as a table: a row a moment, a column a line. For those who cannot or do
// not want to read lines.
//
// Rows are kept while the lines are the same, so that a reader keeps the place. GUI thread only.
#pragma once

#include "widgets/charts/chart_data.h"

#include <QAbstractTableModel>

namespace tideline::widgets {

class ChartTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    explicit ChartTableModel(QObject* parent = nullptr);

    void setData(const ChartData& data);
    using QAbstractTableModel::setData;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool sameColumns(const ChartData& data) const;

    ChartData data_;
    std::vector<double> moments_; // seconds, ascending: every x of any line
};

} // namespace tideline::widgets
