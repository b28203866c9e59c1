// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/metadata_log_model.h"

#include <algorithm>
#include <utility>

namespace tideline::model {

namespace {

// More rows than that no view can scroll to one by one; the oldest ones are left out.
constexpr Offset kMostRows = 1'000'000;

} // namespace

MetadataLogModel::MetadataLogModel(MetadataLogWords words, QObject* parent)
    : QAbstractTableModel(parent)
    , words_(std::move(words))
{}

void MetadataLogModel::setLog(const MetadataLogFrame& log, std::shared_ptr<const Directory> names)
{
    names_ = std::move(names);
    moveEnds(std::max(log.start, log.end - kMostRows), log.end);
    log_ = log;
    if (end_ > start_)
        emit dataChanged(index(0, 0), index(rowOf(end_) - 1, kColumns - 1));
}

void MetadataLogModel::moveEnds(Offset start, Offset end)
{
    const Offset keptFrom = std::clamp(start, start_, end_);
    const Offset keptTo = std::clamp(end, keptFrom, end_);
    if (keptTo < end_) {
        beginRemoveRows({}, rowOf(keptTo), rowOf(end_) - 1);
        end_ = keptTo;
        endRemoveRows();
    }
    if (keptFrom > start_) {
        beginRemoveRows({}, 0, rowOf(keptFrom) - 1);
        start_ = keptFrom;
        endRemoveRows();
    }
    if (start_ == end_)
        start_ = end_ = start; // no rows: nobody sees it
    if (start < start_) {
        beginInsertRows({}, 0, static_cast<int>(start_ - start) - 1);
        start_ = start;
        endInsertRows();
    }
    if (end > end_) {
        beginInsertRows({}, rowOf(end_), rowOf(end) - 1);
        end_ = end;
        endInsertRows();
    }
}

const MetadataLogFrame::Row* MetadataLogModel::record(Offset offset) const
{
    if (log_.rows.empty() || offset < log_.rows.front().offset || offset > log_.rows.back().offset)
        return nullptr;
    return &log_.rows[static_cast<std::size_t>(offset - log_.rows.front().offset)];
}

bool MetadataLogModel::isThere(int row) const
{
    return record(offsetOf(row)) != nullptr;
}

int MetadataLogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rowOf(end_);
}

int MetadataLogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant MetadataLogModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Offset offset = offsetOf(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(offset, index.column());
    case Qt::ToolTipRole:
        return index.column() == HoldersColumn || index.column() == WordsColumn
                   ? display(offset, index.column())
                   : QVariant();
    case OffsetRole:
        return static_cast<qlonglong>(offset);
    case CommittedRole:
        return offset < log_.committed;
    default:
        return {};
    }
}

QVariant MetadataLogModel::display(Offset offset, int column) const
{
    if (column == OffsetColumn)
        return QString::number(offset);
    const MetadataLogFrame::Row* row = record(offset);
    if (!row)
        return QString();
    switch (column) {
    case EpochColumn:
        return QString::number(row->epoch);
    case TypeColumn:
        return QString::fromStdString(row->type);
    case WordsColumn:
        return QString::fromStdString(row->words);
    case StateColumn:
        return words_.state(offset < log_.committed);
    case HoldersColumn:
        return words_.holders(log_, offset, *names_);
    case EndsColumn:
        return words_.ends(log_, offset, *names_);
    default:
        return {};
    }
}

QVariant MetadataLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section < rowCount() ? QVariant(static_cast<qlonglong>(offsetOf(section))) : QVariant();
    return words_.header(section);
}

} // namespace tideline::model
