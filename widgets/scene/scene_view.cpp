// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/scene_view.h"

#include "widgets/scene/scene_accessible.h"
#include "widgets/scene/scene_painter.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr double kZoomStep = 1.25;
constexpr double kMaxZoom = 64;

std::optional<Direction> directionOf(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return Direction::Left;
    case Qt::Key_Right:
        return Direction::Right;
    case Qt::Key_Up:
        return Direction::Up;
    case Qt::Key_Down:
        return Direction::Down;
    default:
        return std::nullopt;
    }
}

Scene waitingScene(const QSizeF& size)
{
    Scene scene;
    scene.size = size;
    scene.name = SceneView::tr("Nothing to show yet");
    scene.shapes.push_back(RectShape{.rect = QRectF(QPointF(0, 0), size), .fill = ColorRole::Window});
    scene.shapes.push_back(TextShape{.rect = QRectF(QPointF(0, 0), size),
                                     .text = scene.name,
                                     .role = ColorRole::TextMuted,
                                     .font = {FontKind::Ui, 14, FontWeight::Regular},
                                     .align = Qt::AlignCenter});
    return scene;
}

} // namespace

SceneView::SceneView(QWidget* parent)
    : QWidget(parent)
    , painter_(std::make_unique<ScenePainter>())
{
    installSceneAccessibility();
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
}

SceneView::~SceneView() = default;

void SceneView::setFrame(FramePtr frame)
{
    const bool same = frame_ && frame && frame_->version == frame->version && frame_ == frame;
    frame_ = std::move(frame);
    if (!same)
        invalidate();
}

void SceneView::setSelection(const Selection& selection)
{
    if (selection == selection_)
        return;
    selection_ = selection;
    invalidate();
}

void SceneView::setZoom(double zoom)
{
    const double bounded = std::clamp(zoom, 1.0, kMaxZoom);
    if (bounded == zoom_)
        return;
    zoom_ = bounded;
    invalidate();
    emit zoomChanged(zoom_);
}

void SceneView::invalidate()
{
    stale_ = true;
    update();
}

const Scene& SceneView::scene() const
{
    if (stale_) {
        stale_ = false;
        ++rebuilds_;
        const Selection kept = focused_ >= 0 && focused_ < static_cast<int>(scene_.regions.size())
                                   ? scene_.regions[static_cast<std::size_t>(focused_)].selection
                                   : Selection{};
        scene_ = frame_ ? buildScene(size(), metrics_) : waitingScene(size());
        keepFocus(kept);
        hovered_ = pointer_ ? regionAt(scene_, *pointer_) : -1;
    }
    return scene_;
}

// After a rebuild the focus stays on the same thing, wherever it is now.
void SceneView::keepFocus(const Selection& what) const
{
    if (focused_ < 0)
        return;
    const int again = regionOf(scene_, what);
    if (again >= 0)
        focused_ = again;
    else if (focused_ >= static_cast<int>(scene_.regions.size()))
        focused_ = -1;
}

void SceneView::setHovered(int region)
{
    if (region == hovered_)
        return;
    hovered_ = region;
    const bool canChoose = region >= 0 && scene_.regions[static_cast<std::size_t>(region)].selection.kind !=
                                              Selection::Kind::None;
    setCursor(canChoose ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void SceneView::setFocused(int region)
{
    if (region < -1 || region >= static_cast<int>(scene().regions.size()))
        return;
    focused_ = region;
    update();
    QAccessibleEvent event(this, QAccessible::Focus);
    event.setChild(region);
    QAccessible::updateAccessibility(&event);
}

void SceneView::activate(int region)
{
    if (region < 0 || region >= static_cast<int>(scene().regions.size()))
        return;
    const HitRegion hit = scene_.regions[static_cast<std::size_t>(region)];
    if (hit.selection.kind != Selection::Kind::None)
        emit selected(hit.selection);
    if (hit.tag != 0)
        emit activatedTag(hit.tag);
}

HitRegion SceneView::refined(const HitRegion& region, QPointF) const
{
    return region;
}

QString SceneView::tooltipOf(const HitRegion& region) const
{
    return region.tooltip;
}

QString SceneView::tooltipAt(int region) const
{
    if (region < 0 || region >= static_cast<int>(scene().regions.size()))
        return {};
    return tooltipOf(scene_.regions[static_cast<std::size_t>(region)]);
}

void SceneView::paintOverlay(QPainter&) {}

QSize SceneView::sizeHint() const
{
    return {960, 640};
}

QSize SceneView::minimumSizeHint() const
{
    return {320, 200};
}

bool SceneView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int region = regionAt(scene(), help->pos());
        const QString text =
            region < 0 ? QString()
                       : tooltipOf(refined(scene_.regions[static_cast<std::size_t>(region)], help->pos()));
        if (text.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), text, this,
                               scene_.regions[static_cast<std::size_t>(region)].rect.toRect());
        return true;
    }
    return QWidget::event(event);
}

void SceneView::paintEvent(QPaintEvent*)
{
    const Theme& theme = appliedTheme();
    const Scene& shown = scene();
    if (shown.size.isEmpty())
        return;
    if (paintedRebuild_ != rebuilds_ || cache_.devicePixelRatio() != devicePixelRatioF()) {
        paintedRebuild_ = rebuilds_;
        cache_ = QPixmap((shown.size * devicePixelRatioF()).toSize());
        cache_.setDevicePixelRatio(devicePixelRatioF());
        cache_.fill(theme.color(ColorRole::Window));
        QPainter painter(&cache_);
        painter_->paint(painter, shown, theme);
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, cache_);
    painter_->paintSelection(painter, shown, selection_, theme);
    paintOverlay(painter);
    if (hovered_ >= 0 &&
        shown.regions[static_cast<std::size_t>(hovered_)].selection.kind != Selection::Kind::None)
        painter_->paintRing(painter, shown.regions[static_cast<std::size_t>(hovered_)].rect,
                            ColorRole::Neutral, 1, theme);
    if (hasFocus() && focused_ >= 0)
        painter_->paintRing(painter, shown.regions[static_cast<std::size_t>(focused_)].rect, ColorRole::Focus,
                            2, theme);
    else if (hasFocus())
        painter_->paintRing(painter, QRectF(rect()).adjusted(3, 3, -3, -3), ColorRole::Focus, 1, theme);
}

void SceneView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    invalidate();
}

void SceneView::mouseMoveEvent(QMouseEvent* event)
{
    pointer_ = event->position();
    setHovered(regionAt(scene(), *pointer_));
}

void SceneView::mousePressEvent(QMouseEvent* event)
{
    const int region = regionAt(scene(), event->position());
    if (event->button() != Qt::LeftButton || region < 0)
        return;
    if (scene_.regions[static_cast<std::size_t>(region)].focusable)
        setFocused(region);
    const HitRegion hit = refined(scene_.regions[static_cast<std::size_t>(region)], event->position());
    if (hit.selection.kind != Selection::Kind::None)
        emit selected(hit.selection);
    if (hit.tag != 0)
        emit activatedTag(hit.tag);
}

void SceneView::leaveEvent(QEvent* event)
{
    pointer_.reset();
    setHovered(-1);
    QWidget::leaveEvent(event);
}

void SceneView::wheelEvent(QWheelEvent* event)
{
    if (!zooms_ || !(event->modifiers() & Qt::ControlModifier)) {
        QWidget::wheelEvent(event);
        return;
    }
    setZoom(zoom_ * std::pow(kZoomStep, event->angleDelta().y() / 120.0));
    event->accept();
}

void SceneView::keyPressEvent(QKeyEvent* event)
{
    if (const std::optional<Direction> direction = directionOf(event->key())) {
        setFocused(regionBeside(scene(), focused_, *direction));
        return;
    }
    if (zooms_ && zoomByKey(event->key()))
        return;
    switch (event->key()) {
    case Qt::Key_Home:
        setFocused(regionBeside(scene(), -1, Direction::Right));
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(focused_);
        return;
    case Qt::Key_Escape:
        setFocused(-1);
        emit selected(Selection{});
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool SceneView::zoomByKey(int key)
{
    if (key == Qt::Key_Plus)
        setZoom(zoom_ * kZoomStep);
    else if (key == Qt::Key_Minus)
        setZoom(zoom_ / kZoomStep);
    else if (key == Qt::Key_0)
        setZoom(1);
    else
        return false;
    return true;
}

void SceneView::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void SceneView::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void SceneView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) {
        paintedRebuild_ = -1; // same scene, other colours
        update();
    }
    QWidget::changeEvent(event);
}

} // namespace tideline::widgets
