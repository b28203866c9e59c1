// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/scene_writer.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 8; // px between two texts on one line
constexpr qreal kLeastElided = 36;
constexpr qreal kPillPad = 8; // px left and right of the text

} // namespace

void SceneWriter::fill(const QRectF& rect, ColorRole role)
{
    add(RectShape{.rect = rect, .fill = role});
}

void SceneWriter::box(const QRectF& rect, ColorRole fill, ColorRole border, qreal radius, Dash dash,
                      qreal borderWidth)
{
    add(RectShape{.rect = rect,
                  .fill = fill,
                  .border = border,
                  .radius = radius,
                  .borderWidth = borderWidth,
                  .dash = dash});
}

void SceneWriter::line(QPointF from, QPointF to, ColorRole role, qreal width, Dash dash)
{
    add(PolylineShape{.points = {from, to}, .role = role, .width = width, .dash = dash});
}

void SceneWriter::marker(QPointF centre, MarkerShape shape, ColorRole role, qreal size)
{
    add(MarkerShapeAt{.centre = centre, .size = size, .shape = shape, .fill = role});
}

qreal SceneWriter::text(const QRectF& rect, const QString& text, const TextStyle& style, Qt::Alignment align)
{
    if (rect.width() <= 0 || text.isEmpty())
        return 0;
    const QString shown = metrics_.elided(text, style.font, rect.width());
    if (shown.isEmpty())
        return 0;
    const qreal width = std::min(rect.width(), std::ceil(metrics_.width(shown, style.font)));
    add(TextShape{.rect = rect,
                  .text = shown,
                  .role = style.role,
                  .font = style.font,
                  .align = align | Qt::AlignVCenter});
    return width;
}

bool SceneWriter::pairFits(qreal room, const QString& left, const TextStyle& leftStyle, const QString& right,
                           const TextStyle& rightStyle) const
{
    return width(left, leftStyle) + kGap + std::ceil(width(right, rightStyle)) <= room;
}

void SceneWriter::textPair(const QRectF& rect, const QString& left, const TextStyle& leftStyle,
                           const QString& right, const TextStyle& rightStyle, qreal rightShare)
{
    const qreal leftWidth = width(left, leftStyle);
    const qreal room = std::max(rect.width() * rightShare, rect.width() - leftWidth - kGap);
    const qreal rightWidth = std::ceil(width(right, rightStyle));
    const qreal wanted = std::min(rightWidth, room);
    // A stump of a few letters says less than nothing.
    const bool readable = wanted >= rightWidth || wanted >= kLeastElided;
    const qreal used = !readable ? 0
                                 : text(QRectF(rect.right() - wanted, rect.top(), wanted, rect.height()),
                                        right, rightStyle, Qt::AlignRight);
    text(rect.adjusted(0, 0, used > 0 ? -used - kGap : 0, 0), left, leftStyle);
}

qreal SceneWriter::pill(QPointF topLeft, qreal height, qreal maxWidth, const QString& content,
                        const TextStyle& style, ColorRole fillRole)
{
    const qreal wanted = std::min(std::ceil(width(content, style)) + 2 * kPillPad, maxWidth);
    if (wanted < 3 * kPillPad)
        return 0;
    const QRectF rect(topLeft, QSizeF(wanted, height));
    box(rect, fillRole, ColorRole::None, height / 2);
    text(rect.adjusted(kPillPad, 0, -kPillPad, 0), content, style, Qt::AlignHCenter);
    return wanted;
}

void SceneWriter::reserve(std::size_t shapes, std::size_t regions)
{
    scene_.shapes.reserve(scene_.shapes.size() + shapes);
    scene_.regions.reserve(scene_.regions.size() + regions);
}

void SceneWriter::region(const QRectF& rect, const Selection& selection, const QString& name, RegionRole role,
                         const QString& tooltip, std::int64_t tag)
{
    scene_.regions.push_back({rect, selection, name, tooltip, role, true, tag});
}

void SceneWriter::quietRegion(const QRectF& rect, const Selection& selection, const QString& name,
                              RegionRole role, const QString& tooltip, std::int64_t tag)
{
    scene_.regions.push_back({rect, selection, name, tooltip, role, false, tag});
}

} // namespace tideline::widgets
