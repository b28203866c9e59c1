// SPDX-License-Identifier: GPL-3.0-or-later
// Docks: the panels around the views: lab, faults, guarantees, inspector, timeline, metadata log. All can be
// moved, floated and closed.
//
// They show frames and selections and pass on what is asked for; they decide nothing. GUI thread only.
#pragma once

#include "app/actions.h"
#include "engine/lab/command.h"
#include "engine/lab/frame.h"
#include "model/session_life.h"

#include <QList>
#include <QObject>

#include <array>

class QDockWidget;
class QMainWindow;

namespace tideline::widgets {
class FaultsPanel;
class PromisesPanel;
class InspectorPanel;
class LabTreeView;
class MetadataLogPanel;
class TimelineView;
} // namespace tideline::widgets

namespace tideline::app {

class Docks : public QObject
{
    Q_OBJECT
public:
    Docks(QMainWindow& window, const Actions& actions);

    void setFrame(const FramePtr& frame);
    void setSelection(const Selection& selection);
    void setLife(const model::LifeAnswer& answer);
    // Where they are at first.
    void arrange();
    QDockWidget* dock(ActionId id) const;
    // What the faults panel offers, for the menu.
    QList<QAction*> faultActions() const;

signals:
    void selected(const tideline::Selection& selection);
    void commandRequested(const tideline::Command& command);
    void timeRequested(tideline::Micros time);
    void lifeRequested(qint32 partition, qint64 offset);
    void metadataRequested(qint32 rows, qint64 from);

private:
    QDockWidget* add(ActionId id, const QString& name, const QString& title, QWidget* content);

    QMainWindow& window_;
    const Actions& actions_;
    std::array<QDockWidget*, 6> docks_{};
    Selection selection_;
    widgets::LabTreeView* lab_ = nullptr;
    widgets::FaultsPanel* faults_ = nullptr;
    widgets::PromisesPanel* promises_ = nullptr;
    widgets::InspectorPanel* inspector_ = nullptr;
    widgets::TimelineView* timeline_ = nullptr;
    widgets::MetadataLogPanel* metadataLog_ = nullptr;
};

} // namespace tideline::app
