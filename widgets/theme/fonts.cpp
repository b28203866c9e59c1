// SPDX-License-Identifier: GPL-3.0-or-later
// The bundled fonts: what a picture looks like must not depend on what is installed.
#include "widgets/theme/theme.h"

#include <QFontDatabase>

// Outside any namespace, as Q_INIT_RESOURCE asks for: a static library's resources are linked only when
// somebody names them.
static void linkResources()
{
    Q_INIT_RESOURCE(fonts);
    Q_INIT_RESOURCE(theme);
}

namespace tideline::widgets {

bool loadFonts()
{
    static const bool loaded = [] {
        linkResources();
        bool all = true;
        for (const char* file : {"Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf",
                                 "JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf"})
            all &= QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file)) >= 0;
        return all;
    }();
    return loaded;
}

} // namespace tideline::widgets
