// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataLogPanel: the metadata log, record by record, and how far each node of the quorum has it. Content
// of a dock.
//
// It follows the end of the log while it is scrolled to it, and stays where it is otherwise. It asks for the
// records that can be seen, and for none while it is hidden. GUI thread only.
#pragma once

#include "engine/lab/frame.h"
#include "model/metadata_log_model.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QTableView;

namespace tideline::widgets {

class MetadataLogPanel : public QWidget
{
    Q_OBJECT
public:
    explicit MetadataLogPanel(QWidget* parent = nullptr);

    void setFrame(const FramePtr& frame);

    QTableView* table() const { return table_; }
    QListWidget* holders() const { return holders_; }
    QString summary() const;
    const model::MetadataLogModel& records() const { return model_; }

signals:
    // Records that can be seen now: so many from this offset on, -1: the newest; 0: none.
    void recordsWanted(qint32 rows, qint64 from);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void makeTable();
    void ask();
    void showHolders(const MetadataLogFrame& log, const Directory& names);

    model::MetadataLogModel model_;
    bool follow_ = true;
    bool quiet_ = false; // rows come and go: nobody has scrolled
    qint32 askedRows_ = 0;
    qint64 askedFrom_ = kUnknownOffset;
    QLabel* summary_ = nullptr;
    QTableView* table_ = nullptr;
    QListWidget* holders_ = nullptr;
};

} // namespace tideline::widgets
