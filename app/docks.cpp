// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/docks.h"

#include "widgets/faults/faults_panel.h"
#include "widgets/faults/promises_panel.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/lab_tree/lab_tree_view.h"
#include "widgets/metadata_log/metadata_log_panel.h"
#include "widgets/timeline/timeline_view.h"

#include <QAction>
#include <QDockWidget>
#include <QMainWindow>
#include <QScrollArea>
#include <QStyle>

#include <algorithm>

namespace tideline::app {

namespace {

constexpr int kSideWidth = 250;      // px
constexpr int kTimelineHeight = 118; // px
constexpr int kMetadataHeight = 260; // px
constexpr int kPromisesHeight = 150; // px
constexpr int kBarsHeight = 90;      // px: menu and transport
constexpr int kTitleHeight = 34;     // px: of a dock
constexpr int kLowWindow = 860;      // px: below, the lab and the faults share a place behind two tabs

// On a small screen the panels share the height: each scrolls rather than push the timeline out of the
// window.
QScrollArea* scrolled(QWidget* content)
{
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setMinimumHeight(60);
    // It scrolls up and down only: its width is that of its content.
    area->setMinimumWidth(content->minimumSizeHint().width() +
                          area->style()->pixelMetric(QStyle::PM_ScrollBarExtent, nullptr, area));
    area->setFocusPolicy(Qt::NoFocus); // its content has the focus
    return area;
}

std::size_t placeOf(ActionId id)
{
    return static_cast<std::size_t>(id) - static_cast<std::size_t>(ActionId::LabDock);
}

} // namespace

Docks::Docks(QMainWindow& window, const Actions& actions)
    : QObject(&window)
    , window_(window)
    , actions_(actions)
{
    lab_ = new widgets::LabTreeView;
    faults_ = new widgets::FaultsPanel;
    promises_ = new widgets::PromisesPanel;
    inspector_ = new widgets::InspectorPanel;
    timeline_ = new widgets::TimelineView;
    metadataLog_ = new widgets::MetadataLogPanel;
    add(ActionId::LabDock, QStringLiteral("lab"), tr("Lab"), lab_);
    add(ActionId::FaultsDock, QStringLiteral("faults"), tr("Faults"), scrolled(faults_));
    add(ActionId::GuaranteesDock, QStringLiteral("guarantees"), tr("Guarantees and invariants"),
        scrolled(promises_));
    add(ActionId::InspectorDock, QStringLiteral("inspector"), tr("Inspector"), inspector_);
    add(ActionId::TimelineDock, QStringLiteral("timeline"), tr("Timeline"), timeline_);
    add(ActionId::MetadataLogDock, QStringLiteral("metadata-log"), tr("Metadata log"), metadataLog_);
    arrange();

    connect(lab_, &widgets::LabTreeView::selected, this, &Docks::selected);
    connect(faults_, &widgets::FaultsPanel::commandRequested, this, &Docks::commandRequested);
    connect(inspector_, &widgets::InspectorPanel::lifeRequested, this, &Docks::lifeRequested);
    connect(metadataLog_, &widgets::MetadataLogPanel::recordsWanted, this, &Docks::metadataRequested);
    connect(timeline_, &widgets::TimelineView::selected, this, &Docks::selected);
    connect(timeline_, &widgets::TimelineView::seekRequested, this, &Docks::timeRequested);
}

QDockWidget* Docks::add(ActionId id, const QString& name, const QString& title, QWidget* content)
{
    auto* dock = new QDockWidget(title, &window_);
    dock->setObjectName(name); // what the saved layout knows it by
    dock->setWidget(content);
    docks_[placeOf(id)] = dock;
    QAction* action = actions_[id];
    connect(dock, &QDockWidget::visibilityChanged, action,
            [dock, action] { action->setChecked(!dock->isHidden()); });
    return dock;
}

QList<QAction*> Docks::faultActions() const
{
    return faults_->faultActions();
}

QDockWidget* Docks::dock(ActionId id) const
{
    return docks_[placeOf(id)];
}

void Docks::arrange()
{
    const auto place = [this](ActionId id, Qt::DockWidgetArea area) {
        QDockWidget* dock = this->dock(id);
        dock->setFloating(false);
        window_.addDockWidget(area, dock);
        dock->show();
        actions_[id]->setChecked(true);
    };
    place(ActionId::LabDock, Qt::LeftDockWidgetArea);
    place(ActionId::FaultsDock, Qt::LeftDockWidgetArea);
    place(ActionId::GuaranteesDock, Qt::LeftDockWidgetArea);
    place(ActionId::InspectorDock, Qt::RightDockWidgetArea);
    place(ActionId::MetadataLogDock, Qt::BottomDockWidgetArea);
    place(ActionId::TimelineDock, Qt::BottomDockWidgetArea);
    // Above the timeline, for whoever asks for it.
    window_.splitDockWidget(dock(ActionId::MetadataLogDock), dock(ActionId::TimelineDock), Qt::Vertical);
    dock(ActionId::MetadataLogDock)->hide();
    actions_[ActionId::MetadataLogDock]->setChecked(false);
    window_.resizeDocks({dock(ActionId::LabDock), dock(ActionId::InspectorDock)}, {kSideWidth, kSideWidth},
                        Qt::Horizontal);
    window_.resizeDocks({dock(ActionId::MetadataLogDock), dock(ActionId::TimelineDock)},
                        {kMetadataHeight, kTimelineHeight}, Qt::Vertical);
    const bool tabs = window_.height() < kLowWindow;
    if (tabs) {
        window_.tabifyDockWidget(dock(ActionId::LabDock), dock(ActionId::FaultsDock));
        dock(ActionId::LabDock)->raise();
    }
    // The lab gets what the two panels below it do not need, and a third of the height where that is little;
    // where the faults stand behind it, they take nothing of it.
    const int height = std::max(1, window_.height() - kTimelineHeight - kBarsHeight);
    const int faults = tabs ? 0 : std::min(faults_->sizeHint().height() + kTitleHeight, height * 2 / 5);
    // What it will say is not known before the first frame.
    const int promises =
        std::min(std::max(promises_->sizeHint().height(), kPromisesHeight) + kTitleHeight, height / 4);
    QList<QDockWidget*> left{dock(ActionId::LabDock), dock(ActionId::GuaranteesDock)};
    QList<int> heights{height - faults - promises, promises};
    if (!tabs) {
        left << dock(ActionId::FaultsDock);
        heights << faults;
    }
    window_.resizeDocks(left, heights, Qt::Vertical);
}

void Docks::setFrame(const FramePtr& frame)
{
    lab_->setFrame(frame);
    faults_->setFrame(frame);
    promises_->setFrame(frame);
    inspector_->setFrame(frame);
    timeline_->setFrame(frame);
    metadataLog_->setFrame(frame);
    // A fact is marked by what it is about, and so are the faults that can hit it.
    if (selection_.kind == Selection::Kind::Fact && frame && frame->inspector.selection == selection_) {
        lab_->setSelected(frame->inspector.subject);
        faults_->setSelection(frame->inspector.subject);
    }
}

void Docks::setSelection(const Selection& selection)
{
    selection_ = selection;
    lab_->setSelected(selection);
    faults_->setSelection(selection);
    inspector_->setSelection(selection);
    timeline_->setSelection(selection);
}

void Docks::setLife(const model::LifeAnswer& answer)
{
    if (answer.life)
        inspector_->setLife(*answer.life);
}

} // namespace tideline::app
