// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charts_page.h"

#include "widgets/charts/chart_fill.h"
#include "widgets/charts/chart_table_model.h"
#include "widgets/charts/charts_places.h"

#include <QAction>
#include <QChart>
#include <QChartView>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tideline::widgets {

namespace {

constexpr int kFrame = 16;    // ms
constexpr int kAxisRoom = 80; // px beside the plot

} // namespace

ChartsPage::ChartsPage(QWidget* parent)
    : QWidget(parent)
    , scheduler_(static_cast<int>(kCharts.size()))
{
    clock_.start();
    timer_.setInterval(kFrame);
    connect(&timer_, &QTimer::timeout, this, &ChartsPage::tick);

    tableAction_ = new QAction(tr("Show as &table"), this);
    tableAction_->setCheckable(true);
    tableAction_->setToolTip(tr("Show the numbers of the charts as tables"));
    connect(tableAction_, &QAction::toggled, this, &ChartsPage::showTables);

    auto* button = new QToolButton(this);
    button->setDefaultAction(tableAction_);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(14, 10, 14, 0);
    head->addStretch();
    head->addWidget(button);

    stack_ = new QStackedWidget(this);
    makeCharts();
    makeTables();
    stack_->addWidget(chartsPane_);
    stack_->addWidget(tablesPane_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(stack_, 1);
}

void ChartsPage::makeCharts()
{
    chartsPane_ = new QWidget(stack_);
    chartsPane_->installEventFilter(this);
    for (std::size_t i = 0; i < views_.size(); ++i) {
        views_[i] = new QChartView(new QChart, chartsPane_);
        views_[i]->setRenderHint(QPainter::Antialiasing);
        views_[i]->setFrameShape(QFrame::NoFrame);
        views_[i]->setBackgroundBrush(Qt::NoBrush);
        views_[i]->setFocusPolicy(Qt::TabFocus);
    }
}

void ChartsPage::makeTables()
{
    tablesPane_ = new QTabWidget(stack_);
    for (std::size_t i = 0; i < tables_.size(); ++i) {
        auto* view = new QTableView(tablesPane_);
        tables_[i] = new ChartTableModel(view);
        view->setModel(tables_[i]);
        view->verticalHeader()->hide();
        // Headers and the rows in sight decide how wide a column is.
        view->horizontalHeader()->setResizeContentsPrecision(0);
        view->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
        view->setEditTriggers(QAbstractItemView::NoEditTriggers);
        const QString title = chartData({}, kCharts[i], {}).title;
        view->setAccessibleName(title);
        views_[i]->setAccessibleName(title);
        tablesPane_->addTab(view, title);
    }
}

void ChartsPage::setFrame(FramePtr frame)
{
    if (frame == frame_)
        return;
    frame_ = std::move(frame);
    placeCharts();
    scheduler_.markAll();
    if (!timer_.isActive())
        timer_.start();
}

void ChartsPage::tick()
{
    refresh(clock_.nsecsElapsed() / 1000);
    if (!scheduler_.waiting())
        timer_.stop();
}

bool ChartsPage::refresh(Micros now)
{
    const std::optional<int> due = scheduler_.next(now);
    if (!due)
        return false;
    const auto i = static_cast<std::size_t>(*due);
    const ChartsFrame none;
    const Directory nobody;
    const bool any = frame_ && frame_->charts && frame_->names;
    const ChartData data = chartData(any ? *frame_->charts : none, kCharts[i], any ? *frame_->names : nobody);
    ++refreshes_;
    if (tableAction_->isChecked()) {
        tables_[i]->setData(data);
        return true;
    }
    fillChart(*views_[i]->chart(), data, appliedTheme(), std::max(2, views_[i]->width() - kAxisRoom));
    views_[i]->setAccessibleDescription(chartSummary(data));
    return true;
}

void ChartsPage::showTables(bool tables)
{
    stack_->setCurrentWidget(tables ? static_cast<QWidget*>(tablesPane_) : chartsPane_);
    scheduler_.markAll();
    timer_.start();
}

void ChartsPage::placeCharts()
{
    const bool watermarks = frame_ && frame_->names && !frame_->names->pipelines.empty();
    const std::array<QRectF, 5> places = chartPlaces(chartsPane_->size(), watermarks);
    for (std::size_t i = 0; i < views_.size(); ++i)
        views_[i]->setGeometry(places[i].toRect());
}

// The pane gets its size from the stack, after this page has got its own.
bool ChartsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == chartsPane_ && event->type() == QEvent::Resize) {
        placeCharts();
        scheduler_.markAll();
        timer_.start();
    }
    return QWidget::eventFilter(watched, event);
}

void ChartsPage::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange && !timer_.isActive()) {
        scheduler_.markAll();
        timer_.start();
    }
    QWidget::changeEvent(event);
}

} // namespace tideline::widgets
