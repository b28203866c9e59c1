// SPDX-License-Identifier: GPL-3.0-or-later
// HiddenParts: what large filled boxes of a scene hide of the boxes and the ground below them.
//
// Boxes lie in boxes that lie on the ground: filling each in full writes most pixels three times, and writing
// memory is what a large picture costs. What is hidden is left out. Only shapes later in paint order hide,
// and only well inside their edges; the colours of themes are opaque. Any one thread.
#pragma once

#include "widgets/scene/scene.h"

#include <QRect>
#include <QRegion>

#include <cstddef>
#include <vector>

class QPainter;

namespace tideline::widgets {

class HiddenParts
{
public:
    // px²: smaller boxes are not looked at, which would cost as much as filling them.
    static constexpr qreal kLarge = 16'000;

    HiddenParts() = default; // nothing is hidden
    explicit HiddenParts(const Scene& scene);

    // Of the box at this place in the scene's shapes: what later ones hide, in the scene's pixels. Empty for
    // a small box and any other shape.
    QRegion of(std::size_t place) const;

private:
    struct Box
    {
        std::size_t place;
        QRect outside; // whole pixels that it touches
        QRect inside;  // whole pixels that it certainly paints
    };
    std::vector<Box> boxes_; // in paint order
};

// Fills what is not hidden of a rectangle. Without antialiasing, which would leave seams between the parts.
void fillVisible(QPainter& painter, const QRectF& rect, const QRegion& hidden, const QColor& color);

} // namespace tideline::widgets
