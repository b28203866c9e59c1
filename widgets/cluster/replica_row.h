// SPDX-License-Identifier: GPL-3.0-or-later
// One replica as a row: its newest records as cells, high watermark, log end offset, and where groups are.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_form.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

struct ReplicaRow
{
    const Directory& names;
    const ClusterFrame::Broker& broker;
    const ClusterFrame::Replica& replica;
    const ClusterFrame::Replica* leader = nullptr; // the partition's, wherever it is; null: none
    RowStyle style = RowStyle::Tall;
    Offset cellsBack = 0; // as in ClusterFrame
};

void layoutReplicaRow(SceneWriter& writer, const ReplicaRow& row, const QRectF& rect);

} // namespace tideline::widgets
