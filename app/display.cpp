// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/display.h"

#include "app/resource_places.h"

#include <QtGlobal>

namespace tideline::app {

bool displayThere()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

void drawOffscreen()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (const char* scaling : {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI", "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"})
        qunsetenv(scaling);
    const QString fonts = resourceFile(QStringLiteral("fonts/fonts.conf"));
    if (!fonts.isEmpty())
        qputenv("FONTCONFIG_FILE", fonts.toLocal8Bit());
}

} // namespace tideline::app
