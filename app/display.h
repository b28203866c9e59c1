// SPDX-License-Identifier: GPL-3.0-or-later
// Whether there is a screen, and how pictures are drawn without one.
#pragma once

namespace tideline::app {

// One of DISPLAY, WAYLAND_DISPLAY and QT_QPA_PLATFORM says so.
bool displayThere();

// For subcommands that draw: the offscreen platform, the bundled fonts alone and one pixel a logical pixel,
// so that a picture has the same bytes wherever it is drawn. Before QGuiApplication is made.
void drawOffscreen();

} // namespace tideline::app
