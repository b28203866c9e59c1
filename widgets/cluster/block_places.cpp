// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/scale_form.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr int kLargestCell = 16;
constexpr int kGapFrom = 3; // px: smaller cells have no gap

// Partitions by preferred leader, in the order of the frame's brokers; of unknown leaders in the last band.
std::vector<std::vector<PartitionIndex>> bandsOf(const ClusterFrame& frame)
{
    std::vector<std::vector<PartitionIndex>> bands(frame.brokers.size());
    std::vector<std::size_t> bandOfBroker;
    for (std::size_t i = 0; i < frame.brokers.size(); ++i) {
        const auto id = static_cast<std::size_t>(std::max(0, frame.brokers[i].id));
        if (id >= bandOfBroker.size())
            bandOfBroker.resize(id + 1, frame.brokers.size() - 1);
        bandOfBroker[id] = i;
    }
    for (std::size_t block = 0; block < frame.blocks.size() && !bands.empty(); ++block) {
        if (frame.blocks[block] == ClusterFrame::Health::Absent)
            continue;
        const BrokerId leader = block < frame.blockLeader.size() ? frame.blockLeader[block] : 0;
        const auto id = static_cast<std::size_t>(std::max(0, leader));
        const std::size_t band = id < bandOfBroker.size() ? bandOfBroker[id] : bands.size() - 1;
        bands[band].push_back(static_cast<PartitionIndex>(block));
    }
    return bands;
}

} // namespace

QRectF blocksArea(QSizeF size)
{
    const qreal side = std::clamp(std::floor(size.width() * 0.24), 210.0, 320.0);
    const qreal labels = 34;
    return QRectF(14 + labels, 40, size.width() - side - 2 * 14 - labels - 16, size.height() - 40 - 14);
}

BlockPlaces placeBlocks(const ClusterFrame& frame, const QRectF& area)
{
    BlockPlaces places;
    places.bands = bandsOf(frame);
    std::size_t longest = 1;
    for (const auto& band : places.bands)
        longest = std::max(longest, band.size());
    const auto most = static_cast<int>(longest);
    const auto brokers = static_cast<int>(std::max<std::size_t>(1, places.bands.size()));
    const int mostRows = std::max(1, static_cast<int>(area.height()) / brokers);
    int best = 0;
    for (int rows = 1; rows <= std::min(mostRows, most); ++rows) {
        const int columns = (most + rows - 1) / rows;
        const QSize cell(std::min(kLargestCell, static_cast<int>(area.width()) / columns),
                         std::min(kLargestCell, static_cast<int>(area.height()) / (brokers * rows)));
        const int least = std::min(cell.width(), cell.height());
        if (least <= best)
            continue;
        best = least;
        places.rowsPerBroker = rows;
        places.columns = columns;
        // A little longer than square fills the view; much longer no longer reads as a block.
        places.cell = cell.boundedTo(QSize(2 * least, 2 * least));
        places.gap = least >= kGapFrom ? 1 : 0;
    }
    if (best == 0) { // more blocks than pixels: what does not fit is left out
        places.columns = std::max(1, static_cast<int>(area.width()));
        places.rowsPerBroker = mostRows;
        const auto fit = static_cast<std::size_t>(places.columns) * static_cast<std::size_t>(mostRows);
        for (auto& band : places.bands)
            band.resize(std::min(band.size(), fit));
    }
    places.rect = QRectF(area.topLeft(), QSizeF(places.columns * places.cell.width(),
                                                brokers * places.rowsPerBroker * places.cell.height()));
    return places;
}

std::optional<PartitionIndex> blockAt(const BlockPlaces& places, QPointF point)
{
    if (!places.rect.contains(point))
        return std::nullopt;
    const auto column = static_cast<std::size_t>((point.x() - places.rect.left()) / places.cell.width());
    const auto row = static_cast<std::size_t>((point.y() - places.rect.top()) / places.cell.height());
    const auto perBroker = static_cast<std::size_t>(places.rowsPerBroker);
    const std::size_t band = row / perBroker;
    const std::size_t index = (row % perBroker) * static_cast<std::size_t>(places.columns) + column;
    if (band >= places.bands.size() || index >= places.bands[band].size())
        return std::nullopt;
    return places.bands[band][index];
}

std::optional<QRectF> blockOf(const BlockPlaces& places, PartitionIndex partition)
{
    for (std::size_t band = 0; band < places.bands.size(); ++band) {
        const auto& all = places.bands[band];
        const auto found = std::lower_bound(all.begin(), all.end(), partition);
        if (found == all.end() || *found != partition)
            continue;
        const auto index = static_cast<int>(found - all.begin());
        const int row = static_cast<int>(band) * places.rowsPerBroker + index / places.columns;
        const QPointF corner(places.rect.left() + (index % places.columns) * places.cell.width(),
                             places.rect.top() + row * places.cell.height());
        return QRectF(corner, QSizeF(places.cell - QSize(places.gap, places.gap)));
    }
    return std::nullopt;
}

} // namespace tideline::widgets
