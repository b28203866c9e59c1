// SPDX-License-Identifier: GPL-3.0-or-later
// The menu bar, made from the registry of actions and from what the faults panel offers.
#pragma once

#include <QList>

class QAction;
class QMainWindow;

namespace tideline::app {

class Actions;

void buildMenus(QMainWindow& window, const Actions& actions, const QList<QAction*>& faults);

} // namespace tideline::app
