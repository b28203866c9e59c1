// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/inspector_model.h"

#include <algorithm>

namespace tideline::model {

InspectorModel::InspectorModel(InspectorWords words, QObject* parent)
    : QAbstractTableModel(parent)
    , words_(std::move(words))
{}

void InspectorModel::setFrame(const FramePtr& frame)
{
    std::vector<Line> lines;
    if (frame && frame->inspector.found) {
        for (const InspectorFrame::Row& row : frame->inspector.rows)
            lines.emplace_back(words_.name(row), words_.value(row, *frame));
    }
    const int before = rowCount();
    const int after = static_cast<int>(lines.size());
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        lines_.resize(lines.size());
        endRemoveRows();
    }
    for (int row = 0; row < std::min(before, after); ++row) {
        Line& shown = lines_[static_cast<std::size_t>(row)];
        Line& wanted = lines[static_cast<std::size_t>(row)];
        if (shown == wanted)
            continue;
        shown = std::move(wanted);
        emit dataChanged(index(row, NameColumn), index(row, ValueColumn));
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        lines_.insert(lines_.end(), std::make_move_iterator(lines.begin() + before),
                      std::make_move_iterator(lines.end()));
        endInsertRows();
    }
}

int InspectorModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

int InspectorModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant InspectorModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Line& line = lines_[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return index.column() == NameColumn ? line.first : line.second;
    if (role == Qt::ToolTipRole)
        return line.second;
    return {};
}

QVariant InspectorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole || orientation == Qt::Vertical)
        return {};
    return words_.header(section);
}

} // namespace tideline::model
