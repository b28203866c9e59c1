// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/client_boxes.h"

#include "widgets/cluster/controller_words.h"

#include "widgets/cluster/cluster_words.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 10;
constexpr qreal kFullBox = 104; // px: all lines and the newest records
constexpr qreal kSmallBox = 42; // px: name and one line
constexpr qreal kCell = 9;      // px

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

QString producerTooltip(const ClusterFrame::Producer& producer, const QString& name)
{
    return Words::
        tr("producer %1 → %2\n%3, %4, set to %5 records a second\nproduced %6, acknowledged %7, failed %8\n"
           "retries %9, in the accumulator %10")
            .arg(name, QString::fromStdString(producer.topic), acksText(producer.acks),
                 partitionerText(producer), countText(producer.recordsPerSecond),
                 countText(producer.produced), countText(producer.acknowledged), countText(producer.failed),
                 countText(producer.retries))
            .arg(countText(producer.buffered));
}

// The newest records, oldest left.
void layoutRecent(SceneWriter& writer, const ClusterFrame::Producer& producer, const QRectF& rect)
{
    const auto fit = static_cast<std::size_t>(std::max(0.0, std::floor((rect.width() + 4) / (kCell + 4))));
    const std::size_t shown = std::min(fit, producer.recent.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const RecordCell& cell = producer.recent[producer.recent.size() - shown + i];
        writer.add(RectShape{
            .rect = QRectF(rect.left() + static_cast<qreal>(i) * (kCell + 4), rect.top(), kCell, kCell),
            .fill = keyRole(cell.colour),
            .radius = 2});
    }
}

void layoutProducer(SceneWriter& writer, const Frame& frame, const ClusterFrame::Producer& producer,
                    const QRectF& rect)
{
    const QString name = producerText(producer.index, *frame.names);
    writer.box(rect, ColorRole::Panel, producer.failed > 0 ? ColorRole::Warning : ColorRole::Border, 8);
    writer.region(rect, {.kind = Selection::Kind::Producer, .index = producer.index},
                  Words::tr("producer %1, %2").arg(name, acksText(producer.acks)), RegionRole::Item,
                  producerTooltip(producer, name));
    const QRectF inner = rect.adjusted(11, 7, -9, -7);
    const auto line = [&](int number) {
        return QRectF(inner.left(), inner.top() + 3 + 15 * number, inner.width(), 14);
    };
    writer.text(QRectF(inner.left(), inner.top(), inner.width(), 17), name, kHeading);
    if (rect.height() < kFullBox) {
        writer.text(line(1),
                    acksText(producer.acks) + QStringLiteral(" → ") + QString::fromStdString(producer.topic),
                    kNote);
        return;
    }
    writer.text(line(1), QStringLiteral("→ ") + QString::fromStdString(producer.topic), kNote);
    writer.text(line(2), acksText(producer.acks) + QStringLiteral(" · ") + partitionerText(producer), kNote);
    const bool failed = producer.failed > 0;
    writer.text(line(3),
                failed ? Words::tr("failed %1").arg(countText(producer.failed))
                       : Words::tr("acked %1").arg(countText(producer.acknowledged)),
                in(failed ? ColorRole::TextWarning : ColorRole::TextMuted, kNote));
    layoutRecent(writer, producer, QRectF(inner.left(), inner.top() + 3 + 15 * 4 + 5, inner.width(), kCell));
}

} // namespace

void layoutProducers(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors)
{
    const auto& all = frame.cluster.producers;
    if (all.empty() || area.height() < kSmallBox)
        return;
    const auto count = static_cast<qreal>(all.size());
    const bool full = count * (kFullBox + kGap) - kGap <= area.height();
    const qreal height = full ? kFullBox : kSmallBox;
    auto fit = static_cast<std::size_t>((area.height() + kGap) / (height + kGap));
    const std::size_t inAll = std::max(all.size(), static_cast<std::size_t>(frame.cluster.producersInAll));
    const bool more = fit < inAll;
    if (more)
        fit = static_cast<std::size_t>(std::max(0.0, (area.height() - 18 + kGap) / (height + kGap)));
    const std::size_t shown = std::min(fit, all.size());
    for (std::size_t i = 0; i < shown; ++i) {
        const QRectF rect(area.left(), area.top() + static_cast<qreal>(i) * (height + kGap), area.width(),
                          height);
        layoutProducer(writer, frame, all[i], rect);
        anchors.producers[producerNode(all[i].index, *frame.names)] =
            QPointF(rect.right(), std::round(rect.center().y()));
    }
    if (more)
        writer.text(QRectF(area.left() + 4, area.bottom() - 16, area.width() - 4, 16),
                    Words::tr("+ %1 more").arg(inAll - shown), kNote);
}

void layoutControllers(SceneWriter& writer, const Frame& frame, const QRectF& area, ClusterAnchors& anchors)
{
    const auto& all = frame.cluster.controllers;
    if (all.empty())
        return;
    const auto count = static_cast<qreal>(all.size());
    const qreal width = std::min(430.0, std::floor((area.width() + kGap) / count) - kGap);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const ClusterFrame::Controller& controller = all[i];
        const QRectF rect(area.left() + static_cast<qreal>(i) * (width + kGap), area.top(), width,
                          area.height());
        const QString name = Words::tr("controller %1").arg(controller.id);
        const QString state = controllerStateText(controller, frame.cluster);
        const QString vote = controller.voted == kNone
                                 ? QString()
                                 : Words::tr("\nits vote of this epoch: controller %1").arg(controller.voted);
        writer.box(rect, ColorRole::Panel, controller.active ? ColorRole::Leader : ColorRole::Border, 6);
        writer.region(rect, {.kind = Selection::Kind::Controller, .index = controller.id},
                      name + QStringLiteral(": ") + state, RegionRole::Item,
                      Words::tr("%1: %2 since %3\nend of its metadata log %4, committed below %5")
                              .arg(name, state, shortTimeText(controller.since))
                              .arg(controller.metadataOffset)
                              .arg(controller.committed) +
                          vote);
        writer.marker({rect.left() + 16, rect.center().y()},
                      controller.active ? MarkerShape::Diamond : MarkerShape::Ring,
                      controller.active ? ColorRole::Leader : ColorRole::Neutral, 8);
        QRectF inner = rect.adjusted(28, 0, -10, 0);
        const qreal used = writer.text(inner, name, kHeading);
        inner.setLeft(inner.left() + used + 12);
        const TextStyle style = in(controller.active ? ColorRole::TextLeader : ColorRole::TextFaint, kNote);
        const bool fits = writer.width(state, style) <= inner.width();
        writer.textPair(inner, fits ? state : controllerShortText(controller), style,
                        Words::tr("metadata %1").arg(controller.metadataOffset),
                        in(ColorRole::TextMuted, kFigure), 0);
        anchors.controllers[controllerNode(controller.id, *frame.names)] =
            QPointF(rect.left() + 16, rect.bottom());
    }
}

} // namespace tideline::widgets
