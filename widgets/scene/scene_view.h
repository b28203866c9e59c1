// SPDX-License-Identifier: GPL-3.0-or-later
// SceneView: a widget that shows a scene made from the newest frame, and turns mouse and keyboard into
// intents.
//
// 1. The scene is kept until its key (frame version, size, zoom, selection, what the view adds) changes:
// moving the mouse or the
//    focus repaints an overlay and never rebuilds it (rebuilds() counts).
// 2. It never changes a frame or a run: it says what was asked for by signals.
// 3. A view overrides buildScene() only; pointer, keys, tooltips, focus ring and screen reader are the same
// for all. GUI thread only.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"

#include <QPixmap>
#include <QWidget>

#include <memory>
#include <optional>

namespace tideline::widgets {

class ScenePainter;

class SceneView : public QWidget
{
    Q_OBJECT
public:
    explicit SceneView(QWidget* parent = nullptr);
    ~SceneView() override;

    void setFrame(FramePtr frame);
    const FramePtr& frame() const { return frame_; }
    void setSelection(const Selection& selection);
    const Selection& selection() const { return selection_; }
    // 1 = everything fits.
    void setZoom(double zoom);
    double zoom() const { return zoom_; }
    // Whether wheel and keys zoom: only where the picture has more to show. Off at first.
    void setZooms(bool zooms) { zooms_ = zooms; }

    // The scene that is shown now; built when it is out of date.
    const Scene& scene() const;
    // How often a scene was built since the start.
    int rebuilds() const { return rebuilds_; }
    int hovered() const { return hovered_; } // region index; -1: none
    int focused() const { return focused_; } // the same
    void setFocused(int region);
    void activate(int region);
    QString tooltipAt(int region) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    // A region was clicked, or activated by Enter; also with Kind::None when Esc clears the selection.
    void selected(const tideline::Selection& selection);
    // The same for regions with a tag.
    void activatedTag(qint64 tag);
    void zoomChanged(double zoom);

protected:
    // The picture of `frame()` at `size`; called only when the key changed. Without a frame the base shows
    // that there is none.
    virtual Scene buildScene(const QSizeF& size, const TextMetrics& metrics) const = 0;
    // What exactly is at `point` of a region that stands for many things (a grid of cells); the base gives
    // the region itself.
    virtual HitRegion refined(const HitRegion& region, QPointF point) const;
    // Of a region's tooltip; the base gives the region's own.
    virtual QString tooltipOf(const HitRegion& region) const;
    // Painted above the scene at every repaint; cheap.
    virtual void paintOverlay(QPainter& painter);
    // What the view's scene depends on besides frame, size, zoom and selection has changed.
    void invalidate();

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void setHovered(int region);
    void keepFocus(const Selection& what) const;

    FramePtr frame_;
    Selection selection_;
    bool zoomByKey(int key);

    double zoom_ = 1;
    bool zooms_ = false;
    FontMetrics metrics_;
    mutable Scene scene_;
    mutable bool stale_ = true;
    mutable int rebuilds_ = 0;
    mutable int hovered_ = -1;
    mutable int focused_ = -1;
    std::optional<QPointF> pointer_;
    std::unique_ptr<ScenePainter> painter_;
    QPixmap cache_;           // the scene without the overlay
    int paintedRebuild_ = -1; // which one cache_ shows
};

} // namespace tideline::widgets
