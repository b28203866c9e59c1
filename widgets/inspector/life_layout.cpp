// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/life_layout.h"

#include "widgets/charts/scene_pen.h"
#include "widgets/inspector/life_words.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::LifeLayout)
};

constexpr qreal kMargin = 14;
constexpr qreal kTextLeft = 38;
constexpr qreal kLine = 18;
constexpr qreal kTimeHeight = 16;
constexpr qreal kGap = 10;

qreal addHead(ScenePen& pen, const RecordLife& life, const Directory& names, qreal width)
{
    const QString title =
        QStringLiteral("%1 @ %2").arg(partitionText(life.partition, names)).arg(life.offset);
    pen.text({kMargin, 8, width - 2 * kMargin, 24}, title, ColorRole::Text,
             {FontKind::Mono, 15, FontWeight::Bold});
    const QString content = Text::tr("key %1   value %2")
                                .arg(QString::fromStdString(life.key), QString::fromStdString(life.value));
    pen.text({kMargin, 34, width - 2 * kMargin, 18}, content, ColorRole::TextMuted, kMonoSmallFont);
    pen.region({kMargin, 8, width - 2 * kMargin, 44}, Text::tr("record %1, %2").arg(title, content), {},
               content)
        .role = RegionRole::Value;
    return 64;
}

// Returns where the next step begins.
qreal addStep(ScenePen& pen, const RecordLife::Entry& entry, const LifeStepWords& words, qreal y, qreal width)
{
    const QString time = clockText(entry.time);
    pen.marker({kMargin + 7, y + kTimeHeight / 2}, MarkerShape::Circle, words.mark, 9);
    pen.text({kTextLeft, y, width - kTextLeft - kMargin, kTimeHeight}, time, ColorRole::TextFaint,
             kMonoSmallFont);
    const QStringList lines = wrapText(words.text, kBodyFont, width - kTextLeft - kMargin, pen.metrics());
    qreal line = y + kTimeHeight + 1;
    for (const QString& text : lines) {
        pen.text({kTextLeft, line, width - kTextLeft - kMargin, kLine}, text, words.textRole, kBodyFont);
        line += kLine;
    }
    const QString name = QStringLiteral("%1: %2").arg(time, words.text);
    pen.region({kMargin, y, width - 2 * kMargin, line - y}, name, {}, words.text).role = RegionRole::Value;
    return line + kGap;
}

} // namespace

Scene layoutLife(const RecordLife& life, const Directory& names, qreal width, const TextMetrics& metrics)
{
    Scene scene;
    scene.name = Text::tr("Life of a record");
    ScenePen pen(scene, metrics);
    pen.rect({0, 0, std::max(1.0, width), 1}, ColorRole::Panel);
    pen.line({kMargin + 7, 0}, {kMargin + 7, 0}, ColorRole::Border, 2);
    const qreal top = addHead(pen, life, names, width);
    qreal y = top;
    qreal last = top;
    for (const RecordLife::Entry& entry : life.entries) {
        last = y;
        y = addStep(pen, entry, lifeStepWords(entry, life, names), y, width);
    }
    // The ground and the thread behind the steps reach as far as the story turned out to be.
    std::get<RectShape>(scene.shapes[0]).rect.setHeight(y + 4);
    std::get<PolylineShape>(scene.shapes[1]).points = {{kMargin + 7, top + kTimeHeight / 2},
                                                       {kMargin + 7, last + kTimeHeight / 2}};
    scene.size = {width, y + 4};
    return scene;
}

} // namespace tideline::widgets
