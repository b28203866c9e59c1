// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions.h"

#include <QKeySequence>

namespace tideline::app {

const std::vector<ActionSpec>& Actions::specs()
{
    using Id = ActionId;
    constexpr MenuId kFile = MenuId::File, kRun = MenuId::Run, kView = MenuId::View, kHelp = MenuId::Help;
    static const std::vector<ActionSpec> kSpecs{
        {Id::Open, kFile, QT_TR_NOOP("&Open…"), QT_TR_NOOP("Open a scenario file"), "Ctrl+O"},
        {Id::OpenShipped, kFile, QT_TR_NOOP("Open a &Shipped Scenario…"),
         QT_TR_NOOP("Choose one of the scenarios that come with Tideline"), "Ctrl+Shift+O"},
        {Id::Save, kFile, QT_TR_NOOP("&Save"),
         QT_TR_NOOP("Save the scenario with what you did as its script"), "Ctrl+S", false, true},
        {Id::SaveAs, kFile, QT_TR_NOOP("Save &As…"),
         QT_TR_NOOP("Save the scenario with what you did under another name"), "Ctrl+Shift+S"},
        {Id::Quit, kFile, QT_TR_NOOP("&Quit"),
         QT_TR_NOOP("Close the window; what you did is asked about first"), "Ctrl+Q", false, true},

        {Id::PlayPause, kRun, QT_TR_NOOP("&Play"), QT_TR_NOOP("Let the clock run, or stop it"), "Space"},
        {Id::StepEvent, kRun, QT_TR_NOOP("Step One &Event"), QT_TR_NOOP("Handle the next event"), "F10",
         false, true},
        {Id::BackEvent, kRun, QT_TR_NOOP("Step Back One Event"),
         QT_TR_NOOP("Go back to before the last event"), "Shift+F10"},
        {Id::StepFact, kRun, QT_TR_NOOP("Step One &Fact"),
         QT_TR_NOOP("Go on until the journal has a new fact"), "F11"},
        {Id::BackFact, kRun, QT_TR_NOOP("Step Back One Fact"), QT_TR_NOOP("Go back to the fact before"),
         "Shift+F11"},
        {Id::StepMilli, kRun, QT_TR_NOOP("Step One &Millisecond"), QT_TR_NOOP("Go on for 1 ms of the run"),
         "F7"},
        {Id::BackMilli, kRun, QT_TR_NOOP("Step Back One Millisecond"),
         QT_TR_NOOP("Go back by 1 ms of the run"), "Shift+F7"},
        {Id::StepSecond, kRun, QT_TR_NOOP("Step One &Second"), QT_TR_NOOP("Go on for 1 s of the run"), "F8"},
        {Id::BackSecond, kRun, QT_TR_NOOP("Step Back One Second"), QT_TR_NOOP("Go back by 1 s of the run"),
         "Shift+F8"},
        {Id::Restart, kRun, QT_TR_NOOP("Back to the &Start"),
         QT_TR_NOOP("The same scenario and seed from the beginning, without what you did"), "Ctrl+Home",
         false, true},
        {Id::GoTo, kRun, QT_TR_NOOP("&Go to a Time…"),
         QT_TR_NOOP("Go to any time of the run, forwards or back"), "Ctrl+G"},
        {Id::CancelJump, kRun, QT_TR_NOOP("&Cancel the Jump"),
         QT_TR_NOOP("Give up going to another time and stay where you were"), "Ctrl+."},
        {Id::Slower, kRun, QT_TR_NOOP("S&lower"), QT_TR_NOOP("Let the clock run more slowly"), "Ctrl+[",
         false, true},
        {Id::Faster, kRun, QT_TR_NOOP("F&aster"), QT_TR_NOOP("Let the clock run faster"), "Ctrl+]"},
        {Id::RealTime, kRun, QT_TR_NOOP("&Real Time"), QT_TR_NOOP("One second of the run takes one second"),
         "Ctrl+R"},
        {Id::Unlimited, kRun, QT_TR_NOOP("As Fast as It Goes"),
         QT_TR_NOOP("Let the run go as fast as this machine can"), "Ctrl+Shift+R"},

        {Id::ShowCluster, kView, QT_TR_NOOP("&Cluster"),
         QT_TR_NOOP("Brokers, partitions, clients and what moves between them"), "Alt+1"},
        {Id::ShowGroups, kView, QT_TR_NOOP("&Groups"),
         QT_TR_NOOP("Who reads what, how far behind, and the last rebalance"), "Alt+2"},
        {Id::ShowTime, kView, QT_TR_NOOP("&Time"),
         QT_TR_NOOP("Event time against processing time, windows and the watermark"), "Alt+3"},
        {Id::ShowCharts, kView, QT_TR_NOOP("C&harts"),
         QT_TR_NOOP("Throughput, lag, latency and health over time"), "Alt+4"},
        {Id::ShowJournal, kView, QT_TR_NOOP("&Journal"),
         QT_TR_NOOP("Every fact of the run, and why it happened"), "Alt+5"},
        {Id::SearchJournal, kView, QT_TR_NOOP("&Search the Journal"),
         QT_TR_NOOP("Show the journal and go to its search box"), "Ctrl+F"},
        {Id::ChartTables, kView, QT_TR_NOOP("Charts as Ta&bles"),
         QT_TR_NOOP("Show the numbers of the charts as tables, or the charts again"), "Ctrl+Shift+T"},
        {Id::ZoomIn, kView, QT_TR_NOOP("Zoom &In"), QT_TR_NOOP("Show less, larger"), "Ctrl++", false, true},
        {Id::ZoomOut, kView, QT_TR_NOOP("Zoom &Out"), QT_TR_NOOP("Show more, smaller"), "Ctrl+-"},
        {Id::ZoomFit, kView, QT_TR_NOOP("&Fit"), QT_TR_NOOP("Show everything"), "Ctrl+0"},
        {Id::LabDock, kView, QT_TR_NOOP("&Lab"),
         QT_TR_NOOP("Show or hide the list of what the lab is made of"), "Ctrl+Alt+1", true, true},
        {Id::FaultsDock, kView, QT_TR_NOOP("Fa&ults"), QT_TR_NOOP("Show or hide the panel of faults"),
         "Ctrl+Alt+2", true},
        {Id::GuaranteesDock, kView, QT_TR_NOOP("Gua&rantees and Invariants"),
         QT_TR_NOOP("Show or hide what is promised and what is checked"), "Ctrl+Alt+3", true},
        {Id::InspectorDock, kView, QT_TR_NOOP("I&nspector"),
         QT_TR_NOOP("Show or hide the details of what is selected"), "Ctrl+Alt+4", true},
        {Id::TimelineDock, kView, QT_TR_NOOP("Time&line"),
         QT_TR_NOOP("Show or hide the timeline of the whole run"), "Ctrl+Alt+5", true},
        {Id::MetadataLogDock, kView, QT_TR_NOOP("Meta&data Log"),
         QT_TR_NOOP("Show or hide the records that the controllers write, and who has them"), "Ctrl+Alt+6",
         true},
        {Id::ResetLayout, kView, QT_TR_NOOP("Reset the La&yout"),
         QT_TR_NOOP("Put every panel back to where it was at first"), "Ctrl+Shift+L"},
        {Id::LightTheme, kView, QT_TR_NOOP("Light The&me"),
         QT_TR_NOOP("Dark signs on a light ground, or the other way round"), "Ctrl+T", true, true},

        {Id::Simplified, kHelp, QT_TR_NOOP("What Is &Simplified"),
         QT_TR_NOOP("Where the lab differs from the systems that it models"), "Ctrl+F1"},
        {Id::Elections, kHelp, QT_TR_NOOP("The &Election, Then and Now"),
         QT_TR_NOOP("How a new controller was found with ZooKeeper, and how a quorum finds it"),
         "Ctrl+Shift+F1"},
        {Id::Shortcuts, kHelp, QT_TR_NOOP("&Keyboard Shortcuts"),
         QT_TR_NOOP("List every command with its keys"), "F1"},
        {Id::About, kHelp, QT_TR_NOOP("&About Tideline"),
         QT_TR_NOOP("Version, licence and the systems that are modelled"), "Shift+F1", false, true},
    };
    return kSpecs;
}

Actions::Actions(QObject* parent)
    : QObject(parent)
    , actions_(static_cast<std::size_t>(ActionId::Count), nullptr)
{
    for (const ActionSpec& spec : specs()) {
        auto* action = new QAction(tr(spec.text), this);
        const QKeySequence shortcut(QLatin1String(spec.shortcut));
        action->setShortcut(shortcut);
        action->setCheckable(spec.checkable);
        action->setToolTip(tr("%1 (%2)").arg(tr(spec.tooltip), shortcut.toString(QKeySequence::NativeText)));
        action->setStatusTip(tr(spec.tooltip));
        connect(action, &QAction::triggered, this, [this, id = spec.id] { emit triggered(id); });
        actions_[static_cast<std::size_t>(spec.id)] = action;
    }
}

} // namespace tideline::app
