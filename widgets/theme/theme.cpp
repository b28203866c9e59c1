// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/theme.h"

#include "widgets/theme/style_sheet.h"
#include "widgets/theme/theme_colors.h"

#include <QApplication>
#include <QStyle>
#include <QStyleFactory>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

const Theme* applied = nullptr;

// Linear light of one channel, 0..1 (WCAG 2.1, "relative luminance").
double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color)
{
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

Theme::Theme(Kind kind)
    : kind_(kind)
{
    for (const RoleColors& row : kRoleColors) {
        const QRgb rgb = kind == Kind::Dark ? row.dark : row.light;
        colors_[static_cast<std::size_t>(row.role)] = QColor::fromRgba(rgb);
    }
}

const Theme& Theme::dark()
{
    static const Theme theme(Kind::Dark);
    return theme;
}

const Theme& Theme::light()
{
    static const Theme theme(Kind::Light);
    return theme;
}

const Theme* Theme::byName(const QString& name)
{
    for (const Theme* theme : {&dark(), &light()}) {
        if (theme->name() == name)
            return theme;
    }
    return nullptr;
}

QString Theme::name() const
{
    return kind_ == Kind::Dark ? QStringLiteral("dark") : QStringLiteral("light");
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole where, ColorRole role) { palette.setColor(where, color(role)); };
    set(QPalette::Window, ColorRole::Panel);
    set(QPalette::WindowText, ColorRole::Text);
    set(QPalette::Base, ColorRole::Panel);
    set(QPalette::AlternateBase, ColorRole::Card);
    set(QPalette::Text, ColorRole::Text);
    set(QPalette::PlaceholderText, ColorRole::TextFaint);
    set(QPalette::Button, ColorRole::Card);
    set(QPalette::ButtonText, ColorRole::Text);
    set(QPalette::BrightText, ColorRole::TextBad);
    set(QPalette::ToolTipBase, ColorRole::CardRaised);
    set(QPalette::ToolTipText, ColorRole::Text);
    set(QPalette::Highlight, ColorRole::Accent);
    set(QPalette::HighlightedText, ColorRole::TextOnAccent);
    set(QPalette::Link, ColorRole::TextLink);
    set(QPalette::LinkVisited, ColorRole::TextLink);
    set(QPalette::Light, ColorRole::BorderStrong);
    set(QPalette::Midlight, ColorRole::Border);
    set(QPalette::Mid, ColorRole::Border);
    set(QPalette::Dark, ColorRole::Window);
    set(QPalette::Shadow, ColorRole::Window);
    for (const QPalette::ColorRole where : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, where, color(ColorRole::BorderStrong));
    return palette;
}

QString Theme::styleSheet() const
{
    return makeStyleSheet(*this);
}

void applyTheme(QApplication& application, const Theme& theme)
{
    loadFonts();
    applied = &theme;
    if (application.style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) != 0)
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(makeFont({FontKind::Ui, 13, FontWeight::Regular}));
    QApplication::setPalette(theme.palette());
    application.setStyleSheet(theme.styleSheet());
}

const Theme& appliedTheme()
{
    return applied ? *applied : Theme::dark();
}

double contrast(const QColor& a, const QColor& b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

} // namespace tideline::widgets
