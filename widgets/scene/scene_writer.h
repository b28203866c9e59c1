// SPDX-License-Identifier: GPL-3.0-or-later
// SceneWriter: appends shapes and regions to a scene; text is measured and elided here, so that it never
// leaves its rectangle.
//
// What every layout writes with. Holds references only; use it inside one layout.
#pragma once

#include "widgets/scene/scene.h"

namespace tideline::widgets {

struct TextStyle
{
    ColorRole role = ColorRole::Text;
    FontSpec font;
};

// The type scale of the painted views, px.
inline constexpr TextStyle kTitle{ColorRole::Text, {FontKind::Ui, 15, FontWeight::SemiBold}};
inline constexpr TextStyle kHeading{ColorRole::Text, {FontKind::Ui, 13, FontWeight::SemiBold}};
inline constexpr TextStyle kBody{ColorRole::Text, {FontKind::Ui, 12, FontWeight::Regular}};
inline constexpr TextStyle kNote{ColorRole::TextMuted, {FontKind::Ui, 11, FontWeight::Regular}};
inline constexpr TextStyle kFigure{ColorRole::Text, {FontKind::Mono, 11, FontWeight::Regular}};

// The same style in another role.
constexpr TextStyle in(ColorRole role, TextStyle style)
{
    style.role = role;
    return style;
}

class SceneWriter
{
public:
    SceneWriter(Scene& scene, const TextMetrics& metrics)
        : scene_(scene)
        , metrics_(metrics)
    {}

    void fill(const QRectF& rect, ColorRole role);
    void box(const QRectF& rect, ColorRole fill, ColorRole border, qreal radius = 8, Dash dash = Dash::Solid,
             qreal borderWidth = 1);
    void line(QPointF from, QPointF to, ColorRole role, qreal width = 1, Dash dash = Dash::Solid);
    void marker(QPointF centre, MarkerShape shape, ColorRole role, qreal size = 8);

    // One line of text in the middle of `rect`'s height, elided to its width. Returns the width used, px; 0
    // when nothing fits.
    qreal text(const QRectF& rect, const QString& text, const TextStyle& style,
               Qt::Alignment align = Qt::AlignLeft);
    // Whether textPair() would show both of them whole in `room` px.
    bool pairFits(qreal room, const QString& left, const TextStyle& leftStyle, const QString& right,
                  const TextStyle& rightStyle) const;
    // Two texts on one line: the right one keeps its width (up to `rightShare` of the line), the left one
    // gives way.
    void textPair(const QRectF& rect, const QString& left, const TextStyle& leftStyle, const QString& right,
                  const TextStyle& rightStyle, qreal rightShare = 0.6);
    // A text on a rounded ground as wide as the text; at most `maxWidth` px. Returns the width used, 0 when
    // nothing fits.
    qreal pill(QPointF topLeft, qreal height, qreal maxWidth, const QString& text, const TextStyle& style,
               ColorRole fill);

    void region(const QRectF& rect, const Selection& selection, const QString& name,
                RegionRole role = RegionRole::Item, const QString& tooltip = {}, std::int64_t tag = 0);
    // The same, where the keyboard does not stop.
    void quietRegion(const QRectF& rect, const Selection& selection, const QString& name, RegionRole role,
                     const QString& tooltip = {}, std::int64_t tag = 0);

    // Room for so many more, when there will be thousands.
    void reserve(std::size_t shapes, std::size_t regions);
    void add(Shape shape) { scene_.shapes.push_back(std::move(shape)); }
    const TextMetrics& metrics() const { return metrics_; }
    qreal width(const QString& text, const TextStyle& style) const
    {
        return metrics_.width(text, style.font);
    }
    Scene& scene() { return scene_; }

private:
    Scene& scene_;
    const TextMetrics& metrics_;
};

} // namespace tideline::widgets
