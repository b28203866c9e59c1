// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_view.h"

#include "widgets/time/window_words.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr double kZoomStep = 1.25; // a notch of the wheel
constexpr double kPan = 0.1;       // of what is shown, a key press

} // namespace

TimeView::TimeView(QWidget* parent)
    : SceneView(parent)
{
    setAccessibleName(tr("Time"));
    setZooms(true);
    connect(this, &SceneView::zoomChanged, this, [this] { setCentre(centre_); });
}

void TimeView::setCentre(double centre)
{
    const double half = 0.5 / zoom();
    const double bounded = std::clamp(centre, half, 1 - half);
    if (bounded == centre_)
        return;
    centre_ = bounded;
    invalidate();
    emit centreChanged(centre_);
}

Scene TimeView::buildScene(const QSizeF& size, const TextMetrics& metrics) const
{
    return layoutTime(*frame(), {size, zoom(), centre_}, selection(), metrics);
}

QString TimeView::tooltipOf(const HitRegion& region) const
{
    if (region.tag <= 0 || !frame() || !frame()->time || !frame()->names)
        return SceneView::tooltipOf(region);
    const auto dot = static_cast<std::size_t>(region.tag - 1);
    if (dot >= frame()->time->dots.size())
        return SceneView::tooltipOf(region);
    return recordStory(*frame()->time, frame()->time->dots[dot], *frame()->names);
}

void TimeView::mousePressEvent(QMouseEvent* event)
{
    SceneView::mousePressEvent(event);
    if (event->button() != Qt::LeftButton || zoom() <= 1 || regionAt(scene(), event->position()) >= 0)
        return;
    dragging_ = true;
    dragFrom_ = event->position();
    dragCentre_ = centre_;
    setCursor(Qt::ClosedHandCursor);
}

void TimeView::mouseMoveEvent(QMouseEvent* event)
{
    if (!dragging_)
        return SceneView::mouseMoveEvent(event);
    // The plane moves along its diagonal: to the right or up is back in time.
    const QPointF moved = event->position() - dragFrom_;
    const double along = (moved.x() / std::max(1, width()) - moved.y() / std::max(1, height())) / 2;
    setCentre(dragCentre_ - along / zoom() * 2);
}

void TimeView::mouseReleaseEvent(QMouseEvent* event)
{
    if (dragging_)
        setCursor(Qt::ArrowCursor);
    dragging_ = false;
    SceneView::mouseReleaseEvent(event);
}

// The wheel zooms without a modifier: there is nothing to scroll.
void TimeView::wheelEvent(QWheelEvent* event)
{
    setZoom(zoom() * std::pow(kZoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void TimeView::keyPressEvent(QKeyEvent* event)
{
    const double step = kPan / zoom();
    switch (event->key()) {
    case Qt::Key_PageUp:
        setCentre(centre_ + step);
        return;
    case Qt::Key_PageDown:
        setCentre(centre_ - step);
        return;
    default:
        SceneView::keyPressEvent(event);
    }
}

} // namespace tideline::widgets
