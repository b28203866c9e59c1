// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/hidden_parts.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

// Inside round corners and the border, and a pixel further where a screen's scale is no whole number. Empty
// for a box that is nothing but corners.
QRect insideOf(const RectShape& shape)
{
    const qreal in = std::ceil(shape.radius + shape.borderWidth) + 1;
    const QRectF inside = shape.rect.adjusted(in, in, -in, -in);
    const QPoint topLeft(static_cast<int>(std::ceil(inside.left())),
                         static_cast<int>(std::ceil(inside.top())));
    const QPoint beyond(static_cast<int>(std::floor(inside.right())),
                        static_cast<int>(std::floor(inside.bottom())));
    const QRect whole(topLeft, QSize(beyond.x() - topLeft.x(), beyond.y() - topLeft.y()));
    return whole.isValid() ? whole : QRect();
}

} // namespace

HiddenParts::HiddenParts(const Scene& scene)
{
    for (std::size_t place = 0; place < scene.shapes.size(); ++place) {
        const auto* box = std::get_if<RectShape>(&scene.shapes[place]);
        if (box && box->fill != ColorRole::None && box->rect.width() * box->rect.height() >= kLarge)
            boxes_.push_back({place, box->rect.toAlignedRect(), insideOf(*box)});
    }
}

QRegion HiddenParts::of(std::size_t place) const
{
    const auto box =
        std::lower_bound(boxes_.begin(), boxes_.end(), place,
                         [](const Box& each, std::size_t wanted) { return each.place < wanted; });
    QRegion hidden;
    if (box == boxes_.end() || box->place != place)
        return hidden;
    for (auto later = box + 1; later != boxes_.end(); ++later) {
        const QRect part = later->inside & box->outside;
        if (!part.isEmpty() && !hidden.intersects(part)) // boxes in boxes add nothing
            hidden += part;
    }
    return hidden;
}

void fillVisible(QPainter& painter, const QRectF& rect, const QRegion& hidden, const QColor& color)
{
    if (hidden.isEmpty()) {
        painter.fillRect(rect, color);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    // Fractions of a pixel may lie around the whole ones.
    for (const QRect& part : QRegion(rect.toAlignedRect()) - hidden)
        painter.fillRect(QRectF(part) & rect, color);
}

} // namespace tideline::widgets
