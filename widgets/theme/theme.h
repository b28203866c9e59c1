// SPDX-License-Identifier: GPL-3.0-or-later
// Theme: what the roles look like: colours, fonts, palette and style sheet. Two of them: dark and light.
//
// Painters ask appliedTheme() at every paint and keep no colour; a change of theme reaches widgets as
// QEvent::PaletteChange. Fonts are the bundled ones, at pinned pixel sizes and without hinting, so that
// pictures are the same everywhere. Values are immutable; applyTheme() and appliedTheme() belong to the GUI
// thread.
#pragma once

#include "widgets/scene/color_role.h"
#include "widgets/scene/text_metrics.h"

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QString>

#include <array>

class QApplication;

namespace tideline::widgets {

class Theme
{
public:
    enum class Kind { Dark, Light };

    static const Theme& dark();
    static const Theme& light();
    // "dark" or "light"; nullptr for any other name.
    static const Theme* byName(const QString& name);

    Kind kind() const { return kind_; }
    QString name() const; // "dark" or "light"
    QColor color(ColorRole role) const { return colors_[static_cast<std::size_t>(role)]; }
    QPalette palette() const;
    QString styleSheet() const;

private:
    explicit Theme(Kind kind);

    Kind kind_;
    std::array<QColor, kColorRoles> colors_;
};

// Loads the bundled fonts once; false when one of them is missing from the resources.
bool loadFonts();
// Fusion, fonts, palette and style sheet for the whole program.
void applyTheme(QApplication& application, const Theme& theme);
// The theme of the last applyTheme(); dark before.
const Theme& appliedTheme();

// Ratio of WCAG 2.1 between two opaque colours, 1..21.
double contrast(const QColor& a, const QColor& b);

} // namespace tideline::widgets
