// SPDX-License-Identifier: GPL-3.0-or-later
// ScenePainter: puts a scene on a QPainter in the colours of a theme. It decides nothing.
//
// It keeps laid-out texts between pictures, because text is what costs. GUI thread, or any one thread with
// images only.
#pragma once

#include "widgets/scene/rounded_rects.h"
#include "widgets/scene/scene.h"
#include "widgets/theme/theme.h"

#include <QHash>
#include <QStaticText>

#include <map>

class QPainter;

namespace tideline::widgets {

class ScenePainter
{
public:
    void paint(QPainter& painter, const Scene& scene, const Theme& theme);
    // Rings around every region that shows `selection`.
    void paintSelection(QPainter& painter, const Scene& scene, const Selection& selection,
                        const Theme& theme);
    // A ring around one region: where the keyboard is, or what the pointer is on.
    void paintRing(QPainter& painter, const QRectF& rect, ColorRole role, qreal width, const Theme& theme);

private:
    struct Texts
    {
        QFont font;
        QHash<QString, QStaticText> laidOut;
    };
    friend class ShapePainter;
    Texts& texts(const FontSpec& font);

    std::map<FontSpec, Texts> texts_;
    RoundedRects boxes_;
};

} // namespace tideline::widgets
