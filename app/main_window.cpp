// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/docks.h"
#include "app/election_page.h"
#include "app/file_actions.h"
#include "app/keyboard_page.h"
#include "app/menus.h"
#include "app/page_dialog.h"
#include "app/run_actions.h"
#include "app/simplified_page.h"
#include "app/transport_bar.h"
#include "app/view_tabs.h"
#include "app/window_state.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QScreen>
#include <QStatusBar>
#include <QTimer>

#include <utility>

namespace tideline::app {

namespace {

constexpr int kSentenceTime = 20'000; // ms that a refusal stays in the status bar
constexpr double kZoomStep = 1.25;

} // namespace

MainWindow::MainWindow(std::string recoveryFile, QWidget* parent)
    : QMainWindow(parent)
    , lab_(std::move(recoveryFile))
{
    setWindowTitle(QStringLiteral("Tideline"));
    resize(QSize(1600, 1000).boundedTo(screen()->availableSize()));
    setDockNestingEnabled(true);
    setTabPosition(Qt::LeftDockWidgetArea, QTabWidget::North);
    bar_ = new TransportBar(actions_, this);
    addToolBar(bar_);
    tabs_ = new ViewTabs(this);
    setCentralWidget(tabs_);
    docks_ = new Docks(*this, actions_);
    buildMenus(*this, actions_, docks_->faultActions());
    files_ = new FileActions(lab_, this);
    runs_ = new RunActions(actions_, lab_, this);
    statusBar()->setSizeGripEnabled(false);
    connectLab();
    connectParts();
    restoreWindow();
    showZoom();
    showTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::connectLab()
{
    FrameClock& clock = lab_.clock();
    connect(&clock, &FrameClock::frameArrived, this, [this](const FramePtr& frame) {
        bar_->setFrame(*frame);
        tabs_->setFrame(frame);
        docks_->setFrame(frame);
    });
    connect(&clock, &FrameClock::statusChanged, bar_, &TransportBar::setStatus);
    connect(&clock, &FrameClock::lifeFound, docks_, &Docks::setLife);
    connect(&clock, &FrameClock::lifeFound, this, [this](const model::LifeAnswer& answer) {
        if (answer.life)
            return;
        statusBar()->showMessage(tr("This record is not in the log at this time of the run."), kSentenceTime);
        lab_.select({});
    });
    connect(&lab_, &Lab::selectionChanged, tabs_, &ViewTabs::setSelection);
    connect(&lab_, &Lab::selectionChanged, docks_, &Docks::setSelection);
    connect(&lab_, &Lab::problem, this,
            [this](const QString& sentence) { statusBar()->showMessage(sentence, kSentenceTime); });
    connect(&lab_, &Lab::actsChanged, this, &MainWindow::showTitle);
    connect(&lab_, &Lab::opened, this, &MainWindow::showTitle);
}

void MainWindow::connectParts()
{
    const auto seek = [this](Micros time) {
        lab_.intend([time](model::Session& session) { session.seek(time); });
    };
    connect(tabs_, &ViewTabs::selected, &lab_, &Lab::select);
    // "Why?" in a picture names a fact: the journal tells it.
    connect(tabs_, &ViewTabs::selected, this, [this](const Selection& selection) {
        if (selection.kind == Selection::Kind::Fact)
            tabs_->showView(View::Journal);
    });
    connect(tabs_, &ViewTabs::timeRequested, this, seek);
    connect(tabs_, &ViewTabs::requestChanged, this, [this] { lab_.look(tabs_->request()); });
    connect(docks_, &Docks::selected, &lab_, &Lab::select);
    connect(docks_, &Docks::commandRequested, &lab_, &Lab::act);
    connect(docks_, &Docks::timeRequested, this, seek);
    connect(docks_, &Docks::lifeRequested, &lab_, &Lab::askLife);
    connect(docks_, &Docks::metadataRequested, &lab_, &Lab::lookAtMetadata);
    connect(tabs_, &ViewTabs::currentChanged, this, &MainWindow::showZoom);
    connect(bar_, &TransportBar::speedChosen, this, [this](model::Speed speed) {
        lab_.intend([speed](model::Session& session) { session.setSpeed(speed); });
    });
    connect(&actions_, &Actions::triggered, this, &MainWindow::perform);
}

void MainWindow::openWhenShown(const QString& path)
{
    // The first round of the event loop paints; only then is anything read or run.
    QTimer::singleShot(0, this, [this, path] {
        repaint();
        lab_.look(tabs_->request());
        if (!files_->offerRecovery() && !path.isEmpty())
            files_->openPath(path);
    });
}

void MainWindow::perform(ActionId id)
{
    if (!runs_->perform(id) && !performFile(id) && !performView(id))
        performHelp(id);
}

bool MainWindow::performFile(ActionId id)
{
    switch (id) {
    case ActionId::Open:
        files_->open();
        return true;
    case ActionId::OpenShipped:
        files_->openShipped();
        return true;
    case ActionId::Save:
        files_->save();
        return true;
    case ActionId::SaveAs:
        files_->saveAs();
        return true;
    case ActionId::Quit:
        close();
        return true;
    default:
        return false;
    }
}

bool MainWindow::performView(ActionId id)
{
    switch (id) {
    case ActionId::ShowCluster:
        tabs_->showView(View::Cluster);
        return true;
    case ActionId::ShowGroups:
        tabs_->showView(View::Groups);
        return true;
    case ActionId::ShowTime:
        tabs_->showView(View::Time);
        return true;
    case ActionId::ShowCharts:
        tabs_->showView(View::Charts);
        return true;
    case ActionId::ShowJournal:
        tabs_->showView(View::Journal);
        return true;
    case ActionId::SearchJournal:
        tabs_->searchJournal();
        return true;
    case ActionId::ChartTables:
        tabs_->toggleTables();
        return true;
    case ActionId::ZoomIn:
        tabs_->setZoom(tabs_->zoom() * kZoomStep);
        return true;
    case ActionId::ZoomOut:
        tabs_->setZoom(tabs_->zoom() / kZoomStep);
        return true;
    case ActionId::ZoomFit:
        tabs_->setZoom(1);
        return true;
    case ActionId::LabDock:
    case ActionId::FaultsDock:
    case ActionId::GuaranteesDock:
    case ActionId::InspectorDock:
    case ActionId::TimelineDock:
    case ActionId::MetadataLogDock:
        docks_->dock(id)->setVisible(actions_[id]->isChecked());
        if (actions_[id]->isChecked())
            docks_->dock(id)->raise(); // it may share its place with another one, behind tabs
        return true;
    case ActionId::ResetLayout:
        resetLayout();
        return true;
    case ActionId::LightTheme:
        setLightTheme(actions_[id]->isChecked());
        return true;
    default:
        return false;
    }
}

void MainWindow::performHelp(ActionId id)
{
    if (id == ActionId::Simplified)
        showPage(tr("What is simplified"), simplifiedPage());
    else if (id == ActionId::Elections)
        showPage(tr("The election, then and now"), electionPage(failoverSettingOf(lab_.scenario())));
    else if (id == ActionId::Shortcuts)
        showPage(tr("Keyboard shortcuts"), keyboardPage());
    else if (id == ActionId::About)
        showPage(tr("About Tideline"), aboutPage());
}

void MainWindow::showZoom()
{
    for (const ActionId id : {ActionId::ZoomIn, ActionId::ZoomOut, ActionId::ZoomFit})
        actions_[id]->setEnabled(tabs_->canZoom());
}

void MainWindow::resetLayout()
{
    docks_->arrange();
}

void MainWindow::setLightTheme(bool light)
{
    actions_[ActionId::LightTheme]->setChecked(light);
    widgets::applyTheme(*qApp, light ? widgets::Theme::light() : widgets::Theme::dark());
}

void MainWindow::restoreWindow()
{
    const WindowState state = loadWindowState();
    actions_[ActionId::LightTheme]->setChecked(widgets::appliedTheme().kind() == widgets::Theme::Kind::Light);
    if (!state.geometry.isEmpty())
        restoreGeometry(state.geometry);
    if (!state.layout.isEmpty())
        restoreState(state.layout, kLayoutVersion);
}

void MainWindow::showTitle()
{
    const bool modified = lab_.modified();
    bar_->setTitle(lab_.name(), modified);
    setWindowTitle(tr("%1%2 – Tideline").arg(lab_.name(), modified ? QStringLiteral("*") : QString()));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!files_->mayDiscard()) {
        event->ignore();
        return;
    }
    lab_.forgetRecoverable();
    saveWindowState(*this, actions_[ActionId::LightTheme]->isChecked());
    event->accept();
}

void MainWindow::showPage(const QString& title, const QString& richText)
{
    auto* page = new PageDialog(title, richText, this);
    page->open();
}

} // namespace tideline::app
