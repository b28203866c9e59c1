// SPDX-License-Identifier: GPL-3.0-or-later
// TimeView: the Time view as a widget. Zooming and dragging ask for another part of the run; a record's
// tooltip tells its story. GUI thread only.
#pragma once

#include "widgets/scene/scene_view.h"
#include "widgets/time/time_layout.h"

namespace tideline::widgets {

class TimeView : public SceneView
{
    Q_OBJECT
public:
    explicit TimeView(QWidget* parent = nullptr);

    // What is in the middle, 0..1 of the whole run; matters when zoom() > 1.
    double centre() const { return centre_; }
    void setCentre(double centre);

signals:
    // What the next frame should show; emitted with zoomChanged() too, as the middle may have moved.
    void centreChanged(double centre);

protected:
    Scene buildScene(const QSizeF& size, const TextMetrics& metrics) const override;
    QString tooltipOf(const HitRegion& region) const override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    double centre_ = 0.5;
    bool dragging_ = false;
    QPointF dragFrom_;
    double dragCentre_ = 0.5;
};

} // namespace tideline::widgets
