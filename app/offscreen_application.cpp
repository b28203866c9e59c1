// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/offscreen_application.h"

#include "app/display.h"
#include "widgets/theme/theme.h"

namespace tideline::app {

namespace {

// The environment has to be set before the application is made.
int& prepared(int& argc)
{
    drawOffscreen();
    return argc;
}

} // namespace

OffscreenApplication::OffscreenApplication(int& argc, char** argv)
    : application_(prepared(argc), argv)
{
    widgets::loadFonts();
}

} // namespace tideline::app
