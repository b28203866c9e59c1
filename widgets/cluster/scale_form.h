// SPDX-License-Identifier: GPL-3.0-or-later
// Tens of thousands of partitions: each one block, in the band of its preferred leader, with a legend and the
// leaders of each broker.
//
// Healthy blocks stand out more the further their worst replica lags; every other state has a colour and a
// pattern of its own.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene_writer.h"

#include <optional>
#include <vector>

namespace tideline::widgets {

// Which partition lies in which cell.
struct BlockPlaces
{
    QRectF rect;      // all bands
    QSize cell{1, 1}; // px, with the gap
    int gap = 0;      // px
    int columns = 0;
    int rowsPerBroker = 1;
    std::vector<std::vector<PartitionIndex>> bands; // by broker of the frame, ascending partition
};

// The largest cells with which all blocks fit into `area`.
BlockPlaces placeBlocks(const ClusterFrame& frame, const QRectF& area);
std::optional<PartitionIndex> blockAt(const BlockPlaces& places, QPointF point);
// Where a partition's block is; nothing when it has none.
std::optional<QRectF> blockOf(const BlockPlaces& places, PartitionIndex partition);

// The part of a view of this size in which the blocks lie.
QRectF blocksArea(QSizeF size);

void layoutScale(SceneWriter& writer, const Frame& frame, QSizeF size, const Selection& selection);

} // namespace tideline::widgets
