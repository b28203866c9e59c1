// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/rounded_rects.h"

#include "widgets/scene/brush_styles.h"
#include "widgets/scene/hidden_parts.h"

#include <QPaintDevice>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kSmall = 40;          // px: a box up to this wide and high is one image
constexpr std::size_t kPieces = 1024; // then sizes that never come back are forgotten

bool isWhole(qreal value)
{
    return value == std::floor(value);
}

// Px from an edge to where only the fill is left.
int cornerOf(const RectShape& shape)
{
    return static_cast<int>(std::ceil(shape.radius + shape.borderWidth)) + 1;
}

} // namespace

void paintRoundedRect(QPainter& painter, const RectShape& shape, const Theme& theme)
{
    painter.setRenderHint(QPainter::Antialiasing, shape.radius > 0);
    const bool bordered = shape.border != ColorRole::None;
    const qreal half = bordered ? shape.borderWidth / 2 : 0;
    painter.setPen(bordered ? QPen(theme.color(shape.border), shape.borderWidth, penStyle(shape.dash))
                            : QPen(Qt::NoPen));
    painter.setBrush(shape.fill == ColorRole::None ? QBrush(Qt::NoBrush) : QBrush(theme.color(shape.fill)));
    const QRectF inside = shape.rect.adjusted(half, half, -half, -half);
    painter.drawRoundedRect(inside, shape.radius, shape.radius);
    if (shape.pattern != Pattern::Plain) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(theme.color(shape.border), brushStyle(shape.pattern)));
        painter.drawRoundedRect(inside, shape.radius, shape.radius);
    }
}

const QImage& RoundedRects::piece(const RectShape& shape, QSize size, int scale, bool whole)
{
    const Key key{shape.fill,
                  shape.border,
                  static_cast<int>(shape.radius * 4),
                  static_cast<int>(shape.borderWidth * 4),
                  whole ? size.width() : 0,
                  whole ? size.height() : 0,
                  scale};
    const auto found = pieces_.find(key);
    if (found != pieces_.end())
        return found->second;
    if (pieces_.size() >= kPieces)
        pieces_.clear();
    QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(Qt::transparent);
    RectShape moved = shape;
    moved.rect = QRectF(QPointF(0, 0), size);
    QPainter painter(&image);
    paintRoundedRect(painter, moved, *theme_);
    painter.end();
    return pieces_.emplace(key, std::move(image)).first->second;
}

void RoundedRects::paintFromCorners(QPainter& painter, const RectShape& shape, const QRegion& hidden,
                                    int scale)
{
    const int corner = cornerOf(shape);
    const int side = 2 * corner + 1;
    const QImage& image = piece(shape, {side, side}, scale, false);
    const QRectF& r = shape.rect;
    const int device = corner * scale;
    const int far = (side - corner) * scale;
    const auto put = [&](qreal x, qreal y, int sourceX, int sourceY) {
        painter.drawImage(QRectF(x, y, corner, corner), image, QRectF(sourceX, sourceY, device, device));
    };
    put(r.left(), r.top(), 0, 0);
    put(r.right() - corner, r.top(), far, 0);
    put(r.left(), r.bottom() - corner, 0, far);
    put(r.right() - corner, r.bottom() - corner, far, far);
    // Between the corners every line of the border has one colour: that of the middle of the image's edge.
    const qreal line = 1.0 / scale;
    const int lines = static_cast<int>(std::ceil(shape.borderWidth * scale));
    for (int i = 0; i < lines; ++i) {
        const QColor colour = QColor::fromRgba(image.pixel(device, i));
        const qreal in = i * line;
        painter.fillRect(QRectF(r.left() + corner, r.top() + in, r.width() - 2 * corner, line), colour);
        painter.fillRect(QRectF(r.left() + corner, r.bottom() - in - line, r.width() - 2 * corner, line),
                         colour);
        painter.fillRect(QRectF(r.left() + in, r.top() + corner, line, r.height() - 2 * corner), colour);
        painter.fillRect(QRectF(r.right() - in - line, r.top() + corner, line, r.height() - 2 * corner),
                         colour);
    }
    if (shape.fill == ColorRole::None)
        return;
    const qreal edge = lines * line;
    const QColor fill = theme_->color(shape.fill);
    painter.fillRect(QRectF(r.left() + corner, r.top() + edge, r.width() - 2 * corner, corner - edge), fill);
    painter.fillRect(QRectF(r.left() + corner, r.bottom() - corner, r.width() - 2 * corner, corner - edge),
                     fill);
    fillVisible(painter,
                QRectF(r.left() + edge, r.top() + corner, r.width() - 2 * edge, r.height() - 2 * corner),
                hidden, fill);
}

void RoundedRects::paintFromEnds(QPainter& painter, const RectShape& shape, int scale)
{
    const int end = cornerOf(shape);
    const QRectF& r = shape.rect;
    const QImage& image = piece(shape, {2 * end + 1, static_cast<int>(r.height())}, scale, true);
    const int device = end * scale;
    const auto put = [&](qreal x, int sourceX) {
        painter.drawImage(QRectF(x, r.top(), end, r.height()), image,
                          QRectF(sourceX, 0, device, image.height()));
    };
    put(r.left(), 0);
    put(r.right() - end, image.width() - device);
    // Between the ends every line has one colour, and most have the same.
    const qreal line = 1.0 / scale;
    for (int from = 0, to = 0; from < image.height(); from = to) {
        const QRgb colour = image.pixel(device, from);
        for (to = from + 1; to < image.height() && image.pixel(device, to) == colour;)
            ++to;
        painter.fillRect(
            QRectF(r.left() + end, r.top() + from * line, r.width() - 2 * end, (to - from) * line),
            QColor::fromRgba(colour));
    }
}

bool RoundedRects::paint(QPainter& painter, const RectShape& shape, const QRegion& hidden, const Theme& theme)
{
    const QRectF& r = shape.rect;
    const qreal ratio = painter.device()->devicePixelRatioF();
    const bool whole =
        isWhole(r.left()) && isWhole(r.top()) && isWhole(r.width()) && isWhole(r.height()) && isWhole(ratio);
    if (!whole || shape.dash != Dash::Solid || shape.pattern != Pattern::Plain || r.isEmpty())
        return false;
    if (painter.transform().type() > QTransform::TxScale)
        return false;
    if (theme_ != &theme) {
        pieces_.clear();
        theme_ = &theme;
    }
    const int scale = static_cast<int>(ratio);
    painter.setRenderHint(QPainter::Antialiasing, false);
    if (r.width() <= kSmall && r.height() <= kSmall) {
        painter.drawImage(r.topLeft(), piece(shape, r.size().toSize(), scale, true));
        return true;
    }
    const int corners = 2 * cornerOf(shape) + 1;
    if (r.width() < corners)
        return false;
    if (r.height() < corners)
        paintFromEnds(painter, shape, scale);
    else
        paintFromCorners(painter, shape, hidden, scale);
    return true;
}

} // namespace tideline::widgets
