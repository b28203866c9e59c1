// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/scene_pen.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace tideline::widgets {

namespace {

constexpr qreal kPanelPadding = 16;
constexpr qreal kPanelHead = 44; // px, title with its air

} // namespace

void ScenePen::rect(const QRectF& rect, ColorRole fill, ColorRole border, qreal radius, Dash dash)
{
    if (rect.width() <= 0 || rect.height() <= 0)
        return;
    scene_.shapes.emplace_back(RectShape{rect, fill, border, radius, 1, dash, Pattern::Plain});
}

void ScenePen::line(QPointF from, QPointF to, ColorRole role, qreal width, Dash dash)
{
    scene_.shapes.emplace_back(PolylineShape{{from, to}, role, width, dash});
}

void ScenePen::polyline(std::vector<QPointF> points, ColorRole role, qreal width, Dash dash)
{
    if (points.size() >= 2)
        scene_.shapes.emplace_back(PolylineShape{std::move(points), role, width, dash});
}

void ScenePen::marker(QPointF centre, MarkerShape shape, ColorRole fill, qreal size)
{
    scene_.shapes.emplace_back(MarkerShapeAt{centre, size, shape, fill, ColorRole::None});
}

qreal ScenePen::text(const QRectF& rect, const QString& text, ColorRole role, const FontSpec& font,
                     Qt::Alignment align)
{
    if (text.isEmpty() || rect.width() <= 0 || rect.height() <= 0)
        return 0;
    const QString shown = metrics_.elided(text, font, rect.width());
    if (shown.isEmpty())
        return 0;
    scene_.shapes.emplace_back(TextShape{rect, shown, role, font, align, 0});
    return metrics_.width(shown, font);
}

qreal ScenePen::paragraph(const QRectF& rect, const QString& text, ColorRole role, const FontSpec& font)
{
    const qreal lineHeight = metrics_.height(font) + 4;
    const int room = std::max(0, static_cast<int>(rect.height() / lineHeight));
    const QStringList lines = wrapText(text, font, rect.width(), metrics_);
    const int shown = std::min(room, static_cast<int>(lines.size()));
    for (int i = 0; i < shown; ++i) {
        const bool cut = i + 1 == shown && shown < lines.size();
        const QString line = cut ? lines.mid(i).join(QLatin1Char(' ')) : lines[i];
        this->text({rect.left(), rect.top() + i * lineHeight, rect.width(), lineHeight}, line, role, font);
    }
    return shown * lineHeight;
}

QRectF ScenePen::panel(const QRectF& rect, const QString& title, const QString& note)
{
    this->rect(rect, ColorRole::Panel, ColorRole::Border, 10);
    const QRectF head(rect.left() + kPanelPadding, rect.top() + 8, rect.width() - 2 * kPanelPadding, 28);
    const qreal used = text(head, title, ColorRole::Text, kTitleFont);
    const qreal left = head.left() + used + 24;
    if (head.right() - left > 40)
        text({left, head.top(), head.right() - left, head.height()}, note, ColorRole::TextFaint, kSmallFont,
             Qt::AlignRight | Qt::AlignVCenter);
    return rect.adjusted(kPanelPadding, kPanelHead, -kPanelPadding, -12);
}

HitRegion& ScenePen::region(const QRectF& rect, const QString& name, const Selection& selection,
                            const QString& tooltip)
{
    HitRegion region;
    region.rect = rect;
    region.selection = selection;
    region.name = name;
    region.tooltip = tooltip;
    scene_.regions.push_back(std::move(region));
    return scene_.regions.back();
}

QStringList wrapText(const QString& text, const FontSpec& font, qreal width, const TextMetrics& metrics)
{
    QStringList lines;
    QString line;
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
        if (line.isEmpty() || metrics.width(longer, font) <= width) {
            line = longer;
        } else {
            lines.push_back(line);
            line = word;
        }
    }
    if (!line.isEmpty())
        lines.push_back(line);
    return lines;
}

Scene emptyScene(const QSizeF& size, const QString& name, const QString& why, const QString& remedy,
                 const TextMetrics& metrics)
{
    Scene scene;
    scene.size = size;
    scene.name = name;
    scene.description = why + QLatin1Char(' ') + remedy;
    ScenePen pen(scene, metrics);
    pen.rect(QRectF(QPointF(0, 0), size), ColorRole::Window);
    const QRectF middle(16, size.height() / 2 - 28, size.width() - 32, 28);
    if (middle.top() < 0)
        return scene;
    pen.text(middle, why, ColorRole::Text, kTitleFont, Qt::AlignCenter);
    pen.text(middle.translated(0, 28), remedy, ColorRole::TextMuted, kBodyFont, Qt::AlignCenter);
    return scene;
}

} // namespace tideline::widgets
