// SPDX-License-Identifier: GPL-3.0-or-later
// InspectorPanel: what is known about the selected thing, and the life of the selected record. Content of a
// dock. GUI thread only.
#pragma once

#include "engine/lab/frame.h"
#include "model/inspector_model.h"

#include <QWidget>

#include <optional>

class QLabel;
class QScrollArea;
class QTableView;

namespace tideline::widgets {

class LifeView;

class InspectorPanel : public QWidget
{
    Q_OBJECT
public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    void setFrame(const FramePtr& frame);
    // What is selected; the rows come with the next frame. A record asks for its life.
    void setSelection(const Selection& selection);
    // The answer to lifeRequested(); ignored when another record is selected by now.
    void setLife(const RecordLife& life);

    QString title() const;
    QTableView* table() const { return table_; }
    LifeView* life() const { return life_; }

signals:
    void lifeRequested(qint32 partition, qint64 offset);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void spanRecords(const std::vector<InspectorFrame::Row>& rows);
    void showTitle();

    model::InspectorModel model_;
    FramePtr frame_;
    Selection selection_;
    QLabel* title_ = nullptr;
    QLabel* hint_ = nullptr;
    QTableView* table_ = nullptr;
    QScrollArea* lifeArea_ = nullptr;
    LifeView* life_ = nullptr;
    bool told_ = false; // the life is there and begins with the record's name
};

} // namespace tideline::widgets
