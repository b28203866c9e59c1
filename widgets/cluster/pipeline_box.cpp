// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/pipeline_box.h"

#include "widgets/cluster/cluster_words.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 10;
constexpr qreal kWindow = 18; // px of a window's bar
constexpr qreal kWindowGap = 3;
constexpr qreal kNarrowest = 140;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

QString windowKindText(const ClusterFrame::Pipeline& pipeline)
{
    const QString size = durationText(fromMillis(pipeline.size));
    if (pipeline.kind == WindowKind::Tumbling)
        return Words::tr("tumbling %1").arg(size);
    return Words::tr("sliding %1 every %2").arg(size, durationText(fromMillis(pipeline.slide)));
}

QString watermarkText(const ClusterFrame::Pipeline& pipeline)
{
    return pipeline.watermark ? Words::tr("watermark %1").arg(dataTimeText(*pipeline.watermark))
                              : Words::tr("no watermark yet");
}

QString windowTooltip(const ClusterFrame::PipelineWindow& window)
{
    return Words::tr("[%1, %2): %3\ncounted %4 of %5 that have happened, dropped %6")
        .arg(dataTimeText(window.start), dataTimeText(window.end), lookOf(window.state).word,
             countText(window.count), countText(window.truth), countText(window.dropped));
}

void layoutWindow(SceneWriter& writer, const ClusterFrame::Pipeline& pipeline,
                  const ClusterFrame::PipelineWindow& window, const QRectF& rect)
{
    writer.box(rect, ColorRole::Track, ColorRole::None, 4);
    const qreal share =
        window.truth > 0
            ? std::clamp(static_cast<qreal>(window.count) / static_cast<qreal>(window.truth), 0.0, 1.0)
            : 0;
    const qreal width = std::floor(rect.width() * share);
    if (width >= 8)
        writer.box(QRectF(rect.topLeft(), QSizeF(width, rect.height())), fillOf(window.state),
                   ColorRole::None, 4);
    writer.marker({rect.left() + 9, rect.center().y()}, lookOf(window.state).marker,
                  lookOf(window.state).shape, 7);
    const QString times = dataWindowText(window.start, window.end);
    const QString words = lookOf(window.state).word;
    const QString counted = countText(window.count) + QStringLiteral(" · ") + words;
    const QRectF inner = rect.adjusted(18, 0, -7, 0);
    const bool roomy = writer.width(times, kFigure) + writer.width(counted, kNote) + 12 <= inner.width();
    writer.textPair(inner, times, in(ColorRole::TextOnFill, kFigure), roomy ? counted : words,
                    in(ColorRole::TextOnFill, kNote), 0);
    writer.region(
        rect,
        {.kind = Selection::Kind::Window, .index = pipeline.index, .start = window.start, .end = window.end},
        times + u' ' + words, RegionRole::Item, windowTooltip(window));
}

void layoutPipeline(SceneWriter& writer, const Frame& frame, const ClusterFrame::Pipeline& pipeline,
                    const QRectF& rect)
{
    const QString name = pipelineText(pipeline.index, *frame.names);
    writer.box(rect, ColorRole::Panel, ColorRole::Border, 10);
    writer.region(
        rect, {.kind = Selection::Kind::Pipeline, .index = pipeline.index},
        Words::tr("pipeline %1, %2, %3").arg(name, windowKindText(pipeline), watermarkText(pipeline)),
        RegionRole::Group,
        Words::tr(
            "pipeline %1\n%2, out-of-orderness %3, allowed lateness %4\n%5\nrecords %6, dropped as late %7")
            .arg(name, windowKindText(pipeline), durationText(fromMillis(pipeline.outOfOrderness)),
                 durationText(fromMillis(pipeline.lateness)), watermarkText(pipeline),
                 countText(pipeline.records), countText(pipeline.dropped)));
    const QRectF inner = rect.adjusted(12, 8, -12, -8);
    const QString dropped = Words::tr("dropped %1").arg(countText(pipeline.dropped));
    writer.textPair(QRectF(inner.left(), inner.top(), inner.width(), 18), name, kHeading, dropped,
                    in(pipeline.dropped > 0 ? ColorRole::TextWarning : ColorRole::TextFaint, kNote), 0);
    writer.text(QRectF(inner.left(), inner.top() + 19, inner.width(), 14),
                Words::tr("%1 · lateness %2")
                    .arg(windowKindText(pipeline), durationText(fromMillis(pipeline.lateness))),
                kNote);
    writer.text(QRectF(inner.left(), inner.top() + 34, inner.width(), 14), watermarkText(pipeline),
                in(ColorRole::TextWatermark, kNote));
    const qreal top = inner.top() + 53;
    const auto fit =
        static_cast<std::size_t>(std::max(0.0, (inner.bottom() - top + kWindowGap) / (kWindow + kWindowGap)));
    const std::size_t shown = std::min(fit, pipeline.windows.size());
    for (std::size_t i = 0; i < shown; ++i)
        layoutWindow(writer, pipeline, pipeline.windows[pipeline.windows.size() - shown + i],
                     QRectF(inner.left(), top + static_cast<qreal>(i) * (kWindow + kWindowGap), inner.width(),
                            kWindow));
}

} // namespace

void layoutPipelines(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors)
{
    const auto& all = frame.cluster.pipelines;
    if (all.empty() || area.isEmpty())
        return;
    const auto fit = static_cast<std::size_t>(std::max(1.0, (area.width() + kGap) / (kNarrowest + kGap)));
    const std::size_t shown = std::min(fit, all.size());
    const qreal width = std::floor((area.width() + kGap) / static_cast<qreal>(shown)) - kGap;
    const std::size_t inAll = std::max(all.size(), static_cast<std::size_t>(frame.cluster.pipelinesInAll));
    const bool more = shown < inAll;
    const qreal height = area.height() - (more ? 16 : 0);
    for (std::size_t i = 0; i < shown; ++i) {
        const QRectF rect(area.left() + static_cast<qreal>(i) * (width + kGap), area.top(), width, height);
        layoutPipeline(writer, frame, all[i], rect);
        anchors.below[pipelineNode(all[i].index, *frame.names)] =
            QPointF(std::round(rect.center().x()), rect.top());
    }
    if (more)
        writer.text(QRectF(area.left() + 4, area.bottom() - 15, area.width() - 4, 15),
                    Words::tr("+ %1 more pipelines").arg(inAll - shown), kNote);
}

} // namespace tideline::widgets
