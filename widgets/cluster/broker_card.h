// SPDX-License-Identifier: GPL-3.0-or-later
// One broker as a card: its state in words, its replicas as rows or as strips.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/cluster/cluster_form.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

// The leader of each partition in the frame, by partition index; null where there is none (or it is not in
// the frame).
std::vector<const ClusterFrame::Replica*> leadersOf(const ClusterFrame& frame);

// Names of the first partitions up to the last one that has a row, by partition index.
std::vector<QString> partitionNamesOf(const ClusterFrame& frame, const Directory& names);

struct BrokerCard
{
    const Directory& names;
    const ClusterFrame::Broker& broker;
    const RowPlan& plan;
    const std::vector<const ClusterFrame::Replica*>& leaders;
    const std::vector<QString>&
        partitionNames;   // by partition; made once, because each is wanted once a broker
    Offset cellsBack = 0; // as in ClusterFrame
};

void layoutBrokerCard(SceneWriter& writer, const BrokerCard& card, const QRectF& rect);
// Its replicas as thin bars, when rows do not fit: full length = at its leader's end; a notch at the end =
// out of the ISR or on a stopped broker; below 4 px only the colour tells.
void layoutStrips(SceneWriter& writer, const BrokerCard& card, const QRectF& rect);
// What the strips mean, on one line.
void layoutStripLegend(SceneWriter& writer, const QRectF& rect);

} // namespace tideline::widgets
