// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/run_actions.h"

#include "app/speed_steps.h"
#include "app/transport_icons.h"
#include "engine/lab/duration_text.h"

#include <QInputDialog>
#include <QMessageBox>

#include <algorithm>

namespace tideline::app {

using model::Session;
using model::StepUnit;

RunActions::RunActions(const Actions& actions, Lab& lab, QWidget* window)
    : QObject(window)
    , actions_(actions)
    , lab_(lab)
    , window_(window)
{
    connect(&lab.clock(), &FrameClock::statusChanged, this, &RunActions::show);
    show(lab.clock().status());
}

bool RunActions::perform(ActionId id)
{
    const auto step = [this](StepUnit unit) {
        lab_.intend([unit](Session& session) { session.step(unit); });
    };
    const auto back = [this](StepUnit unit) {
        lab_.intend([unit](Session& session) { session.stepBack(unit); });
    };
    switch (id) {
    case ActionId::PlayPause:
        lab_.intend([playing = lab_.clock().status().playing](Session& session) {
            playing ? session.pause() : session.play();
        });
        return true;
    case ActionId::StepEvent:
        step(StepUnit::Event);
        return true;
    case ActionId::StepFact:
        step(StepUnit::Fact);
        return true;
    case ActionId::StepMilli:
        step(StepUnit::Milli);
        return true;
    case ActionId::StepSecond:
        step(StepUnit::Second);
        return true;
    case ActionId::BackEvent:
        back(StepUnit::Event);
        return true;
    case ActionId::BackFact:
        back(StepUnit::Fact);
        return true;
    case ActionId::BackMilli:
        back(StepUnit::Milli);
        return true;
    case ActionId::BackSecond:
        back(StepUnit::Second);
        return true;
    case ActionId::Restart:
        restart();
        return true;
    case ActionId::GoTo:
        goTo();
        return true;
    case ActionId::CancelJump:
        lab_.intend([](Session& session) { session.cancelJump(); });
        return true;
    case ActionId::Slower:
        changeSpeed(-1);
        return true;
    case ActionId::Faster:
        changeSpeed(1);
        return true;
    case ActionId::RealTime:
        lab_.intend([](Session& session) { session.setSpeed({}); });
        return true;
    case ActionId::Unlimited:
        lab_.intend([](Session& session) { session.setSpeed({model::Speed::kUnlimited}); });
        return true;
    default:
        return false;
    }
}

void RunActions::show(const model::SessionStatus& status)
{
    QAction* play = actions_[ActionId::PlayPause];
    play->setText(status.playing ? tr("&Pause") : tr("&Play"));
    play->setIcon(transportIcon(status.playing ? TransportSign::Pause : TransportSign::Play));
    play->setEnabled(status.open && (status.playing || !status.ended));
    for (const ActionId id :
         {ActionId::StepEvent, ActionId::StepFact, ActionId::StepMilli, ActionId::StepSecond})
        actions_[id]->setEnabled(status.open && !status.ended);
    for (const ActionId id : {ActionId::BackEvent, ActionId::BackFact, ActionId::BackMilli,
                              ActionId::BackSecond, ActionId::Restart, ActionId::GoTo})
        actions_[id]->setEnabled(status.open);
    actions_[ActionId::CancelJump]->setEnabled(status.jumping);
}

void RunActions::changeSpeed(int steps)
{
    const int step = std::clamp(stepOfSpeed(lab_.clock().status().speed) + steps, 0, speedSteps() - 1);
    lab_.intend([step](Session& session) { session.setSpeed(speedOfStep(step)); });
}

void RunActions::restart()
{
    if (lab_.modified() &&
        QMessageBox::question(window_, tr("Back to the start"),
                              tr("Going back to the start drops what you did. To keep it, go to the time 0 s "
                                 "instead. Drop it?")) != QMessageBox::Yes)
        return;
    lab_.restart();
}

void RunActions::goTo()
{
    bool chosen = false;
    const QString text = QInputDialog::getText(window_, tr("Go to a time"),
                                               tr("Time of the run, such as \"41 s\" or \"1.5 min\":"),
                                               QLineEdit::Normal, QString(), &chosen);
    if (!chosen)
        return;
    const Result<Micros> time = parseMoment(text.trimmed().toStdString());
    if (time.ok())
        lab_.intend([to = time.value()](Session& session) { session.seek(to); });
    else
        QMessageBox::warning(window_, tr("Go to a time"), QString::fromStdString(time.error().sentence));
}

} // namespace tideline::app
