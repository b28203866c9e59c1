// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_areas.h"

#include "widgets/cluster/record_cells.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kMargin = 14;
constexpr qreal kCardGap = 12;
constexpr qreal kControllers = 30; // height of the strip
constexpr qreal kChannel = 18;     // height of each of the two channels
constexpr qreal kTrunk = 28;       // width of the gap between producers and brokers
constexpr qreal kNarrowestCard = 150;
constexpr qreal kLowestCard = 200;
constexpr qreal kHighestStrip = 256; // a pipeline's eight windows
constexpr qreal kTallestOfOneLine = 168;
constexpr qreal kUsualCell = 15;

qreal producersWidth(qreal width)
{
    return std::clamp(std::floor(width * 0.115), 96.0, 150.0);
}

// The height of the strip at the bottom: a share of the view, and more when the cards need less than the
// rest.
qreal bottomHeight(qreal height, qreal brokersTop, qreal wanted)
{
    const qreal share = std::clamp(std::floor(height * 0.22), 116.0, 184.0);
    const qreal left = height - kMargin - brokersTop - wanted - kChannel;
    return std::clamp(left, share, std::max(share, kHighestStrip));
}

// What the cards can make use of, px.
qreal wantedByCards(const ClusterFrame& frame)
{
    const auto lines = static_cast<qreal>(partitionsOfRows(frame).size());
    return std::max(kLowestCard, kCardHeader + kCardPad + 2 + lines * (tallestRow(frame) + kTallRowGap));
}

void placeBottom(ClusterAreas& areas, const ClusterFrame& frame, qreal width, qreal top, qreal height)
{
    if (!frame.queues.empty()) {
        const auto queues = static_cast<qreal>(std::min<std::size_t>(frame.queues.size(), 2));
        const qreal queueWidth = queues * std::clamp(std::floor(width * 0.2), 130.0, 240.0);
        areas.queues = QRectF(width - kMargin - queueWidth, top, queueWidth, height);
        width -= queueWidth + kCardGap; // what is left for the others
    }
    const auto pipelines = static_cast<qreal>(std::min<std::size_t>(frame.pipelines.size(), 2));
    const qreal pipelineWidth = frame.groups.empty()
                                    ? std::min(width - 2 * kMargin, pipelines * 260)
                                    : pipelines * std::clamp(std::floor(width * 0.24), 150.0, 320.0);
    if (pipelines > 0)
        areas.pipelines = QRectF(kMargin, top, pipelineWidth, height);
    const qreal groupsLeft = pipelines > 0 ? kMargin + pipelineWidth + kCardGap : kMargin;
    if (!frame.groups.empty())
        areas.groups = QRectF(groupsLeft, top, width - kMargin - groupsLeft, height);
}

// Cards of equal width, in as many lines as their least width asks for.
void placeCards(ClusterAreas& areas, std::size_t brokers)
{
    if (brokers == 0)
        return;
    const QRectF& all = areas.brokers;
    const auto fit = static_cast<std::size_t>(
        std::max(1.0, std::floor((all.width() + kCardGap) / (kNarrowestCard + kCardGap))));
    const std::size_t lines = (brokers + fit - 1) / fit;
    const std::size_t columns = (brokers + lines - 1) / lines;
    const qreal width = std::floor((all.width() + kCardGap) / static_cast<qreal>(columns)) - kCardGap;
    const qreal height = std::floor((all.height() + kCardGap) / static_cast<qreal>(lines)) - kCardGap;
    for (std::size_t i = 0; i < brokers; ++i) {
        const qreal x = all.left() + static_cast<qreal>(i % columns) * (width + kCardGap);
        const qreal y = all.top() + static_cast<qreal>(i / columns) * (height + kCardGap);
        areas.cards.emplace_back(x, y, width, height);
    }
    areas.oneRow = lines == 1;
}

} // namespace

qreal tallestRow(const ClusterFrame& frame)
{
    return kTallestOfOneLine + (std::max(1, filledLines(frame.cellsBack)) - 1) * (kBelowCells + kUsualCell);
}

std::vector<PartitionIndex> partitionsOfRows(const ClusterFrame& frame)
{
    std::vector<bool> shown;
    for (const ClusterFrame::Broker& broker : frame.brokers) {
        for (const ClusterFrame::Replica& row : broker.rows) {
            const auto partition = static_cast<std::size_t>(row.partition);
            if (partition >= shown.size())
                shown.resize(partition + 1);
            shown[partition] = true;
        }
    }
    std::vector<PartitionIndex> order;
    for (std::size_t partition = 0; partition < shown.size(); ++partition) {
        if (shown[partition])
            order.push_back(static_cast<PartitionIndex>(partition));
    }
    return order;
}

ClusterAreas clusterAreas(const ClusterFrame& frame, QSizeF size)
{
    const qreal width = std::max(size.width(), 320.0);
    const qreal height = std::max(size.height(), 200.0);
    ClusterAreas areas;
    const bool hasProducers = !frame.producers.empty();
    const bool hasBottom = !frame.groups.empty() || !frame.pipelines.empty() || !frame.queues.empty();
    const qreal left = hasProducers ? kMargin + producersWidth(width) + kTrunk : kMargin;
    const qreal right = width - kMargin;

    qreal top = kMargin;
    if (!frame.controllers.empty()) {
        areas.controllers = QRectF(left, top, right - left, kControllers);
        top += kControllers;
    }
    areas.upperChannel = QRectF(left - kTrunk / 2, top, right - left + kTrunk / 2, kChannel);
    top += kChannel;

    const qreal wanted = wantedByCards(frame);
    const qreal strip = hasBottom ? bottomHeight(height, top, wanted) : 0;
    const qreal bottom = std::min(top + wanted, height - kMargin - strip - kChannel);
    areas.lowerChannel =
        QRectF(hasBottom ? kMargin : left, bottom, right - (hasBottom ? kMargin : left), kChannel);
    if (hasBottom)
        placeBottom(areas, frame, width, bottom + kChannel, strip);
    areas.brokers = QRectF(left, top, right - left, bottom - top);
    if (hasProducers) {
        areas.producers = QRectF(kMargin, kMargin, producersWidth(width), bottom - kMargin);
        areas.trunk = kMargin + producersWidth(width) + kTrunk / 2;
    }
    placeCards(areas, frame.brokers.size());
    return areas;
}

} // namespace tideline::widgets
