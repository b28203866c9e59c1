// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/record_cells.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 3;           // px between cells
constexpr qreal kSmallest = 7;      // px
constexpr qreal kLargest = 34;      // px
constexpr qreal kBelowOneLine = 10; // px for marks; offsets are there only where they fit
constexpr qreal kBeside = 8;        // px that an offset may reach beyond the cells
constexpr qreal kMark = 7;          // px
constexpr TextStyle kOffset{ColorRole::TextFaint, {FontKind::Mono, 10, FontWeight::Regular}};

Offset endOf(const ClusterFrame::Replica& replica, const ClusterFrame::Replica* leader)
{
    return leader ? std::max(replica.leo, leader->leo) : replica.leo;
}

} // namespace

QRectF CellPlaces::cell(int slot) const
{
    return {origin.x() + slot % perLine * pitch, origin.y() + slot / perLine * linePitch, size, size};
}

QPointF CellPlaces::edgeOf(Offset offset) const
{
    const Offset slot = std::clamp<Offset>(offset - first, 0, count);
    if (slot == count && count > 0) // behind the last one, and not before a line that there is not
        return cell(count - 1).topLeft() + QPointF(pitch - kGap / 2, 0);
    return cell(static_cast<int>(slot)).topLeft() - QPointF(kGap / 2, 0);
}

CellPlaces placeCells(const QRectF& rect, const ClusterFrame::Replica& replica,
                      const ClusterFrame::Replica* leader)
{
    const ClusterFrame::Replica& shown = leader && !leader->cells.empty() ? *leader : replica;
    CellPlaces places;
    const int newest = static_cast<int>(std::max(shown.cells.size(), replica.cells.size()));
    const int wanted = newest + kAhead;
    const int usual = std::min(wanted, kPerLine); // decides how large a cell is
    const qreal tallest = std::clamp(rect.height(), kSmallest, kLargest);
    places.size = std::clamp(std::floor(rect.width() / usual) - kGap, kSmallest, tallest);
    places.pitch = places.size + kGap;
    places.count =
        std::min(wanted, static_cast<int>(std::max(0.0, std::floor((rect.width() + kGap) / places.pitch))));
    places.perLine = std::max(1, places.count);
    places.origin = QPointF(rect.left(), std::round(rect.center().y() - places.size / 2));
    places.first = std::max<Offset>(0, endOf(replica, leader) + kAhead - places.count);
    return places;
}

CellPlaces placeLines(const QRectF& rect, const ClusterFrame::Replica& replica,
                      const ClusterFrame::Replica* leader, Offset back)
{
    CellPlaces places;
    places.size = std::clamp(std::floor(rect.width() / kPerLine) - kGap, kSmallest, kLargest);
    places.pitch = places.size + kGap;
    places.linePitch = places.size + kBelowCells;
    places.perLine = std::max(1, static_cast<int>(std::floor((rect.width() + kGap) / places.pitch)));
    const int lines =
        std::min(filledLines(back, places.perLine), static_cast<int>(rect.height() / places.linePitch));
    if (lines < 2)
        return placeCells(rect.adjusted(0, 0, 0, -kBelowOneLine), replica, leader);
    places.count = lines * places.perLine;
    const qreal spare = rect.height() - lines * places.linePitch;
    places.origin = QPointF(rect.left(), std::round(rect.top() + spare / 2));
    // The first slot of a line keeps its offset until the line moves up.
    const Offset wanted = endOf(replica, leader) + kAhead - places.count;
    places.first = wanted <= 0 ? 0 : (wanted + places.perLine - 1) / places.perLine * places.perLine;
    return places;
}

void layoutCells(SceneWriter& writer, const CellPlaces& places, const ClusterFrame::Replica& replica)
{
    auto cell = replica.cells.begin();
    for (int slot = 0; slot < places.count; ++slot) {
        const Offset offset = places.first + slot;
        while (cell != replica.cells.end() && cell->offset < offset)
            ++cell;
        const QRectF rect = places.cell(slot);
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
                   qreal below)
{
    if (replica.cells.empty())
        return;
    // The widest one decides how many there are: each, every second one...
    const qreal widest = writer.width(QString::number(replica.cells.back().offset), kOffset) + 6;
    const auto every = static_cast<Offset>(std::max(1.0, std::ceil(widest / places.pitch)));
    // A line that moves on with each record takes its offsets along; the lines of a page have them below each
    // other.
    const bool page = places.count > places.perLine;
    const qreal leftmost = places.origin.x() - kBeside;
    const qreal rightmost = places.cell(places.perLine - 1).right() + kBeside - widest;
    for (const RecordCell& cell : replica.cells) {
        const Offset slot = cell.offset - places.first;
        if (slot < 0 || slot >= places.count || (page ? slot % places.perLine : cell.offset) % every != 0)
            continue;
        const QRectF rect = places.cell(static_cast<int>(slot));
        const qreal left = std::min(std::max(rect.center().x() - widest / 2, leftmost), rightmost);
        writer.text(QRectF(left, rect.bottom() + below, widest, kOffsetLine), QString::number(cell.offset),
                    kOffset, Qt::AlignHCenter);
    }
}

void layoutHighWatermark(SceneWriter& writer, const CellPlaces& places, Offset highWatermark)
{
    if (places.count == 0)
        return;
    const QPointF edge = places.edgeOf(highWatermark);
    writer.fill(QRectF(std::floor(edge.x()) - 0.5, edge.y() - 3, 2, places.size + 6), ColorRole::Leader);
}

void layoutGroupMarks(SceneWriter& writer, const CellPlaces& places,
                      const std::vector<ClusterFrame::GroupMark>& marks, qreal below)
{
    if (places.count == 0)
        return;
    const QPointF under(0, places.size + below);
    const qreal leftmost = places.origin.x();
    const auto placeOf = [&](Offset offset) {
        const QPointF at = places.edgeOf(offset) + under;
        return QPointF(std::max(at.x(), leftmost), at.y());
    };
    for (const ClusterFrame::GroupMark& mark : marks) {
        QPointF position = placeOf(mark.position);
        if (mark.committed >= 0) {
            QPointF committed = placeOf(mark.committed);
            const bool oneLine = committed.y() == position.y();
            // Side by side, and both inside.
            if (mark.position >= 0 && oneLine && std::abs(committed.x() - position.x()) < kMark + 1) {
                committed.setX(std::max(position.x() - kMark - 1, leftmost));
                position.setX(std::max(position.x(), committed.x() + kMark + 1));
            }
            writer.marker(committed, MarkerShape::Ring, ColorRole::Warning, kMark - 2);
        }
        if (mark.position >= 0)
            writer.marker(position, MarkerShape::Triangle, ColorRole::Warning, kMark);
    }
}

} // namespace tideline::widgets
