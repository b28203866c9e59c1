// SPDX-License-Identifier: GPL-3.0-or-later
// Where the files that come with the program lie: scenarios, logs, fonts.conf. Fonts and icons are inside the
// program.
//
// Looked for beside the executable, in the tree it was built from, and in ../share/tideline, in this order.
#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace tideline::app {

// Full path of a file or folder such as "logs" below the first resources folder that has it; empty when none
// has.
QString resourceFile(const QString& name);
// The shipped scenarios by name: the first is what opens without a file.
QStringList shippedScenarios();
// Where a scenario's logs are looked for after its own folder.
std::vector<std::string> logFolders();

} // namespace tideline::app
