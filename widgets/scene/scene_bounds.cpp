// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/scene.h"

#include <algorithm>

namespace tideline::widgets {

namespace {

QRectF around(const std::vector<QPointF>& points)
{
    if (points.empty())
        return {};
    QPointF low = points.front();
    QPointF high = points.front();
    for (const QPointF& point : points) {
        low = QPointF(std::min(low.x(), point.x()), std::min(low.y(), point.y()));
        high = QPointF(std::max(high.x(), point.x()), std::max(high.y(), point.y()));
    }
    return QRectF(low, high);
}

struct Bounds
{
    QRectF operator()(const RectShape& shape) const { return shape.rect; }
    QRectF operator()(const PolylineShape& shape) const { return around(shape.points); }
    // A Bézier curve never leaves the hull of its four points.
    QRectF operator()(const CurveShape& shape) const
    {
        return around({shape.from, shape.control1, shape.control2, shape.to});
    }
    QRectF operator()(const PolygonShape& shape) const { return around(shape.points); }
    QRectF operator()(const TextShape& shape) const { return shape.rect; }
    QRectF operator()(const MarkerShapeAt& shape) const
    {
        const bool pill = shape.shape == MarkerShape::Pill;
        const QSizeF size(shape.size, pill ? shape.size / 2 : shape.size);
        return QRectF(shape.centre - QPointF(size.width() / 2, size.height() / 2), size);
    }
    QRectF operator()(const CellGridShape& shape) const
    {
        return QRectF(shape.origin,
                      QSizeF(shape.columns * shape.cell.width(), shape.rows * shape.cell.height()));
    }
    QRectF operator()(const ColumnsShape& shape) const { return shape.rect; }
    QRectF operator()(const RectsShape& shape) const
    {
        QRect all;
        for (const auto& [rect, role] : shape.rects)
            all |= rect;
        return all;
    }
};

} // namespace

QRectF boundsOf(const Shape& shape)
{
    return std::visit(Bounds{}, shape);
}

} // namespace tideline::widgets
