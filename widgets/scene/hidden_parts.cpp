// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/hidden_parts.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

// Inside round corners and the border, and a pixel further where a screen's scale is no whole number.
QRect insideOf(const RectShape& shape)
{
    const qreal in = std::ceil(shape.radius + shape.borderWidth) + 1;
    const QRectF inside = shape.rect.adjusted(in, in, -in, -in);
    return QRect(
        QPoint(static_cast<int>(std::ceil(inside.left())), static_cast<int>(std::ceil(inside.top()))),
        QPoint(static_cast<int>(std::floor(inside.right())) - 1,
               static_cast<int>(std::floor(inside.bottom())) - 1));
}

} // namespace

HiddenParts::HiddenParts(const Scene& scene)
{
    for (std::size_t place = 0; place < scene.shapes.size(); ++place) {
        const auto* box = std::get_if<RectShape>(&scene.shapes[place]);
        if (box && isLarge(box->rect) && box->fill != ColorRole::None)
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
        if (!part.isEmpty() && !hidden.contains(part)) // QRegion::contains: any of it
            hidden += part;
    }
    return hidden;
}

} // namespace tideline::widgets
