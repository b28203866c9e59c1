// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/number_text.h"
#include "widgets/time/time_dots.h"
#include "widgets/time/time_parts.h"

#include <QCoreApplication>

#include <functional>
#include <vector>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimeLegend)
};

constexpr qreal kLine = 24;

struct Entry
{
    QString text;
    std::function<void(ScenePen&, QPointF)> sign; // around this point
};

Entry recordEntry(TimeFrame::Fate fate, const QString& name, std::int64_t count)
{
    const LateSign sign = signOf(fate);
    return {Text::tr("%1 %2").arg(name, countText(count)),
            [sign](ScenePen& pen, QPointF at) { pen.marker(at, sign.shape, sign.role, sign.size + 1); }};
}

Entry lineEntry(const QString& name, ColorRole role)
{
    return {name, [role](ScenePen& pen, QPointF at) { pen.rect({at.x() - 5, at.y() - 1.5, 10, 3}, role); }};
}

std::vector<Entry> entries(const TimeFrame& frame)
{
    using Fate = TimeFrame::Fate;
    std::vector<Entry> list{
        recordEntry(Fate::OnTime, fateText(Fate::OnTime), frame.onTime),
        recordEntry(Fate::BehindWatermark, fateText(Fate::BehindWatermark), frame.behindWatermark),
        recordEntry(Fate::AfterFiring, fateText(Fate::AfterFiring), frame.afterFiring),
        recordEntry(Fate::Dropped, fateText(Fate::Dropped), frame.dropped),
        lineEntry(Text::tr("pane fired"), ColorRole::Good),
        lineEntry(Text::tr("watermark"), ColorRole::Watermark)};
    if (frame.dotEvery > 1)
        list.push_back({Text::tr("1 of %1 records on time is drawn").arg(countText(frame.dotEvery)), {}});
    return list;
}

} // namespace

qreal addLegend(ScenePen& pen, const TimeFrame& frame, const QRectF& rect)
{
    qreal x = rect.left();
    qreal y = rect.top();
    for (const Entry& entry : entries(frame)) {
        const qreal width = pen.metrics().width(entry.text, kSmallFont) + (entry.sign ? 16 : 0);
        if (x > rect.left() && x + width > rect.right()) {
            x = rect.left();
            y += kLine;
        }
        if (entry.sign)
            entry.sign(pen, {x + 5, y + kLine / 2});
        const qreal left = x + (entry.sign ? 16 : 0);
        pen.text({left, y, rect.right() - left, kLine}, entry.text, ColorRole::TextMuted, kSmallFont);
        x += width + 26;
    }
    return y + kLine - rect.top();
}

} // namespace tideline::widgets
