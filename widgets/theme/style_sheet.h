// SPDX-License-Identifier: GPL-3.0-or-later
// The style sheet of the program's own widgets: resources/themes/tideline.qss with "@Role" replaced by the
// theme's colours.
#pragma once

#include <QString>

namespace tideline::widgets {

class Theme;

// `@Card` becomes the colour of ColorRole::Card; a name that is no role is left as it is.
QString makeStyleSheet(const Theme& theme);

} // namespace tideline::widgets
