// SPDX-License-Identifier: GPL-3.0-or-later
// RunActions: the actions of the Run menu: they become intents of the session; which of them can be done
// follows its state.
//
// GUI thread only.
#pragma once

#include "app/actions.h"
#include "app/lab.h"

#include <QObject>

class QWidget;

namespace tideline::app {

class RunActions : public QObject
{
    Q_OBJECT
public:
    RunActions(const Actions& actions, Lab& lab, QWidget* window);

    // True when the action was one of these.
    bool perform(ActionId id);

private:
    void show(const model::SessionStatus& status);
    void changeSpeed(int steps);
    void restart();
    void goTo();

    const Actions& actions_;
    Lab& lab_;
    QWidget* window_;
};

} // namespace tideline::app
