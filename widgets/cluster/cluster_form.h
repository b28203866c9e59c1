// SPDX-License-Identifier: GPL-3.0-or-later
// How much of a partition the Cluster view shows: what fits decides.
//
//     rows     each replica a row with its newest records as cells: tall, medium or short
//     strips   each replica a thin bar
//     blocks   each partition one block; the frame decides this one (ClusterFrame::scale)
// Pure functions.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_areas.h"

#include <vector>

namespace tideline::widgets {

enum class RowStyle : std::uint8_t { Tall, Medium, Short, Strip };

struct RowPlan
{
    RowStyle style = RowStyle::Strip;
    qreal height = 0; // px of a row
    qreal gap = 0;    // px between rows
    std::vector<PartitionIndex>
        order; // of the lines that all brokers share; empty: each broker has its own lines
};

RowPlan planRows(const ClusterFrame& frame, const ClusterAreas& areas);

} // namespace tideline::widgets
