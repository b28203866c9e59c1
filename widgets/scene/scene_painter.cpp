// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/scene_painter.h"

#include "widgets/scene/brush_styles.h"
#include "widgets/scene/cell_image.h"
#include "widgets/scene/hidden_parts.h"
#include "widgets/scene/marker_path.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

// The border as a frame of four bars: straight edges need no antialiasing.
void frameRect(QPainter& painter, const QRectF& rect, qreal width, const QColor& color)
{
    painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), width), color);
    painter.fillRect(QRectF(rect.left(), rect.bottom() - width, rect.width(), width), color);
    painter.fillRect(QRectF(rect.left(), rect.top() + width, width, rect.height() - 2 * width), color);
    painter.fillRect(QRectF(rect.right() - width, rect.top() + width, width, rect.height() - 2 * width),
                     color);
}

} // namespace

class ShapePainter
{
public:
    ShapePainter(ScenePainter& owner, QPainter& painter, const Scene& scene, const Theme& theme)
        : owner_(owner)
        , painter_(painter)
        , theme_(theme)
        , raster_(painter.paintEngine()->type() == QPaintEngine::Raster)
        , hidden_(raster_ ? HiddenParts(scene) : HiddenParts())
    {}

    void paint(const Scene& scene)
    {
        for (place_ = 0; place_ < scene.shapes.size(); ++place_)
            std::visit(*this, scene.shapes[place_]);
    }

    void operator()(const RectShape& s)
    {
        if (s.radius > 0 || s.dash != Dash::Solid) {
            if (!raster_ || !owner_.boxes_.paint(painter_, s, hiddenOf(s), theme_))
                paintRoundedRect(painter_, s, theme_);
            return;
        }
        antialias(false);
        if (s.fill != ColorRole::None)
            fillVisible(painter_, s.rect, hiddenOf(s), color(s.fill));
        if (s.pattern != Pattern::Plain)
            painter_.fillRect(s.rect, QBrush(color(s.border), brushStyle(s.pattern)));
        if (s.border != ColorRole::None)
            frameRect(painter_, s.rect, s.borderWidth, color(s.border));
    }

    void operator()(const PolylineShape& s)
    {
        const bool straight = s.points.size() == 2 &&
                              (s.points[0].x() == s.points[1].x() || s.points[0].y() == s.points[1].y());
        antialias(!straight);
        QPen pen(color(s.role), s.width, penStyle(s.dash), Qt::FlatCap, Qt::RoundJoin);
        painter_.setPen(pen);
        painter_.setBrush(Qt::NoBrush);
        painter_.drawPolyline(s.points.data(), static_cast<int>(s.points.size()));
    }

    void operator()(const CurveShape& s)
    {
        antialias(true);
        QPainterPath path(s.from);
        path.cubicTo(s.control1, s.control2, s.to);
        painter_.strokePath(path, QPen(color(s.role), s.width, penStyle(s.dash), Qt::FlatCap));
    }

    void operator()(const PolygonShape& s)
    {
        antialias(true);
        painter_.setPen(s.border == ColorRole::None ? QPen(Qt::NoPen) : QPen(color(s.border), 1));
        painter_.setBrush(s.fill == ColorRole::None ? QBrush(Qt::NoBrush) : QBrush(color(s.fill)));
        painter_.drawPolygon(s.points.data(), static_cast<int>(s.points.size()));
    }

    void operator()(const TextShape& s)
    {
        if (s.text.isEmpty())
            return;
        painter_.setPen(color(s.role));
        if (s.rotation == 0 && raster_)
            drawCached(s);
        else
            drawRotated(s);
    }

    void operator()(const MarkerShapeAt& s)
    {
        antialias(true);
        const QPainterPath path = markerPath(s.shape, s.centre, s.size);
        if (isStroked(s.shape)) {
            painter_.strokePath(path,
                                QPen(color(s.fill), std::max(1.5, s.size / 5), Qt::SolidLine, Qt::FlatCap));
            return;
        }
        painter_.fillPath(path, color(s.fill));
        if (s.border != ColorRole::None)
            painter_.strokePath(path, QPen(color(s.border), 1));
    }

    void operator()(const CellGridShape& s) { painter_.drawImage(s.origin, cellImage(s, theme_)); }

    void operator()(const ColumnsShape& s)
    {
        antialias(false);
        const QColor fill = color(s.role);
        for (std::size_t i = 0; i < s.values.size(); ++i) {
            const auto [low, high] = s.values[i];
            if (high <= low)
                continue;
            const qreal left = std::floor(s.rect.left() + static_cast<qreal>(i) * s.step);
            const qreal top = std::round(s.rect.bottom() - static_cast<qreal>(high) * s.rect.height());
            const qreal bottom = std::round(s.rect.bottom() - static_cast<qreal>(low) * s.rect.height());
            painter_.fillRect(QRectF(left, top, s.bar, std::max(1.0, bottom - top)), fill);
        }
    }

    void operator()(const RectsShape& s)
    {
        antialias(false);
        for (const auto& [rect, role] : s.rects)
            painter_.fillRect(rect, color(role));
    }

private:
    QColor color(ColorRole role) const { return theme_.color(role); }

    // Most boxes are small: they need not be looked up.
    QRegion hiddenOf(const RectShape& s) const
    {
        return s.rect.width() * s.rect.height() < HiddenParts::kLarge ? QRegion() : hidden_.of(place_);
    }

    void antialias(bool on)
    {
        if (painter_.testRenderHint(QPainter::Antialiasing) != on)
            painter_.setRenderHint(QPainter::Antialiasing, on);
    }

    void drawCached(const TextShape& s)
    {
        constexpr qsizetype kTexts = 4096; // then numbers that never come back are forgotten
        ScenePainter::Texts& texts = owner_.texts(s.font);
        painter_.setFont(texts.font);
        auto found = texts.laidOut.constFind(s.text);
        if (found == texts.laidOut.constEnd()) {
            if (texts.laidOut.size() >= kTexts)
                texts.laidOut.clear();
            QStaticText text(s.text);
            text.setTextFormat(Qt::PlainText);
            text.prepare(QTransform(), texts.font);
            found = texts.laidOut.insert(s.text, text);
        }
        const QSizeF size = found->size();
        qreal x = s.rect.left();
        if (s.align & Qt::AlignRight)
            x = s.rect.right() - size.width();
        else if (s.align & Qt::AlignHCenter)
            x = s.rect.center().x() - size.width() / 2;
        const qreal y = s.rect.center().y() - size.height() / 2;
        painter_.drawStaticText(QPointF(std::round(x), std::round(y)), *found);
    }

    void drawRotated(const TextShape& s)
    {
        painter_.setFont(owner_.texts(s.font).font);
        painter_.save();
        painter_.translate(s.rect.center());
        painter_.rotate(s.rotation);
        const QSizeF size = s.rotation % 180 == 0 ? s.rect.size() : s.rect.size().transposed();
        const QRectF box(-size.width() / 2, -size.height() / 2, size.width(), size.height());
        painter_.drawText(box, static_cast<int>(s.align) | Qt::TextSingleLine | Qt::TextDontClip, s.text);
        painter_.restore();
    }

    ScenePainter& owner_;
    QPainter& painter_;
    const Theme& theme_;
    bool raster_;
    HiddenParts hidden_;
    std::size_t place_ = 0; // in the scene, of the shape that is painted
};

ScenePainter::Texts& ScenePainter::texts(const FontSpec& font)
{
    const auto found = texts_.find(font);
    if (found != texts_.end())
        return found->second;
    return texts_.emplace(font, Texts{makeFont(font), {}}).first->second;
}

void ScenePainter::paint(QPainter& painter, const Scene& scene, const Theme& theme)
{
    painter.save();
    ShapePainter(*this, painter, scene, theme).paint(scene);
    painter.restore();
}

void ScenePainter::paintSelection(QPainter& painter, const Scene& scene, const Selection& selection,
                                  const Theme& theme)
{
    if (selection.kind == Selection::Kind::None)
        return;
    for (const HitRegion& region : scene.regions) {
        if (region.selection == selection)
            paintRing(painter, region.rect, ColorRole::Accent, 2, theme);
    }
}

void ScenePainter::paintRing(QPainter& painter, const QRectF& rect, ColorRole role, qreal width,
                             const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.setPen(QPen(theme.color(role), width));
    painter.setBrush(Qt::NoBrush);
    const qreal out = width / 2 + 1;
    const qreal radius = std::min(rect.width(), rect.height()) > 24 ? 9 : 3;
    painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius, radius);
    painter.restore();
}

} // namespace tideline::widgets
