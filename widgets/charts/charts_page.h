// SPDX-License-Identifier: GPL-3.0-or-later
// ChartsPage: the Charts view: five charts, or their numbers as tables.
//
// Frames may come at any rate; what is drawn when is the scheduler's decision. After the last frame of a
// pause the charts that wait are still drawn, then nothing runs. GUI thread only.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/charts/chart_scheduler.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>

class QAction;
class QStackedWidget;
class QTabWidget;
class QTableView;
class QChartView;

namespace tideline::widgets {

class ChartTableModel;

class ChartsPage : public QWidget
{
    Q_OBJECT
public:
    explicit ChartsPage(QWidget* parent = nullptr);

    void setFrame(FramePtr frame);
    // Checkable; shows tables instead of charts. For menus.
    QAction* tableAction() const { return tableAction_; }
    // Draws the chart that is due at `now`, µs of a steady clock; false when none is. Called by the page's
    // own clock; tests call it too.
    bool refresh(Micros now);
    // How often any chart was drawn since the start.
    int refreshes() const { return refreshes_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeCharts();
    void makeTables();
    void tick();
    void placeCharts();
    void showTables(bool tables);

    FramePtr frame_;
    ChartScheduler scheduler_;
    QElapsedTimer clock_;
    QTimer timer_;
    QAction* tableAction_ = nullptr;
    QStackedWidget* stack_ = nullptr;
    QWidget* chartsPane_ = nullptr;
    QTabWidget* tablesPane_ = nullptr;
    std::array<QChartView*, 5> views_{};
    std::array<ChartTableModel*, 5> tables_{};
    int refreshes_ = 0;
};

} // namespace tideline::widgets
