// SPDX-License-Identifier: GPL-3.0-or-later
// Actions: every command of the window in one registry: its text, tool tip, shortcut and place in the menus.
//
// Menus, tool bar and the keyboard page are all made from this list; what is not in it cannot be done. Each
// action has a text and a tool tip, and no two share a shortcut. GUI thread only.
#pragma once

#include <QAction>
#include <QObject>

#include <cstdint>
#include <vector>

namespace tideline::app {

enum class ActionId : std::uint8_t {
    Open,
    OpenShipped,
    Save,
    SaveAs,
    Quit,
    PlayPause,
    StepEvent,
    BackEvent,
    StepFact,
    BackFact,
    StepMilli,
    BackMilli,
    StepSecond,
    BackSecond,
    Restart,
    GoTo,
    CancelJump,
    Slower,
    Faster,
    RealTime,
    Unlimited,
    ShowCluster,
    ShowGroups,
    ShowTime,
    ShowCharts,
    ShowJournal,
    SearchJournal,
    ChartTables,
    ZoomIn,
    ZoomOut,
    ZoomFit,
    LabDock,
    FaultsDock,
    GuaranteesDock,
    InspectorDock,
    TimelineDock,
    MetadataLogDock,
    ResetLayout,
    LightTheme,
    Simplified,
    Elections,
    Shortcuts,
    About,
    Count
};

enum class MenuId : std::uint8_t { File, Run, View, Help };

struct ActionSpec
{
    ActionId id;
    MenuId menu;
    const char* text;     // through tr()
    const char* tooltip;  // through tr()
    const char* shortcut; // as QKeySequence reads it
    bool checkable = false;
    bool separatorBefore = false;
};

class Actions : public QObject
{
    Q_OBJECT
public:
    explicit Actions(QObject* parent = nullptr);

    QAction* operator[](ActionId id) const { return actions_[static_cast<std::size_t>(id)]; }
    // In menu order.
    static const std::vector<ActionSpec>& specs();
    const std::vector<QAction*>& all() const { return actions_; }

signals:
    void triggered(tideline::app::ActionId id);

private:
    std::vector<QAction*> actions_; // by ActionId
};

} // namespace tideline::app
