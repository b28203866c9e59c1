// SPDX-License-Identifier: GPL-3.0-or-later
// Where the lines of the network end: each node that is shown has a point at the edge of its box, at one of
// the two channels.
#pragma once

#include "engine/lab/frame.h"

#include <QPointF>
#include <QRectF>

#include <map>

namespace tideline::widgets {

struct ClusterAnchors
{
    std::map<NodeIndex, QPointF> producers;   // right edge of the box, beside the trunk
    std::map<NodeIndex, QPointF> controllers; // bottom edge, at the upper channel
    std::map<NodeIndex, QPointF> below;       // members and pipelines: top edge, at the lower channel
    std::map<NodeIndex, QRectF> brokers;      // the cards
};

// Node numbers by kind, in the order of Directory::nodeName(): brokers, controllers, producers, pipelines,
// members.
constexpr NodeIndex brokerNode(BrokerId broker)
{
    return broker - 1;
}
inline NodeIndex controllerNode(std::int32_t controller, const Directory& names)
{
    return names.brokers + controller - 1;
}
inline NodeIndex producerNode(ProducerIndex producer, const Directory& names)
{
    return names.brokers + names.controllers + producer;
}
inline NodeIndex pipelineNode(PipelineIndex pipeline, const Directory& names)
{
    return producerNode(static_cast<ProducerIndex>(names.producers.size()), names) + pipeline;
}
inline NodeIndex memberNode(MemberIndex member, const Directory& names)
{
    return pipelineNode(static_cast<PipelineIndex>(names.pipelines.size()), names) + member;
}

} // namespace tideline::widgets
