// SPDX-License-Identifier: GPL-3.0-or-later
// What a person can do to the run now, given what is selected: the commands of engine/lab/command.h, each
// with its choices, or with the reason why it does not apply. Pure but for translations.
#pragma once

#include "engine/lab/command.h"
#include "engine/lab/frame.h"

#include <QKeySequence>
#include <QString>

#include <array>
#include <cstdint>
#include <vector>

namespace tideline::widgets {

enum class Fault : std::uint8_t {
    KillBroker,
    StopBroker,
    StartBroker,
    PauseBroker,
    ResumeBroker,
    SlowFollower,
    CutLink,
    CutOneWay,
    Isolate,
    HealLink,
    HealAll,
    ChangeLink,
    ResetLink,
    SkewClock,
    Aim,
    CrashConsumer,
    StopConsumer,
    StartConsumer,
    PauseConsumer,
    ResumeConsumer,
    AddConsumer,
    ChangeRate,
    KillController,
    StopController,
    StartController,
    PauseController,
    ResumeController,
    ElectLeader,
    Reassign,
    AlterConfig,
    DeleteRecords,
    PowerLoss,
    SlowDisk,
    FillDisk,
    FailDisk,
    RepairDisk,
    CreateTopic,
    AddPartitions,
    DeleteTopic,
    RollingRestart,
    KillRack,
    CancelRestart,
    CancelAim
};
inline constexpr int kFaults = static_cast<int>(Fault::CancelAim) + 1;

// What never changes about it.
struct FaultAction
{
    QString text;    // of the button
    QString tooltip; // what it does
    QKeySequence shortcut;
};

FaultAction faultAction(Fault fault);

struct FaultChoice
{
    QString text; // in a menu, when there are several
    Command command;
};

struct FaultOffer
{
    std::vector<FaultChoice> choices; // empty: it does not apply
    QString reason;                   // then: why, and what to do
};

FaultOffer faultOffer(Fault fault, const Selection& selection, const Frame& frame);

} // namespace tideline::widgets
