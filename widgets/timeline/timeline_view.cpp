// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_view.h"

#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_layout.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace tideline::widgets {

QSize TimelineView::sizeHint() const
{
    return {960, 112};
}

QSize TimelineView::minimumSizeHint() const
{
    return {240, 72};
}

Scene TimelineView::buildScene(const QSizeF& size, const TextMetrics& metrics) const
{
    return layoutTimeline(*frame(), size, metrics);
}

void TimelineView::seekTo(qreal x)
{
    emit seekRequested(placeTimeline(*frame(), size()).timeAt(x));
}

int TimelineView::markBeside(bool forward) const
{
    const auto& regions = scene().regions;
    const bool onMark = focused() >= 0 &&
                        regions[static_cast<std::size_t>(focused())].selection.kind == Selection::Kind::Fact;
    const qreal now = frame() ? placeTimeline(*frame(), size()).xOf(frame()->now) : 0;
    const qreal from = onMark ? regions[static_cast<std::size_t>(focused())].rect.left() : now;
    int best = -1;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (regions[i].selection.kind != Selection::Kind::Fact || static_cast<int>(i) == focused())
            continue;
        const qreal x = regions[i].rect.left();
        if (forward ? x < from : x > from)
            continue;
        if (x == from && (static_cast<int>(i) < focused()) == forward)
            continue; // marks at one place: in the order of their facts
        const qreal held = best < 0 ? 0 : regions[static_cast<std::size_t>(best)].rect.left();
        if (best < 0 || (forward ? x < held : x >= held))
            best = static_cast<int>(i);
    }
    return best;
}

// The time under the pointer, beside a thin line.
void TimelineView::paintOverlay(QPainter& painter)
{
    if (pointerX_ < 0 || !frame())
        return;
    const Theme& theme = appliedTheme();
    const TimelinePlaces places = placeTimeline(*frame(), size());
    const qreal x = std::clamp(pointerX_, places.left, places.right);
    painter.fillRect(QRectF(x, 14, 1, places.labelsBottom - 14), theme.color(ColorRole::Neutral));
    painter.setFont(makeFont({FontKind::Mono, 11, FontWeight::Regular}));
    painter.setPen(theme.color(ColorRole::Text));
    const QString time = clockText(places.timeAt(x));
    const qreal width = QFontMetricsF(painter.font()).horizontalAdvance(time) + 10;
    const QRectF label(std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width)), 0, width, 14);
    painter.fillRect(label, theme.color(ColorRole::CardRaised));
    painter.drawText(label, Qt::AlignCenter, time);
}

void TimelineView::mousePressEvent(QMouseEvent* event)
{
    const int region = regionAt(scene(), event->position());
    const bool onMark = region >= 0 && scene().regions[static_cast<std::size_t>(region)].selection.kind ==
                                           Selection::Kind::Fact;
    if (event->button() != Qt::LeftButton || !frame() || onMark) {
        SceneView::mousePressEvent(event);
        return;
    }
    dragging_ = true;
    seekTo(event->position().x());
}

void TimelineView::mouseMoveEvent(QMouseEvent* event)
{
    SceneView::mouseMoveEvent(event);
    pointerX_ = event->position().x();
    if (dragging_ && frame())
        seekTo(pointerX_);
    update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event)
{
    dragging_ = false;
    SceneView::mouseReleaseEvent(event);
}

void TimelineView::leaveEvent(QEvent* event)
{
    pointerX_ = -1;
    SceneView::leaveEvent(event);
}

void TimelineView::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Left && event->key() != Qt::Key_Right) {
        SceneView::keyPressEvent(event);
        return;
    }
    const int next = markBeside(event->key() == Qt::Key_Right);
    if (next >= 0)
        setFocused(next);
}

} // namespace tideline::widgets
