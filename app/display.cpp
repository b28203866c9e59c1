// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/display.h"

#include "app/resource_places.h"

#include <QDir>

#include <unistd.h>

namespace tideline::app {

bool displayThere()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

void drawOffscreen()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    for (const char* scaling : {"QT_SCALE_FACTOR", "QT_SCREEN_SCALE_FACTORS", "QT_FONT_DPI",
                                "QT_QPA_PLATFORMTHEME", "QT_STYLE_OVERRIDE"})
        qunsetenv(scaling);
    // Qt warns on standard error when it has to choose this place by itself.
    if (qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR"))
        qputenv("XDG_RUNTIME_DIR",
                (QDir::tempPath() + QStringLiteral("/runtime-%1").arg(getuid())).toLocal8Bit());
    const QString fonts = resourceFile(QStringLiteral("fonts/fonts.conf"));
    if (!fonts.isEmpty())
        qputenv("FONTCONFIG_FILE", fonts.toLocal8Bit());
}

} // namespace tideline::app
