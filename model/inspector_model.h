// SPDX-License-Identifier: GPL-3.0-or-later
// InspectorModel: the rows of an InspectorFrame as a table of names and values.
//
// Rows that stay are changed in place, so that a value can be watched, marked and copied while the run goes
// on. Words come from the functions given to it. GUI thread only.
#pragma once

#include "engine/lab/frame.h"

#include <QAbstractTableModel>

#include <functional>
#include <utility>
#include <vector>

namespace tideline::model {

struct InspectorWords
{
    std::function<QString(const InspectorFrame::Row&)> name;
    std::function<QString(const InspectorFrame::Row&, const Frame&)> value;
    std::function<QString(int column)> header;
};

class InspectorModel : public QAbstractTableModel
{
public:
    enum Column { NameColumn, ValueColumn, kColumns };

    explicit InspectorModel(InspectorWords words, QObject* parent = nullptr);

    // Shows frame->inspector; nothing when there is no frame or the selected thing was not found.
    void setFrame(const FramePtr& frame);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    using Line = std::pair<QString, QString>; // name, value

    InspectorWords words_;
    std::vector<Line> lines_;
};

} // namespace tideline::model
