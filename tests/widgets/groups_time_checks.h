// SPDX-License-Identifier: GPL-3.0-or-later
// What every picture must satisfy, whatever it shows: nothing outside, no text over another, every region
// found where it is.
#pragma once

#include "widgets/scene/scene.h"

#include <QStringList>

#include <algorithm>

namespace tideline::test {

// Where the glyphs of a text lie, px.
inline QRectF inkOf(const widgets::TextShape& text, const widgets::TextMetrics& metrics)
{
    const QSizeF ink(metrics.width(text.text, text.font), metrics.height(text.font));
    QRectF box(QPointF(0, 0), ink);
    box.moveCenter(text.rect.center());
    if (text.rotation != 0)
        return QRectF(box.center().x() - ink.height() / 2, box.center().y() - ink.width() / 2, ink.height(),
                      ink.width());
    if (text.align & Qt::AlignLeft)
        box.moveLeft(text.rect.left());
    else if (text.align & Qt::AlignRight)
        box.moveRight(text.rect.right());
    return box;
}

// Sentences about shapes that stick out by more than a pixel.
inline QStringList outside(const widgets::Scene& scene, const widgets::TextMetrics& metrics)
{
    QStringList wrong;
    const QRectF all = QRectF(QPointF(0, 0), scene.size).adjusted(-1, -1, 1, 1);
    for (const widgets::Shape& shape : scene.shapes) {
        const auto* text = std::get_if<widgets::TextShape>(&shape);
        const QRectF box = text ? inkOf(*text, metrics) : widgets::boundsOf(shape);
        if (box.left() < all.left() || box.top() < all.top() || box.right() > all.right() ||
            box.bottom() > all.bottom())
            wrong << QStringLiteral("%1 at %2,%3 %4x%5")
                         .arg(text ? text->text : QStringLiteral("shape %1").arg(shape.index()))
                         .arg(box.x())
                         .arg(box.y())
                         .arg(box.width())
                         .arg(box.height());
    }
    return wrong;
}

// Pairs of texts whose glyphs share more than a pixel.
inline QStringList overlapping(const widgets::Scene& scene, const widgets::TextMetrics& metrics)
{
    std::vector<std::pair<QRectF, QString>> texts;
    for (const widgets::Shape& shape : scene.shapes) {
        if (const auto* text = std::get_if<widgets::TextShape>(&shape))
            texts.emplace_back(inkOf(*text, metrics).adjusted(1, 2, -1, -2), text->text);
    }
    QStringList wrong;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        for (std::size_t j = i + 1; j < texts.size(); ++j) {
            if (texts[i].first.intersects(texts[j].first))
                wrong << QStringLiteral("\"%1\" and \"%2\" at %3,%4")
                             .arg(texts[i].second, texts[j].second)
                             .arg(texts[j].first.x())
                             .arg(texts[j].first.y());
        }
    }
    return wrong;
}

inline bool hasText(const widgets::Scene& scene, const QString& wanted)
{
    return std::any_of(scene.shapes.begin(), scene.shapes.end(), [&](const widgets::Shape& shape) {
        const auto* text = std::get_if<widgets::TextShape>(&shape);
        return text && text->text.contains(wanted);
    });
}

// Markers of this shape.
inline int countMarkers(const widgets::Scene& scene, widgets::MarkerShape marker)
{
    return static_cast<int>(
        std::count_if(scene.shapes.begin(), scene.shapes.end(), [&](const widgets::Shape& shape) {
            const auto* at = std::get_if<widgets::MarkerShapeAt>(&shape);
            return at && at->shape == marker;
        }));
}

} // namespace tideline::test
