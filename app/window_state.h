// SPDX-License-Identifier: GPL-3.0-or-later
// What the window remembers between two starts: size, panels, theme.
#pragma once

#include <QByteArray>
#include <QString>

class QMainWindow;

namespace tideline::app {

struct WindowState
{
    QByteArray geometry;
    QByteArray layout;
    bool light = false;
};

WindowState loadWindowState();
void saveWindowState(const QMainWindow& window, bool light);
// The version of the layout: one that an older program saved is not taken.
inline constexpr int kLayoutVersion = 2;
// Where unsaved acts are kept.
QString recoveryFile();

} // namespace tideline::app
