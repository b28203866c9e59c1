// SPDX-License-Identifier: GPL-3.0-or-later
// Qt's names for our dashes and patterns.
#pragma once

#include "widgets/scene/scene.h"

#include <Qt>

namespace tideline::widgets {

constexpr Qt::PenStyle penStyle(Dash dash)
{
    return dash == Dash::Dashed ? Qt::DashLine : dash == Dash::Dotted ? Qt::DotLine : Qt::SolidLine;
}

constexpr Qt::BrushStyle brushStyle(Pattern pattern)
{
    switch (pattern) {
    case Pattern::Plain:
        return Qt::NoBrush;
    case Pattern::Diagonal:
        return Qt::BDiagPattern;
    case Pattern::Cross:
        return Qt::DiagCrossPattern;
    case Pattern::Dots:
        return Qt::Dense6Pattern;
    }
    return Qt::NoBrush;
}

} // namespace tideline::widgets
