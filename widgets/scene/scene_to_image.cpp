// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/scene_to_image.h"

#include "widgets/scene/scene_painter.h"

#include <QPainter>

namespace tideline::widgets {

QImage sceneToImage(const Scene& scene, const Theme& theme, const Selection& selection, qreal scale)
{
    loadFonts();
    QImage image((scene.size * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    image.fill(theme.color(ColorRole::Window));
    QPainter painter(&image);
    ScenePainter scenePainter;
    scenePainter.paint(painter, scene, theme);
    scenePainter.paintSelection(painter, scene, selection, theme);
    return image;
}

} // namespace tideline::widgets
