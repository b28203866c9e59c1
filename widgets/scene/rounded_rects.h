// SPDX-License-Identifier: GPL-3.0-or-later
// RoundedRects: paints boxes with round corners from cached pieces.
//
// Filling a large antialiased path costs 0.1 ms; four corner images and plain rectangles between them cost a
// hundredth of it and give the same pixels. Small boxes are one image each, low ones two round ends. For
// raster painters whose pixels are whole; the GUI thread, or one thread.
#pragma once

#include "widgets/scene/scene.h"
#include "widgets/theme/theme.h"

#include <QImage>
#include <QRegion>

#include <map>
#include <tuple>

class QPainter;

namespace tideline::widgets {

class RoundedRects
{
public:
    // False when the box is none that can be put together: dashed, patterned, or not on whole pixels. Nothing
    // is painted then. What is hidden of a large one need not be filled.
    bool paint(QPainter& painter, const RectShape& shape, const QRegion& hidden, const Theme& theme);

private:
    // Fill, border, radius and border width in quarter px, width and height in px (0: corners of any size),
    // device pixels a px.
    using Key = std::tuple<ColorRole, ColorRole, int, int, int, int, int>;
    const QImage& piece(const RectShape& shape, QSize size, int scale, bool whole);
    void paintFromCorners(QPainter& painter, const RectShape& shape, const QRegion& hidden, int scale);
    void paintFromEnds(QPainter& painter, const RectShape& shape, int scale); // too low for four corners

    std::map<Key, QImage> pieces_;
    const Theme* theme_ = nullptr; // whose colours the pieces have
};

// The box as one antialiased path: what the pieces are made of.
void paintRoundedRect(QPainter& painter, const RectShape& shape, const Theme& theme);

} // namespace tideline::widgets
