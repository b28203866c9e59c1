// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/broker_card.h"

#include "widgets/cluster/cluster_words.h"
#include "widgets/cluster/replica_row.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

ColorRole borderOf(const ClusterFrame::Broker& broker)
{
    if (broker.state == BrokerState::Stopped)
        return ColorRole::Bad;
    if (broker.state != BrokerState::Running || broker.inSync < broker.replicas)
        return ColorRole::Warning;
    return ColorRole::Border;
}

// "leads 2 · in sync 6/6", "catching up · in sync 3/6", "stopped since 0:41".
QString statusOf(const ClusterFrame::Broker& broker)
{
    if (broker.state != BrokerState::Running)
        return Words::tr("%1 since %2").arg(lookOf(broker.state).word, shortTimeText(broker.since));
    if (broker.inSync < broker.replicas)
        return Words::tr("catching up · in sync %1/%2")
            .arg(countText(broker.inSync), countText(broker.replicas));
    return Words::tr("leads %1 · in sync %2/%3")
        .arg(countText(broker.leaders), countText(broker.inSync), countText(broker.replicas));
}

// Where statusOf() does not fit: "leads 2", "in sync 3/6", "stopped".
QString shortStatusOf(const ClusterFrame::Broker& broker)
{
    if (broker.state != BrokerState::Running)
        return lookOf(broker.state).word;
    if (broker.inSync < broker.replicas)
        return Words::tr("in sync %1/%2").arg(countText(broker.inSync), countText(broker.replicas));
    return Words::tr("leads %1").arg(countText(broker.leaders));
}

// "broker 1 · a".
QString titleOf(const ClusterFrame::Broker& broker)
{
    if (broker.rack.empty())
        return brokerText(broker.id);
    return Words::tr("%1 · %2").arg(brokerText(broker.id), QString::fromStdString(broker.rack));
}

// "broker 1 in rack a".
QString nameOf(const ClusterFrame::Broker& broker)
{
    if (broker.rack.empty())
        return brokerText(broker.id);
    return Words::tr("%1 in rack %2").arg(brokerText(broker.id), QString::fromStdString(broker.rack));
}

TextStyle statusStyle(const ClusterFrame::Broker& broker)
{
    if (broker.state == BrokerState::Running && broker.inSync < broker.replicas)
        return in(ColorRole::TextWarning, kNote);
    return in(lookOf(broker.state).text, kNote);
}

void layoutHeader(SceneWriter& writer, const ClusterFrame::Broker& broker, const QRectF& rect)
{
    const StateLook look = lookOf(broker.state);
    const bool behind = broker.state == BrokerState::Running && broker.inSync < broker.replicas;
    writer.marker({rect.left() + 5, rect.center().y()}, behind ? MarkerShape::Triangle : look.marker,
                  behind ? ColorRole::Warning : look.shape, 8);
    const QRectF room = rect.adjusted(16, 0, 0, 0);
    const QString title = titleOf(broker);
    const TextStyle style = statusStyle(broker);
    const QString status = statusOf(broker);
    const bool fits = writer.pairFits(room.width(), title, kTitle, status, style);
    writer.textPair(room, title, kTitle, fits ? status : shortStatusOf(broker), style,
                    broker.rack.empty() ? 0 : 0.6);
}

void layoutRows(SceneWriter& writer, const BrokerCard& card, const QRectF& rect)
{
    std::size_t line = 0;
    for (const ClusterFrame::Replica& replica : card.broker.rows) {
        if (!card.plan.order.empty()) {
            const auto found =
                std::lower_bound(card.plan.order.begin(), card.plan.order.end(), replica.partition);
            line = static_cast<std::size_t>(found - card.plan.order.begin());
        }
        const qreal top = rect.top() + static_cast<qreal>(line) * (card.plan.height + card.plan.gap);
        const auto partition = static_cast<std::size_t>(replica.partition);
        const ReplicaRow row{
            card.names,      card.broker,
            replica,         partition < card.leaders.size() ? card.leaders[partition] : nullptr,
            card.plan.style, card.cellsBack};
        layoutReplicaRow(writer, row, QRectF(rect.left(), top, rect.width(), card.plan.height));
        ++line;
    }
}

} // namespace

std::vector<const ClusterFrame::Replica*> leadersOf(const ClusterFrame& frame)
{
    std::vector<const ClusterFrame::Replica*> leaders;
    for (const ClusterFrame::Broker& broker : frame.brokers) {
        for (const ClusterFrame::Replica& replica : broker.rows) {
            const auto partition = static_cast<std::size_t>(std::max(0, replica.partition));
            if (partition >= leaders.size())
                leaders.resize(partition + 1, nullptr);
            if (replica.leader)
                leaders[partition] = &replica;
        }
    }
    return leaders;
}

std::vector<QString> partitionNamesOf(const ClusterFrame& frame, const Directory& names)
{
    std::vector<QString> texts;
    for (const PartitionIndex partition : partitionsOfRows(frame)) {
        const auto index = static_cast<std::size_t>(std::max(0, partition));
        texts.resize(index + 1);
        texts[index] = partitionText(partition, names);
    }
    return texts;
}

void layoutBrokerCard(SceneWriter& writer, const BrokerCard& card, const QRectF& rect)
{
    const ClusterFrame::Broker& broker = card.broker;
    const bool plain = borderOf(broker) == ColorRole::Border;
    writer.box(rect, ColorRole::Panel, borderOf(broker), 10,
               broker.state == BrokerState::Stopped ? Dash::Dashed : Dash::Solid, plain ? 1 : 1.5);
    writer.region(rect, {.kind = Selection::Kind::Broker, .index = broker.id},
                  nameOf(broker) + QStringLiteral(": ") + statusOf(broker), RegionRole::Group,
                  Words::tr("%1: %2\nleads %3 of its %4 replicas, %5 in sync\nbroker epoch %6")
                      .arg(nameOf(broker), lookOf(broker.state).word, countText(broker.leaders),
                           countText(broker.replicas), countText(broker.inSync))
                      .arg(broker.brokerEpoch));
    layoutHeader(writer, broker,
                 QRectF(rect.left() + 14, rect.top() + 4, rect.width() - 28, kCardHeader - 4));
    const QRectF rows = rect.adjusted(kCardPad, kCardHeader + 2, -kCardPad, -kCardPad);
    if (card.plan.style == RowStyle::Strip)
        layoutStrips(writer, card, rows);
    else
        layoutRows(writer, card, rows);
}

} // namespace tideline::widgets
