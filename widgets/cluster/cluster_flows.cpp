// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_flows.h"

#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <optional>

namespace tideline::widgets {

namespace {

// Lanes, px from the top of their channel, and ports, px from the left edge of a card.
constexpr qreal kControlLane = 5;
constexpr qreal kProduceLane = 12;
constexpr qreal kReplicaLane = 6;
constexpr qreal kConsumeLane = 12;
constexpr qreal kProducePort = 26;
constexpr qreal kReplicaPort = 48;
constexpr qreal kConsumePort = 26;

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

enum class Lane { Control, Produce, Replica, Consume };

// One end of a way: where it leaves the box, and where it meets the lane.
struct End
{
    std::vector<QPointF> toLane;
};

qreal laneY(Lane lane, const ClusterAreas& areas)
{
    switch (lane) {
    case Lane::Control:
        return areas.upperChannel.top() + kControlLane;
    case Lane::Produce:
        return areas.upperChannel.top() + kProduceLane;
    case Lane::Replica:
        return areas.lowerChannel.top() + kReplicaLane;
    case Lane::Consume:
        return areas.lowerChannel.top() + kConsumeLane;
    }
    return 0;
}

QPointF portOf(const QRectF& card, Lane lane)
{
    switch (lane) {
    case Lane::Control:
        return {card.right() - kProducePort, card.top()};
    case Lane::Produce:
        return {card.left() + kProducePort, card.top()};
    case Lane::Replica:
        return {card.left() + kReplicaPort, card.bottom()};
    case Lane::Consume:
        return {card.left() + kConsumePort, card.bottom()};
    }
    return card.center();
}

template <class Map>
const typename Map::mapped_type* find(const Map& map, NodeIndex node)
{
    const auto found = map.find(node);
    return found == map.end() ? nullptr : &found->second;
}

// Which lane carries messages between the two: the kind of the one that is no broker decides.
std::optional<Lane> laneBetween(NodeIndex a, NodeIndex b, const ClusterAnchors& anchors)
{
    const auto either = [&](const auto& map) { return map.count(a) > 0 || map.count(b) > 0; };
    if (either(anchors.controllers))
        return Lane::Control;
    if (either(anchors.producers))
        return Lane::Produce;
    if (either(anchors.below))
        return Lane::Consume;
    if (anchors.brokers.count(a) > 0 && anchors.brokers.count(b) > 0)
        return Lane::Replica;
    return std::nullopt;
}

std::optional<End> endOf(NodeIndex node, Lane lane, const ClusterAreas& areas, const ClusterAnchors& anchors)
{
    const qreal y = laneY(lane, areas);
    if (const QRectF* card = find(anchors.brokers, node)) {
        const QPointF port = portOf(*card, lane);
        return End{{port, {port.x(), y}}};
    }
    if (const QPointF* box = find(anchors.producers, node))
        return End{{*box, {areas.trunk, box->y()}, {areas.trunk, y}}};
    if (const QPointF* box = find(anchors.controllers, node))
        return End{{*box, {box->x(), y}}};
    if (const QPointF* box = find(anchors.below, node))
        return End{{*box, {box->x(), y}}};
    return std::nullopt;
}

struct Sign
{
    MarkerShape shape = MarkerShape::Circle;
    ColorRole role = ColorRole::Neutral;
    qreal size = 7;
};

Sign signOf(const ClusterFrame::Flight& flight)
{
    using Kind = ClusterFrame::Flight::Kind;
    if (flight.held)
        return {MarkerShape::Cross, ColorRole::Bad, 8};
    switch (flight.kind) {
    case Kind::Produce:
        return {MarkerShape::Square, keyRole(flight.colour), 8};
    case Kind::ProduceAck:
        return {MarkerShape::Ring, ColorRole::Good, 6};
    case Kind::ReplicaFetch:
        return {MarkerShape::Ring, ColorRole::Leader, 5};
    case Kind::ReplicaData:
        return {flight.records > 0 ? MarkerShape::Circle : MarkerShape::Ring, ColorRole::Leader, 7};
    case Kind::ConsumerFetch:
        return {MarkerShape::Ring, ColorRole::Accent, 5};
    case Kind::ConsumerData:
        return {flight.records > 0 ? MarkerShape::Circle : MarkerShape::Ring, ColorRole::Accent, 7};
    case Kind::Control:
        return {MarkerShape::Diamond, ColorRole::Neutral, 6};
    }
    return {};
}

// From the middle of a way to its end.
std::vector<QPointF> secondHalf(const std::vector<QPointF>& path)
{
    const QPointF middle = pointAlong(path, 500);
    std::vector<QPointF> half = {middle};
    for (std::size_t i = 1; i < path.size(); ++i) {
        // The part on which the middle lies, and all behind it.
        const QRectF part = QRectF(path[i - 1], path[i]).normalized().adjusted(-0.01, -0.01, 0.01, 0.01);
        if (half.size() > 1 || part.contains(middle))
            half.push_back(path[i]);
    }
    return half;
}

void markLink(SceneWriter& writer, QPointF at, MarkerShape shape, ColorRole role, const QString& words)
{
    writer.marker(at, shape, role, 9);
    writer.quietRegion(QRectF(at - QPointF(7, 7), QSizeF(14, 14)), {}, words, RegionRole::Value, words);
}

// One lane: a line along it and a short one to each of its ends.
void layoutLane(SceneWriter& writer, const ClusterAreas& areas, Lane lane, const std::vector<QPointF>& ends)
{
    if (ends.size() < 2)
        return;
    const qreal y = laneY(lane, areas);
    qreal left = ends.front().x();
    qreal right = left;
    for (const QPointF& end : ends) {
        left = std::min(left, end.x());
        right = std::max(right, end.x());
        writer.fill(
            QRectF(QPointF(end.x(), std::min(y, end.y())), QPointF(end.x() + 1, std::max(y, end.y()))),
            ColorRole::BorderStrong);
    }
    writer.fill(QRectF(left, y, right - left + 1, 1), ColorRole::BorderStrong);
}

} // namespace

std::vector<QPointF> pathBetween(NodeIndex from, NodeIndex to, const ClusterAreas& areas,
                                 const ClusterAnchors& anchors)
{
    const std::optional<Lane> lane = laneBetween(from, to, anchors);
    if (!lane)
        return {};
    const std::optional<End> start = endOf(from, *lane, areas, anchors);
    const std::optional<End> end = endOf(to, *lane, areas, anchors);
    if (!start || !end)
        return {};
    std::vector<QPointF> path = start->toLane;
    path.insert(path.end(), end->toLane.rbegin(), end->toLane.rend());
    for (QPointF& point : path)
        point += QPointF(0.5, 0.5); // the middle of the one pixel wide line
    return path;
}

QPointF pointAlong(const std::vector<QPointF>& path, int permille)
{
    if (path.empty())
        return {};
    const auto length = [](QPointF step) {
        return std::abs(step.x()) + std::abs(step.y());
    }; // all parts are straight
    qreal total = 0;
    for (std::size_t i = 1; i < path.size(); ++i)
        total += length(path[i] - path[i - 1]);
    qreal left = total * std::clamp(permille, 0, 1000) / 1000;
    for (std::size_t i = 1; i < path.size(); ++i) {
        const qreal part = length(path[i] - path[i - 1]);
        if (left <= part && part > 0)
            return path[i - 1] + (path[i] - path[i - 1]) * (left / part);
        left -= part;
    }
    return path.back();
}

void layoutChannels(SceneWriter& writer, const ClusterAreas& areas, const ClusterAnchors& anchors)
{
    std::vector<QPointF> control, produce, replica, consume;
    for (const auto& [node, point] : anchors.controllers)
        control.push_back(point);
    for (const auto& [node, card] : anchors.brokers) {
        control.push_back(portOf(card, Lane::Control));
        produce.push_back(portOf(card, Lane::Produce));
        replica.push_back(portOf(card, Lane::Replica));
        consume.push_back(portOf(card, Lane::Consume));
    }
    for (const auto& [node, point] : anchors.below)
        consume.push_back(point);
    if (!anchors.controllers.empty())
        layoutLane(writer, areas, Lane::Control, control);
    if (!anchors.producers.empty()) {
        produce.emplace_back(areas.trunk, laneY(Lane::Produce, areas));
        layoutLane(writer, areas, Lane::Produce, produce);
        qreal lowest = laneY(Lane::Produce, areas);
        for (const auto& [node, point] : anchors.producers) {
            lowest = std::max(lowest, point.y());
            writer.fill(QRectF(point.x(), point.y(), areas.trunk - point.x() + 1, 1),
                        ColorRole::BorderStrong);
        }
        const qreal top = laneY(Lane::Produce, areas);
        writer.fill(QRectF(areas.trunk, top, 1, lowest - top + 1), ColorRole::BorderStrong);
    }
    layoutLane(writer, areas, Lane::Replica, replica);
    if (!anchors.below.empty())
        layoutLane(writer, areas, Lane::Consume, consume);
}

void layoutCuts(SceneWriter& writer, const Frame& frame, const ClusterAreas& areas,
                const ClusterAnchors& anchors)
{
    for (const ClusterFrame::Link& cut : frame.cluster.cuts) {
        const std::vector<QPointF> path = pathBetween(cut.a, cut.b, areas, anchors);
        if (path.empty())
            continue;
        // One way, the line is broken only where nothing arrives: before the end that hears nothing.
        const std::vector<QPointF> broken = cut.oneWay ? secondHalf(path) : path;
        writer.add(
            PolylineShape{.points = broken, .role = ColorRole::Bad, .width = 1.5, .dash = Dash::Dashed});
        const QString words = (cut.oneWay ? Words::tr("link %1 → %2 is cut one way: %2 does not hear %1")
                                          : Words::tr("link %1 – %2 is cut"))
                                  .arg(nodeText(cut.a, *frame.names), nodeText(cut.b, *frame.names));
        markLink(writer, pointAlong(path, cut.oneWay ? 750 : 500), MarkerShape::Cross, ColorRole::Bad, words);
    }
    for (const ClusterFrame::ChangedLink& link : frame.cluster.changed) {
        const std::vector<QPointF> path = pathBetween(link.a, link.b, areas, anchors);
        if (path.empty())
            continue;
        const QString words = Words::tr("link %1 – %2: latency %3, %4/s")
                                  .arg(nodeText(link.a, *frame.names), nodeText(link.b, *frame.names),
                                       durationText(link.latency), bytesText(link.bandwidth));
        markLink(writer, pointAlong(path, 350), MarkerShape::Bars, ColorRole::Warning, words);
    }
}

void layoutFlights(SceneWriter& writer, const Frame& frame, const ClusterAreas& areas,
                   const ClusterAnchors& anchors)
{
    for (const ClusterFrame::Flight& flight : frame.cluster.flights) {
        const std::vector<QPointF> path = pathBetween(flight.from, flight.to, areas, anchors);
        if (path.empty())
            continue;
        const Sign sign = signOf(flight);
        writer.marker(pointAlong(path, flight.permille), sign.shape, sign.role, sign.size);
    }
}

} // namespace tideline::widgets
