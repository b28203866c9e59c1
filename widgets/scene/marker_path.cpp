// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/marker_path.h"

namespace tideline::widgets {

namespace {

QPainterPath polygon(QPointF centre, std::initializer_list<QPointF> points)
{
    QPolygonF all;
    for (const QPointF& point : points)
        all << centre + point;
    QPainterPath path;
    path.addPolygon(all);
    path.closeSubpath();
    return path;
}

QPainterPath strokes(QPointF centre, std::initializer_list<std::pair<QPointF, QPointF>> lines)
{
    QPainterPath path;
    for (const auto& [from, to] : lines) {
        path.moveTo(centre + from);
        path.lineTo(centre + to);
    }
    return path;
}

} // namespace

bool isStroked(MarkerShape shape)
{
    return shape == MarkerShape::Cross || shape == MarkerShape::Plus || shape == MarkerShape::Ring ||
           shape == MarkerShape::Bars;
}

QPainterPath markerPath(MarkerShape shape, QPointF c, qreal size)
{
    const qreal r = size / 2;
    QPainterPath path;
    switch (shape) {
    case MarkerShape::Circle:
    case MarkerShape::Ring:
        path.addEllipse(c, r, r);
        return path;
    case MarkerShape::Square:
        path.addRoundedRect(QRectF(c.x() - r, c.y() - r, size, size), size / 5, size / 5);
        return path;
    case MarkerShape::Diamond:
        return polygon(c, {{0, -r}, {r, 0}, {0, r}, {-r, 0}});
    case MarkerShape::Triangle:
        return polygon(c, {{0, -r}, {r, r}, {-r, r}});
    case MarkerShape::TriangleDown:
        return polygon(c, {{-r, -r}, {r, -r}, {0, r}});
    case MarkerShape::Cross:
        return strokes(c, {{{-r, -r}, {r, r}}, {{-r, r}, {r, -r}}});
    case MarkerShape::Plus:
        return strokes(c, {{{-r, 0}, {r, 0}}, {{0, -r}, {0, r}}});
    case MarkerShape::Bars:
        return strokes(c,
                       {{{-r, -r * 0.7}, {r, -r * 0.7}}, {{-r, 0}, {r, 0}}, {{-r, r * 0.7}, {r, r * 0.7}}});
    case MarkerShape::Pill:
        path.addRoundedRect(QRectF(c.x() - r, c.y() - r / 2, size, r), r / 2, r / 2);
        return path;
    }
    return path;
}

} // namespace tideline::widgets
