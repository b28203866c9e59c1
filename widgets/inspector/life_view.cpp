// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/life_view.h"

#include "widgets/charts/scene_pen.h"
#include "widgets/inspector/life_layout.h"

#include <QResizeEvent>
#include <algorithm>
#include <cmath>

namespace tideline::widgets {

LifeView::LifeView(QWidget* parent)
    : SceneView(parent)
{
    setAccessibleName(tr("Life of a record"));
}

void LifeView::setLife(std::optional<RecordLife> life)
{
    life_ = std::move(life);
    invalidate();
    fitHeight();
}

void LifeView::fitHeight()
{
    const qreal height = life_ && frame() && frame()->names
                             ? layoutLife(*life_, *frame()->names, width(), measure_).size.height()
                             : 0;
    setMinimumHeight(std::max(80, static_cast<int>(std::ceil(height))));
}

void LifeView::resizeEvent(QResizeEvent* event)
{
    SceneView::resizeEvent(event);
    if (event->oldSize().width() != width())
        fitHeight();
}

QSize LifeView::sizeHint() const
{
    return {280, std::max(80, minimumHeight())};
}

QSize LifeView::minimumSizeHint() const
{
    return {160, 80};
}

Scene LifeView::buildScene(const QSizeF& size, const TextMetrics& metrics) const
{
    Scene scene;
    if (life_ && frame()->names) {
        scene = layoutLife(*life_, *frame()->names, size.width(), metrics);
        std::get<RectShape>(scene.shapes[0]).rect = QRectF(QPointF(0, 0), size);
    } else {
        ScenePen pen(scene, metrics);
        scene.name = tr("Life of a record");
        pen.rect(QRectF(QPointF(0, 0), size), ColorRole::Panel);
        pen.paragraph(QRectF(QPointF(14, 10), size - QSizeF(28, 20)),
                      tr("Running again to find this record …"), ColorRole::TextMuted, kBodyFont);
    }
    scene.size = size;
    return scene;
}

} // namespace tideline::widgets
