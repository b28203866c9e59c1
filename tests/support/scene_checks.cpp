// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scene_checks.h"

namespace tideline::test {

using namespace tideline::widgets;

namespace {

// Where the ink of a text is: as wide as it is measured, as high as its capital letters.
QRectF inkOf(const TextShape& text, const TextMetrics& metrics)
{
    const qreal width = metrics.width(text.text, text.font);
    const qreal height = text.font.size * 0.75;
    QRectF ink(0, 0, width, height);
    ink.moveCenter(text.rect.center());
    if (text.rotation != 0)
        return ink.transposed();
    if (text.align & Qt::AlignRight)
        ink.moveRight(text.rect.right());
    else if (!(text.align & Qt::AlignHCenter))
        ink.moveLeft(text.rect.left());
    return ink;
}

QString at(const QRectF& rect)
{
    return QStringLiteral("%1,%2 %3x%4").arg(rect.x()).arg(rect.y()).arg(rect.width()).arg(rect.height());
}

} // namespace

QString overlapOfTexts(const Scene& scene, const TextMetrics& metrics)
{
    std::vector<std::pair<QRectF, QString>> inks;
    for (const Shape& shape : scene.shapes) {
        const auto* text = std::get_if<TextShape>(&shape);
        if (!text || text->text.isEmpty())
            continue;
        const QRectF ink = inkOf(*text, metrics);
        if (text->rotation == 0 && ink.width() > text->rect.width() + 1)
            return QStringLiteral("\"%1\" is wider than its place %2").arg(text->text, at(text->rect));
        for (const auto& [other, words] : inks) {
            if (ink.adjusted(0.5, 0.5, -0.5, -0.5).intersects(other))
                return QStringLiteral("\"%1\" at %2 touches \"%3\" at %4")
                    .arg(text->text, at(ink), words, at(other));
        }
        inks.emplace_back(ink, text->text);
    }
    return {};
}

QString outsideOfView(const Scene& scene)
{
    const QRectF view(QPointF(0, 0), scene.size);
    for (const Shape& shape : scene.shapes) {
        const QRectF bounds = boundsOf(shape);
        if (!view.adjusted(-0.5, -0.5, 0.5, 0.5).contains(bounds) && !bounds.isEmpty()) {
            Scene one;
            one.shapes.push_back(shape);
            return QStringLiteral("outside %1x%2: %3")
                .arg(scene.size.width())
                .arg(scene.size.height())
                .arg(dumpScene(one).section(u'\n', 1));
        }
    }
    return {};
}

QString faultOfRegions(const Scene& scene)
{
    for (const HitRegion& region : scene.regions) {
        if (region.name.isEmpty())
            return QStringLiteral("a region at %1 has no name").arg(at(region.rect));
        const int hit = regionAt(scene, region.rect.center());
        if (hit < 0)
            return QStringLiteral("nothing is hit in the middle of \"%1\"").arg(region.name);
        const HitRegion& found = scene.regions[static_cast<std::size_t>(hit)];
        if (!region.rect.adjusted(-0.5, -0.5, 0.5, 0.5).contains(found.rect))
            return QStringLiteral("\"%1\" is hit in the middle of \"%2\"").arg(found.name, region.name);
        if (region.role == RegionRole::Cell && !(found.selection == region.selection))
            return QStringLiteral("the cell \"%1\" cannot be hit").arg(region.name);
    }
    return {};
}

} // namespace tideline::test
