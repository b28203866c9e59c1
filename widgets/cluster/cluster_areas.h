// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of the Cluster view lie: plain arithmetic on the size of the view and the numbers of
// things.
//
//     controllers
//     ──────────── upper channel: producers and controllers reach brokers
//     producers │ broker 1 │ broker 2 │ ...
//     ──────────── lower channel: followers, members and pipelines fetch
//     pipelines │ groups │ queues
#pragma once

#include "engine/lab/frame.h"

#include <QRectF>
#include <QSizeF>

#include <vector>

namespace tideline::widgets {

inline constexpr qreal kCardHeader = 30; // px
inline constexpr qreal kCardPad = 8;     // px around the rows of a card
inline constexpr qreal kTallRowGap = 6;  // px

struct ClusterAreas
{
    QRectF controllers;
    QRectF upperChannel; // across the brokers, and to the left over the trunk
    QRectF producers;
    QRectF brokers; // all cards
    QRectF lowerChannel;
    QRectF pipelines;
    QRectF groups;
    QRectF queues;
    qreal trunk = 0;           // x of the line that leads from the producers to the upper channel
    std::vector<QRectF> cards; // one a broker, in the frame's order
    bool oneRow = true;        // the cards lie side by side: channels reach all of them
};

// What a row of a replica can make use of, px: higher where the frame has more than a line of cells.
qreal tallestRow(const ClusterFrame& frame);
// The partitions that the frame's rows belong to, ascending.
std::vector<PartitionIndex> partitionsOfRows(const ClusterFrame& frame);
// Cards are no higher than their rows can make use of; what they leave goes to pipelines and groups, then
// stays empty. `size` is taken as at least 320x200. Empty rectangles for what the frame has not.
ClusterAreas clusterAreas(const ClusterFrame& frame, QSizeF size);

} // namespace tideline::widgets
