// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/window_arithmetic.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/time/time_parts.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>
#include <vector>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimePipelinePanel)
};

constexpr qreal kRow = 22;

QString windowing(const PipelineSpec& spec)
{
    return spec.window == WindowKind::Tumbling
               ? Text::tr("tumbling %1").arg(spanText(spec.size))
               : Text::tr("sliding %1 every %2").arg(spanText(spec.size), spanText(spec.slide));
}

QString watermarkNow(const TimeFrame& frame)
{
    if (!frame.watermark)
        return Text::tr("none yet");
    if (frame.ended)
        return Text::tr("end of time: the input has ended");
    const Millis behind = saturatingSubtract(frame.now, *frame.watermark);
    return (behind >= 0 ? Text::tr("%1, %2 behind") : Text::tr("%1, %2 ahead of processing time"))
        .arg(dataTimeText(*frame.watermark), spanText(std::max(behind, saturatingSubtract(0, behind))));
}

} // namespace

void addPipelinePanel(ScenePen& pen, const TimeFrame& frame, const QString& name, const QRectF& rect)
{
    const QString aggregate = frame.spec.aggregate == AggregateKind::Count
                                  ? Text::tr("count")
                                  : Text::tr("sum of %1").arg(QString::fromStdString(frame.spec.sumField));
    const QRectF room =
        pen.panel(rect, name, Text::tr("from %1").arg(QString::fromStdString(frame.spec.from)));
    const std::vector<std::pair<QString, QString>> rows{
        {Text::tr("window"), Text::tr("%1, %2").arg(windowing(frame.spec), aggregate)},
        {Text::tr("out-of-orderness"),
         Text::tr("bounded by %1").arg(spanText(frame.spec.watermark.boundedOutOfOrderness))},
        {Text::tr("allowed lateness"), spanText(frame.spec.allowedLateness)},
        {Text::tr("watermark"), watermarkNow(frame)},
    };
    qreal nameWidth = 0;
    for (const auto& row : rows)
        nameWidth = std::max(nameWidth, pen.metrics().width(row.first, kSmallFont));
    const qreal valueLeft = room.left() + nameWidth + 16;
    qreal y = room.top() - 4;
    for (const auto& [key, value] : rows) {
        if (y + kRow > rect.bottom())
            break;
        pen.text({room.left(), y, nameWidth + 1, kRow}, key, ColorRole::TextMuted, kSmallFont);
        pen.text({valueLeft, y, room.right() - valueLeft, kRow}, value, ColorRole::Text, kSmallFont);
        y += kRow;
    }
    Selection self;
    self.kind = Selection::Kind::Pipeline;
    self.index = frame.pipeline;
    pen.region(
        rect, Text::tr("pipeline %1: %2, watermark %3").arg(name, windowing(frame.spec), watermarkNow(frame)),
        self);
}

} // namespace tideline::widgets
