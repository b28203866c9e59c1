// SPDX-License-Identifier: GPL-3.0-or-later
// ScenePen: writes panels, lines of text and marks into a scene, eliding what does not fit.
//
// It only shortens what layouts say again and again; every decision stays with the layout. Any thread, as
// long as the metrics are.
#pragma once

#include "widgets/scene/scene.h"

namespace tideline::widgets {

// The type sizes of the painted views.
inline constexpr FontSpec kTitleFont{FontKind::Ui, 15, FontWeight::SemiBold};
inline constexpr FontSpec kStrongFont{FontKind::Ui, 13, FontWeight::SemiBold};
inline constexpr FontSpec kBodyFont{FontKind::Ui, 13, FontWeight::Regular};
inline constexpr FontSpec kSmallFont{FontKind::Ui, 12, FontWeight::Regular};
inline constexpr FontSpec kMonoFont{FontKind::Mono, 12, FontWeight::Regular};
inline constexpr FontSpec kMonoSmallFont{FontKind::Mono, 11, FontWeight::Regular};
inline constexpr FontSpec kNumberFont{FontKind::Ui, 22, FontWeight::SemiBold};

class ScenePen
{
public:
    // Both must outlive the pen.
    ScenePen(Scene& scene, const TextMetrics& metrics)
        : scene_(scene)
        , metrics_(metrics)
    {}

    Scene& scene() { return scene_; }
    const TextMetrics& metrics() const { return metrics_; }

    void rect(const QRectF& rect, ColorRole fill, ColorRole border = ColorRole::None, qreal radius = 0,
              Dash dash = Dash::Solid);
    void line(QPointF from, QPointF to, ColorRole role, qreal width = 1, Dash dash = Dash::Solid);
    void polyline(std::vector<QPointF> points, ColorRole role, qreal width = 1, Dash dash = Dash::Solid);
    void marker(QPointF centre, MarkerShape shape, ColorRole fill, qreal size = 8);
    // One line, elided to the rectangle's width; returns the width it takes, px, 0 when nothing fits.
    qreal text(const QRectF& rect, const QString& text, ColorRole role, const FontSpec& font,
               Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter);
    // Several lines within `rect`, broken between words, the last one elided; returns the height they take,
    // px.
    qreal paragraph(const QRectF& rect, const QString& text, ColorRole role, const FontSpec& font);
    // A rounded box with a title at the left and a quieter note at the right; returns the room below the
    // title.
    QRectF panel(const QRectF& rect, const QString& title, const QString& note = {});
    HitRegion& region(const QRectF& rect, const QString& name, const Selection& selection = {},
                      const QString& tooltip = {});

private:
    Scene& scene_;
    const TextMetrics& metrics_;
};

// `text` in lines of at most `width` px, broken between words; a word that is wider stays whole.
QStringList wrapText(const QString& text, const FontSpec& font, qreal width, const TextMetrics& metrics);

// A picture that says in two sentences why there is nothing to see, and what would change that.
Scene emptyScene(const QSizeF& size, const QString& name, const QString& why, const QString& remedy,
                 const TextMetrics& metrics);

} // namespace tideline::widgets
