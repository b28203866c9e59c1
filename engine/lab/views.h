// SPDX-License-Identifier: GPL-3.0-or-later
// Views: answers view requests with frames: what one picture needs, bounded by its pixels. Pure; one file a
// view.
#pragma once

#include "engine/lab/frame.h"

namespace tideline {

struct World;

Frame makeFrame(const World& world, const ViewRequest& request);

ClusterFrame clusterFrame(const World& world, const ViewRequest& request);
// Its first 64 members, and the selected one in place of the last when it is another one.
ClusterFrame::Group groupBox(const World& world, GroupIndex group, const Selection& selected);
GroupsFrame groupsFrame(const World& world, const ViewRequest& request);
TimeFrame timeFrame(const World& world, const ViewRequest& request);
ChartsFrame chartsFrame(const World& world, const ViewRequest& request);
TimelineFrame timelineFrame(const World& world, const ViewRequest& request);
// The links that are cut or changed, on the picture.
void addLinks(const World& world, ClusterFrame& frame);
// Those of one node; at most 64.
std::vector<InspectorFrame::Link> linksOf(const World& world, NodeIndex node);
InspectorFrame inspectorFrame(const World& world, const ViewRequest& request);
// The number of the controller that is this replica of the metadata log; kNone: of none.
std::int32_t controllerNumber(const World& world, std::int32_t replica);
// Queues beside the log, the first 16; and the rows of one.
std::vector<ClusterFrame::Queue> queueBoxes(const World& world);
bool showQueue(const World& world, std::int32_t index, InspectorFrame& frame);
// Rows of one controller: its part in the quorum, the voters, and the newest records of its log.
bool showController(const World& world, std::int32_t controller, InspectorFrame& frame);
// Of a broker or a controller: where its replica of the metadata log starts, and its newest snapshot; nothing
// while it has none.
void addSnapshots(const World& world, InspectorFrame& frame);
MetadataLogFrame metadataLogFrame(const World& world, const ViewRequest& request);
std::vector<Guarantee> guaranteesOf(const World& world);

// Records [from, to) of a replica's log as cells; decodes the batches that hold them.
std::vector<RecordCell> cellsOf(const World& world, PartitionIndex partition, BrokerId broker, Offset from,
                                Offset to);

} // namespace tideline
