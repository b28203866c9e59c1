// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of the two themes: one row a role, dark and light side by side, so that neither forgets one.
#pragma once

#include "widgets/scene/color_role.h"

#include <QRgb>

#include <array>

namespace tideline::widgets {

struct RoleColors
{
    ColorRole role = ColorRole::None;
    QRgb dark = 0;
    QRgb light = 0;
};

// In the order of ColorRole.
extern const std::array<RoleColors, kColorRoles> kRoleColors;

} // namespace tideline::widgets
