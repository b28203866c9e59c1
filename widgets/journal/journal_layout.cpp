// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/journal/journal_layout.h"

#include "widgets/charts/scene_pen.h"
#include "widgets/journal/fact_kinds.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::JournalLayout)
};

constexpr qreal kMargin = 14;
constexpr qreal kRow = 26;

struct Columns
{
    qreal number, sign, time, kind, what, cause, right;
};

Columns columnsOf(const QRectF& room)
{
    const qreal left = room.left();
    const bool wide = room.width() >= 700;
    Columns columns{
        left, left + 64, left + 84, left + 200, left + (wide ? 360 : 200), room.right() - 80, room.right()};
    if (!wide)
        columns.cause = room.right();
    return columns;
}

void addHead(ScenePen& pen, const Columns& x, qreal y)
{
    const auto head = [&](qreal left, qreal right, const QString& text) {
        pen.text({left, y, right - left - 8, kRow}, text, ColorRole::TextFaint, kSmallFont);
    };
    head(x.number, x.sign, Text::tr("fact"));
    head(x.time, x.kind, Text::tr("time"));
    if (x.what > x.kind)
        head(x.kind, x.what, Text::tr("kind"));
    head(x.what, x.cause, Text::tr("what happened"));
    if (x.cause < x.right)
        head(x.cause, x.right, Text::tr("because of"));
    pen.line({x.number, y + kRow}, {x.right, y + kRow}, ColorRole::Border);
}

void addRow(ScenePen& pen, const Frame& frame, const Fact& fact, const Columns& x, qreal y)
{
    const FactSign sign = factSign(fact.body);
    const QString what = factText(fact.body, fact.time, *frame.names);
    pen.text({x.number, y, x.sign - x.number - 14, kRow}, QString::number(fact.number), ColorRole::TextFaint,
             kMonoSmallFont, Qt::AlignRight | Qt::AlignVCenter);
    pen.marker({x.sign + 4, y + kRow / 2}, sign.shape, sign.role, 8);
    pen.text({x.time, y, x.kind - x.time - 8, kRow}, clockText(fact.time), ColorRole::TextMuted, kMonoFont);
    if (x.what > x.kind)
        pen.text({x.kind, y, x.what - x.kind - 8, kRow}, factKindName(fact.body), ColorRole::TextMuted,
                 kSmallFont);
    pen.text({x.what, y, x.cause - x.what - 12, kRow}, what, ColorRole::Text, kBodyFont);
    if (x.cause < x.right && fact.cause != 0)
        pen.text({x.cause, y, x.right - x.cause, kRow}, QString::number(fact.cause), ColorRole::TextFaint,
                 kMonoSmallFont);
    Selection self;
    self.kind = Selection::Kind::Fact;
    self.fact = fact.number;
    pen.region({x.number, y, x.right - x.number, kRow},
               QStringLiteral("%1, %2").arg(clockText(fact.time), what), self, what);
}

} // namespace

Scene layoutJournal(const Frame& frame, const QSizeF& size, const TextMetrics& metrics)
{
    if (!frame.journal || frame.journal->facts.empty() || !frame.names)
        return emptyScene(size, Text::tr("Journal"), Text::tr("Nothing has happened yet."),
                          Text::tr("Let the run begin."), metrics);
    Scene scene;
    scene.size = size;
    scene.name = Text::tr("Journal");
    ScenePen pen(scene, metrics);
    pen.rect(QRectF(QPointF(0, 0), size), ColorRole::Window);
    const QRectF outer = QRectF(QPointF(0, 0), size).adjusted(kMargin, kMargin, -kMargin, -kMargin);
    if (outer.width() < 360 || outer.height() < 100)
        return scene;
    const CowPages<Fact, 256>& facts = frame.journal->facts;
    const QRectF room =
        pen.panel(outer, Text::tr("Journal"), Text::tr("%1 facts").arg(countText(frame.journal->total)));
    const Columns columns = columnsOf(room);
    addHead(pen, columns, room.top() - 4);
    const qreal top = room.top() + kRow;
    const auto fitting = static_cast<std::size_t>(std::max(0.0, (room.bottom() - top) / kRow));
    const std::size_t shown = std::min(fitting, facts.size());
    for (std::size_t i = 0; i < shown; ++i)
        addRow(pen, frame, facts[facts.size() - shown + i], columns, top + static_cast<qreal>(i) * kRow);
    scene.description =
        Text::tr("The newest %1 of %2 facts")
            .arg(countText(static_cast<std::int64_t>(shown)), countText(frame.journal->total));
    return scene;
}

} // namespace tideline::widgets
