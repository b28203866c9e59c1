// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataLogModel: the records of the metadata log as rows, the newest last, for item views.
//
// 1. There is a row for each record from the log start to the log end, but a frame brings only a window of
// them: the others are blank until somebody looks there and asks for that window.
// 2. A new frame never resets the model: rows come and go at both ends. Selection and scroll position
// survive.
// 3. Words come from the functions given to it. GUI thread only.
#pragma once

#include "engine/lab/frame.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>

namespace tideline::model {

// How the columns are worded. All are required.
struct MetadataLogWords
{
    std::function<QString(bool committed)> state;
    // Who has the record, and whose log ends with it.
    std::function<QString(const MetadataLogFrame&, Offset, const Directory&)> holders;
    std::function<QString(const MetadataLogFrame&, Offset, const Directory&)> ends;
    std::function<QString(int column)> header;
};

class MetadataLogModel : public QAbstractTableModel
{
public:
    enum Column {
        OffsetColumn,
        EpochColumn,
        TypeColumn,
        WordsColumn,
        StateColumn,
        HoldersColumn,
        EndsColumn,
        kColumns
    };
    enum Role {
        OffsetRole = Qt::UserRole, // Offset as qlonglong
        CommittedRole,             // bool
    };

    explicit MetadataLogModel(MetadataLogWords words, QObject* parent = nullptr);

    // Shows this log; `names` must not be null.
    void setLog(const MetadataLogFrame& log, std::shared_ptr<const Directory> names);
    const MetadataLogFrame& log() const { return log_; }
    Offset offsetOf(int row) const { return start_ + row; }
    // The row is in the window that the last frame brought.
    bool isThere(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    void moveEnds(Offset start, Offset end);
    int rowOf(Offset offset) const { return static_cast<int>(offset - start_); }
    const MetadataLogFrame::Row* record(Offset offset) const;
    QVariant display(Offset offset, int column) const;

    MetadataLogWords words_;
    MetadataLogFrame log_;
    std::shared_ptr<const Directory> names_ = std::make_shared<Directory>();
    Offset start_ = 0; // of the rows: [start_, end_)
    Offset end_ = 0;
};

} // namespace tideline::model
