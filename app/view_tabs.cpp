// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_tabs.h"

#include "widgets/charts/charts_page.h"
#include "widgets/cluster/cluster_view.h"
#include "widgets/groups/groups_view.h"
#include "widgets/journal/journal_view.h"
#include "widgets/time/time_view.h"

#include <QEvent>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

namespace tideline::app {

namespace {

constexpr double kMostZoom = 64;

// A frame holds what one view asked for; the cluster's rows come when none of the others did.
bool isFor(const Frame& frame, View view)
{
    switch (view) {
    case View::Groups:
        return frame.groups.has_value();
    case View::Time:
        return frame.time.has_value();
    case View::Charts:
        return frame.charts.has_value();
    case View::Journal:
        return frame.journal.has_value();
    case View::Cluster:
        break;
    }
    return !frame.groups && !frame.time && !frame.charts && !frame.journal;
}

} // namespace

ViewTabs::ViewTabs(QWidget* parent)
    : QTabWidget(parent)
{
    setDocumentMode(true);
    tabBar()->setAccessibleName(tr("Views"));
    for (const QString& name : {tr("Cluster"), tr("Groups"), tr("Time"), tr("Charts"), tr("Journal")}) {
        // An empty place until the page is asked for.
        auto* place = new QWidget(this);
        auto* layout = new QVBoxLayout(place);
        layout->setContentsMargins(0, 0, 0, 0);
        place->installEventFilter(this);
        addTab(place, name);
    }
    makePage(0);
    connect(this, &QTabWidget::currentChanged, this, [this](int index) {
        makePage(index);
        emit requestChanged();
    });
}

void ViewTabs::makePage(int index)
{
    QWidget*& page = pages_[static_cast<std::size_t>(index)];
    if (page)
        return;
    page = newPage(static_cast<View>(index));
    widget(index)->layout()->addWidget(page);
    widget(index)->setFocusProxy(page);
    setSelection(selection_);
}

QWidget* ViewTabs::newPage(View view)
{
    if (view == View::Charts)
        return charts_ = new widgets::ChartsPage(this);
    if (view == View::Journal) {
        journal_ = new widgets::JournalView(this);
        connect(journal_, &widgets::JournalView::selected, this, &ViewTabs::selected);
        connect(journal_, &widgets::JournalView::jumpRequested, this, &ViewTabs::timeRequested);
        return journal_;
    }
    widgets::SceneView* page = nullptr;
    if (view == View::Cluster) {
        page = new widgets::ClusterView(this);
    } else if (view == View::Groups) {
        page = new widgets::GroupsView(this);
    } else {
        auto* time = new widgets::TimeView(this);
        connect(time, &widgets::TimeView::centreChanged, this, &ViewTabs::requestChanged);
        page = time;
    }
    connect(page, &widgets::SceneView::selected, this, &ViewTabs::selected);
    connect(page, &widgets::SceneView::zoomChanged, this, &ViewTabs::requestChanged);
    return page;
}

widgets::SceneView* ViewTabs::scene() const
{
    return qobject_cast<widgets::SceneView*>(pages_[static_cast<std::size_t>(currentIndex())]);
}

ViewRequest ViewTabs::request() const
{
    ViewRequest request;
    request.view = view();
    const QSize size = currentWidget()->size();
    request.width = std::max(1, size.width());
    request.height = std::max(1, size.height());
    request.zoom = zoom();
    if (const auto* time = qobject_cast<const widgets::TimeView*>(scene()))
        request.centre = time->centre();
    return request;
}

void ViewTabs::setFrame(const FramePtr& frame)
{
    if (!isFor(*frame, view()))
        return;
    // A fact is marked by what it is about, which the frame knows.
    if (selection_.kind == Selection::Kind::Fact && frame->inspector.selection == selection_)
        markInPictures(frame->inspector.subject);
    if (widgets::SceneView* page = scene())
        page->setFrame(frame);
    else if (view() == View::Charts)
        charts_->setFrame(frame);
    else
        journal_->setFrame(frame);
}

void ViewTabs::setSelection(const Selection& selection)
{
    selection_ = selection;
    markInPictures(selection);
    if (journal_)
        journal_->setSelection(selection);
}

void ViewTabs::markInPictures(const Selection& selection)
{
    for (QWidget* page : pages_)
        if (auto* picture = qobject_cast<widgets::SceneView*>(page))
            picture->setSelection(selection);
}

void ViewTabs::searchJournal()
{
    showView(View::Journal);
    journal_->focusSearch();
}

void ViewTabs::toggleTables()
{
    showView(View::Charts);
    charts_->tableAction()->toggle();
}

bool ViewTabs::canZoom() const
{
    return view() == View::Time;
}

double ViewTabs::zoom() const
{
    const widgets::SceneView* page = scene();
    return page ? page->zoom() : 1;
}

void ViewTabs::setZoom(double zoom)
{
    if (canZoom())
        scene()->setZoom(std::clamp(zoom, 1.0, kMostZoom));
}

bool ViewTabs::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && watched == currentWidget())
        emit requestChanged();
    return QTabWidget::eventFilter(watched, event);
}

} // namespace tideline::app
