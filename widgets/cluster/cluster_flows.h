// SPDX-License-Identifier: GPL-3.0-or-later
// The network: lines between the boxes, messages under way as signs on them, links that are cut or changed.
//
//     square     produce request, in the colour of its first record
//     ring       a fetch request, or a producer's answer
//     circle     records on their way to a follower or a consumer
//     diamond    heartbeats, elections, group protocol
//     cross      a message that waits because its link is cut; on a broken line the cut itself: one way, only
//                the half of the line is broken that leads to the end which hears nothing
//     bars       a link with another latency or bandwidth than the cluster's
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_anchors.h"
#include "widgets/cluster/cluster_areas.h"
#include "widgets/scene/scene_writer.h"

#include <vector>

namespace tideline::widgets {

// The way of a message from one node to another along the channels; empty when one of them is not shown.
std::vector<QPointF> pathBetween(NodeIndex from, NodeIndex to, const ClusterAreas& areas,
                                 const ClusterAnchors& anchors);
// The point at `permille` (0..1000) of the way's length.
QPointF pointAlong(const std::vector<QPointF>& path, int permille);

void layoutChannels(SceneWriter& writer, const ClusterAreas& areas, const ClusterAnchors& anchors);
void layoutCuts(SceneWriter& writer, const Frame& frame, const ClusterAreas& areas,
                const ClusterAnchors& anchors);
void layoutFlights(SceneWriter& writer, const Frame& frame, const ClusterAreas& areas,
                   const ClusterAnchors& anchors);

} // namespace tideline::widgets
