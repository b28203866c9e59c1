// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/chart_table_model.h"

#include "widgets/theme/number_text.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

std::vector<double> momentsOf(const ChartData& data)
{
    std::vector<double> moments;
    for (const ChartLine& line : data.lines) {
        for (const QPointF& point : line.points)
            moments.push_back(point.x());
    }
    std::sort(moments.begin(), moments.end());
    moments.erase(std::unique(moments.begin(), moments.end()), moments.end());
    return moments;
}

} // namespace

ChartTableModel::ChartTableModel(QObject* parent)
    : QAbstractTableModel(parent)
{}

bool ChartTableModel::sameColumns(const ChartData& data) const
{
    return data.chart == data_.chart &&
           std::equal(data.lines.begin(), data.lines.end(), data_.lines.begin(), data_.lines.end(),
                      [](const ChartLine& a, const ChartLine& b) { return a.name == b.name; });
}

void ChartTableModel::setData(const ChartData& data)
{
    std::vector<double> moments = momentsOf(data);
    if (!sameColumns(data)) {
        beginResetModel();
        data_ = data;
        moments_ = std::move(moments);
        endResetModel();
        return;
    }
    const int before = rowCount();
    const int after = static_cast<int>(moments.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        moments_.resize(moments.size());
        endRemoveRows();
    } else if (after > before) {
        beginInsertRows({}, before, after - 1);
        moments_ = moments;
        endInsertRows();
    }
    data_ = data;
    moments_ = std::move(moments);
    if (after > 0)
        emit dataChanged(index(0, 0), index(after - 1, columnCount() - 1));
}

int ChartTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(moments_.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(data_.lines.size()) + 1;
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const double moment = moments_[static_cast<std::size_t>(index.row())];
    if (index.column() == 0)
        return clockText(static_cast<Micros>(std::llround(moment * kMicrosPerSecond)));
    const std::vector<QPointF>& points = data_.lines[static_cast<std::size_t>(index.column() - 1)].points;
    const auto at = std::lower_bound(points.begin(), points.end(), moment,
                                     [](const QPointF& point, double x) { return point.x() < x; });
    if (at == points.end() || at->x() != moment)
        return QString();
    return QString::number(at->y(), 'f', at->y() == std::floor(at->y()) ? 0 : 1);
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation == Qt::Vertical || section >= columnCount())
        return {};
    return section == 0 ? tr("time")
                        : QStringLiteral("%1 (%2)").arg(
                              data_.lines[static_cast<std::size_t>(section - 1)].name, data_.unit);
}

} // namespace tideline::widgets
