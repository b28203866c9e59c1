// SPDX-License-Identifier: GPL-3.0-or-later
// The newest records of a replica side by side, on the same offsets as its leader's, so that what is missing
// is seen. Where there is room they stand in several lines, read like a page: a line that is full moves up.
//
// A filled cell is committed (below the replica's high watermark), a hollow one is not yet, an outline is a
// place without a record.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene_writer.h"

namespace tideline::widgets {

inline constexpr int kPerLine = 16;      // cells, where there are several lines
inline constexpr int kAhead = 2;         // places kept for records to come
inline constexpr qreal kBelowCells = 29; // px from the cells of a line to those of the next

// Lines of so many cells that `back` offsets fill.
inline int filledLines(Offset back, int perLine = kPerLine)
{
    return static_cast<int>((back + kAhead) / perLine);
}

// Which offsets lie where.
struct CellPlaces
{
    QPointF origin;      // top left of the first cell
    qreal size = 0;      // px of a cell
    qreal pitch = 0;     // px from one cell to the next
    qreal linePitch = 0; // px from one line to the next
    int count = 0;       // of all lines
    int perLine = 1;
    Offset first = 0; // offset of the first slot

    QRectF cell(int slot) const;
    // The top of the left edge of the cell at `offset`, kept inside the row: where something "before offset"
    // is marked.
    QPointF edgeOf(Offset offset) const;
    qreal bottom() const { return cell(count - 1).bottom(); }
};

// For cells in `rect` (its height is the largest cell). `leader` may be null.
CellPlaces placeCells(const QRectF& rect, const ClusterFrame::Replica& replica,
                      const ClusterFrame::Replica* leader);
// In as many lines as fit into `rect` and as `back` offsets fill, each with room for marks and offsets below
// its cells.
CellPlaces placeLines(const QRectF& rect, const ClusterFrame::Replica& replica,
                      const ClusterFrame::Replica* leader, Offset back);
void layoutCells(SceneWriter& writer, const CellPlaces& places, const ClusterFrame::Replica& replica);
// The line at the high watermark.
void layoutHighWatermark(SceneWriter& writer, const CellPlaces& places, Offset highWatermark);
// Their offsets, `below` px under the cells, as many as fit beside each other.
inline constexpr qreal kOffsetLine = 13; // px
void layoutOffsets(SceneWriter& writer, const CellPlaces& places, const ClusterFrame::Replica& replica,
                   qreal below);
// Where groups are: a triangle at the position, a ring at the committed offset, their middle `below` px under
// the cells.
void layoutGroupMarks(SceneWriter& writer, const CellPlaces& places,
                      const std::vector<ClusterFrame::GroupMark>& marks, qreal below);

} // namespace tideline::widgets
