// SPDX-License-Identifier: GPL-3.0-or-later
// One view of a frame as a picture without a window: what `shot` writes and a report shows.
//
// The scenes are the window's own. GUI thread only (fonts).
#pragma once

#include "engine/lab/frame.h"
#include "widgets/theme/theme.h"

#include <QImage>
#include <QSize>

namespace tideline::widgets {

struct ViewFigure
{
    QImage image;
    QString description; // what it shows, for those who cannot see it
};

// `frame` was asked for with this view and size (logical pixels). `scale`: device pixels a logical
// pixel, 1..4.
ViewFigure viewFigure(const Frame& frame, View view, const QSize& size, const Theme& theme, qreal scale = 1);

} // namespace tideline::widgets
