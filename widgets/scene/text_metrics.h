// SPDX-License-Identifier: GPL-3.0-or-later
// TextMetrics: how wide and high text is, handed to layouts so that they need neither fonts nor a display.
//
// FontMetrics measures with the fonts of a theme, FixedMetrics gives every character the same advance
// (tests). Measuring is pure; FontMetrics keeps a cache and belongs to the GUI thread.
#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QHash>
#include <QString>

#include <cstdint>
#include <map>

namespace tideline::widgets {

enum class FontKind : std::uint8_t { Ui, Mono };
enum class FontWeight : std::uint8_t { Regular, Medium, SemiBold, Bold };

// A font by what it is for. Sizes are logical pixels, so that no screen setting changes a layout.
struct FontSpec
{
    FontKind kind = FontKind::Ui;
    int size = 12; // px
    FontWeight weight = FontWeight::Regular;
    auto operator<=>(const FontSpec&) const = default;
};

class TextMetrics
{
public:
    virtual ~TextMetrics() = default;
    virtual qreal width(const QString& text, const FontSpec& font) const = 0; // px
    virtual qreal height(const FontSpec& font) const = 0;                     // px, ascent + descent

    // `text` cut with an ellipsis until it is at most `width` px wide; empty when not even that fits.
    QString elided(const QString& text, const FontSpec& font, qreal width,
                   Qt::TextElideMode mode = Qt::ElideRight) const;
};

// The font of a theme: Inter or JetBrains Mono at a pinned pixel size, without hinting.
QFont makeFont(const FontSpec& spec);

class FontMetrics final : public TextMetrics
{
public:
    qreal width(const QString& text, const FontSpec& font) const override;
    qreal height(const FontSpec& font) const override;

private:
    struct Measured
    {
        QFontMetricsF metrics;
        mutable QHash<QString, qreal> widths; // px, of texts seen lately
    };
    const Measured& measured(const FontSpec& font) const;
    mutable std::map<FontSpec, Measured> cache_;
};

// Every character is 0.6 of the font's size wide, every line 1.25 of it high.
class FixedMetrics final : public TextMetrics
{
public:
    qreal width(const QString& text, const FontSpec& font) const override;
    qreal height(const FontSpec& font) const override;
};

} // namespace tideline::widgets
