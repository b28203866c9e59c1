// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline on the screen: a click or a drag asks for a time, marks can be selected, left and right go
// from mark to mark.
#pragma once

#include "widgets/scene/scene_view.h"

namespace tideline::widgets {

class TimelineView final : public SceneView
{
    Q_OBJECT
public:
    using SceneView::SceneView;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    // µs of the run, in [0, duration].
    void seekRequested(tideline::Micros time);

protected:
    Scene buildScene(const QSizeF& size, const TextMetrics& metrics) const override;
    void paintOverlay(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void seekTo(qreal x);
    // The next region of a mark in that direction from the focused one, else from now; -1: none.
    int markBeside(bool forward) const;

    bool dragging_ = false;
    qreal pointerX_ = -1; // px; -1: not above the widget
};

} // namespace tideline::widgets
