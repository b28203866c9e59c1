// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/text_metrics.h"

#include <QFont>

namespace tideline::widgets {

namespace {

constexpr QChar kEllipsis(0x2026);

QFont::Weight qtWeight(FontWeight weight)
{
    switch (weight) {
    case FontWeight::Regular:
        return QFont::Normal;
    case FontWeight::Medium:
        return QFont::Medium;
    case FontWeight::SemiBold:
        return QFont::DemiBold;
    case FontWeight::Bold:
        return QFont::Bold;
    }
    return QFont::Normal;
}

// `text` with only `kept` of its characters.
QString cut(const QString& text, qsizetype kept, Qt::TextElideMode mode)
{
    if (mode == Qt::ElideLeft)
        return kEllipsis + text.right(kept);
    if (mode == Qt::ElideMiddle)
        return text.left((kept + 1) / 2) + kEllipsis + text.right(kept / 2);
    return text.left(kept) + kEllipsis;
}

} // namespace

QString TextMetrics::elided(const QString& text, const FontSpec& font, qreal available,
                            Qt::TextElideMode mode) const
{
    if (width(text, font) <= available)
        return text;
    if (width(QString(kEllipsis), font) > available)
        return {};
    qsizetype fits = 0;
    qsizetype tooMany = text.size();
    while (tooMany - fits > 1) {
        const qsizetype middle = (fits + tooMany) / 2;
        (width(cut(text, middle, mode), font) <= available ? fits : tooMany) = middle;
    }
    return cut(text, fits, mode);
}

QFont makeFont(const FontSpec& spec)
{
    QFont font(spec.kind == FontKind::Ui ? QStringLiteral("Inter") : QStringLiteral("JetBrains Mono"));
    font.setPixelSize(spec.size);
    font.setWeight(qtWeight(spec.weight));
    font.setHintingPreference(QFont::PreferNoHinting);
    font.setStyleStrategy(QFont::StyleStrategy(QFont::PreferAntialias | QFont::NoSubpixelAntialias));
    if (spec.kind == FontKind::Mono)
        font.setStyleHint(QFont::Monospace);
    return font;
}

const FontMetrics::Measured& FontMetrics::measured(const FontSpec& font) const
{
    const auto found = cache_.find(font);
    if (found != cache_.end())
        return found->second;
    return cache_.emplace(font, Measured{QFontMetricsF(makeFont(font)), {}}).first->second;
}

qreal FontMetrics::width(const QString& text, const FontSpec& font) const
{
    constexpr qsizetype kTexts = 4096; // then numbers that never come back are forgotten
    const Measured& known = measured(font);
    const auto found = known.widths.constFind(text);
    if (found != known.widths.constEnd())
        return *found;
    if (known.widths.size() >= kTexts)
        known.widths.clear();
    const qreal width = known.metrics.horizontalAdvance(text);
    known.widths.insert(text, width);
    return width;
}

qreal FontMetrics::height(const FontSpec& font) const
{
    return measured(font).metrics.height();
}

qreal FixedMetrics::width(const QString& text, const FontSpec& font) const
{
    return 0.6 * font.size * static_cast<qreal>(text.size());
}

qreal FixedMetrics::height(const FontSpec& font) const
{
    return 1.25 * font.size;
}

} // namespace tideline::widgets
