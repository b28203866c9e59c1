// SPDX-License-Identifier: GPL-3.0-or-later
// The page that lists every command with its keys, made from the registry of actions.
#pragma once

#include <QString>

namespace tideline::app {

// Rich text.
QString keyboardPage();

} // namespace tideline::app
