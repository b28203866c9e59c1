// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/record_cells.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 3;      // px between cells
constexpr qreal kSmallest = 7; // px
constexpr qreal kLargest = 34; // px
constexpr int kAhead = 2;      // places kept for records to come
constexpr qreal kMark = 7;     // px
constexpr TextStyle kOffset{ColorRole::TextFaint, {FontKind::Mono, 10, FontWeight::Regular}};

} // namespace

qreal CellPlaces::edgeOf(Offset offset) const
{
    const Offset slot = std::clamp<Offset>(offset - first, 0, count);
    return origin.x() + static_cast<qreal>(slot) * pitch - kGap / 2;
}

CellPlaces placeCells(const QRectF& rect, const ClusterFrame::Replica& replica,
                      const ClusterFrame::Replica* leader)
{
    const ClusterFrame::Replica& shown = leader && !leader->cells.empty() ? *leader : replica;
    CellPlaces places;
    const int wanted = static_cast<int>(std::max(shown.cells.size(), replica.cells.size())) + kAhead;
    const qreal tallest = std::clamp(rect.height(), kSmallest, kLargest);
    places.size = std::clamp(std::floor(rect.width() / std::max(1, wanted)) - kGap, kSmallest, tallest);
    places.pitch = places.size + kGap;
    places.count =
        std::min(wanted, static_cast<int>(std::max(0.0, std::floor((rect.width() + kGap) / places.pitch))));
    places.origin = QPointF(rect.left(), std::round(rect.center().y() - places.size / 2));
    const Offset end = std::max(replica.leo, leader ? leader->leo : replica.leo);
    places.first = std::max<Offset>(0, end + kAhead - places.count);
    return places;
}

void layoutCells(SceneWriter& writer, const CellPlaces& places, const ClusterFrame::Replica& replica)
{
    auto cell = replica.cells.begin();
    for (int slot = 0; slot < places.count; ++slot) {
        const Offset offset = places.first + slot;
        while (cell != replica.cells.end() && cell->offset < offset)
            ++cell;
        const QRectF rect(places.origin.x() + slot * places.pitch, places.origin.y(), places.size,
                          places.size);
        if (cell == replica.cells.end() || cell->offset != offset) {
            writer.add(RectShape{.rect = rect, .border = ColorRole::Placeholder, .radius = 0});
            continue;
        }
        const ColorRole role = replica.leader ? keyRole(cell->colour) : keyDimRole(cell->colour);
        if (offset < replica.hw)
            writer.add(RectShape{.rect = rect, .fill = role, .radius = 2});
        else
            writer.add(RectShape{.rect = rect, .border = role, .radius = 0, .borderWidth = 2});
        writer.quietRegion(
            rect, {.kind = Selection::Kind::Record, .partition = replica.partition, .offset = offset},
            QString::number(offset), RegionRole::Cell);
    }
}

void layoutOffsets(SceneWriter& writer, const CellPlaces& places, const ClusterFrame::Replica& replica,
                   qreal y)
{
    if (replica.cells.empty())
        return;
    // The widest one decides how many there are: each, every second one...
    const qreal widest = writer.width(QString::number(replica.cells.back().offset), kOffset) + 6;
    const auto every = static_cast<Offset>(std::max(1.0, std::ceil(widest / places.pitch)));
    for (const RecordCell& cell : replica.cells) {
        const Offset slot = cell.offset - places.first;
        if (slot < 0 || slot >= places.count || cell.offset % every != 0)
            continue;
        const qreal middle = places.origin.x() + static_cast<qreal>(slot) * places.pitch + places.size / 2;
        writer.text(QRectF(middle - widest / 2, y, widest, kOffsetLine), QString::number(cell.offset),
                    kOffset, Qt::AlignHCenter);
    }
}

void layoutHighWatermark(SceneWriter& writer, const CellPlaces& places, Offset highWatermark)
{
    if (places.count == 0)
        return;
    const qreal x = std::floor(places.edgeOf(highWatermark)) - 0.5;
    writer.fill(QRectF(x, places.origin.y() - 3, 2, places.size + 6), ColorRole::Leader);
}

void layoutGroupMarks(SceneWriter& writer, const CellPlaces& places,
                      const std::vector<ClusterFrame::GroupMark>& marks, qreal y)
{
    if (places.count == 0)
        return;
    for (const ClusterFrame::GroupMark& mark : marks) {
        const qreal position = places.edgeOf(mark.position);
        if (mark.committed >= 0) {
            qreal committed = places.edgeOf(mark.committed);
            if (mark.position >= 0 && std::abs(committed - position) < kMark + 1)
                committed = position - kMark - 1;
            writer.marker({std::max(committed, places.origin.x()), y}, MarkerShape::Ring, ColorRole::Warning,
                          kMark - 2);
        }
        if (mark.position >= 0)
            writer.marker({std::max(position, places.origin.x()), y}, MarkerShape::Triangle,
                          ColorRole::Warning, kMark);
    }
}

} // namespace tideline::widgets
