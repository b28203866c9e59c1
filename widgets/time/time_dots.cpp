// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/time_dots.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimeDots)
};

// Which places of the plane are taken already, for one sign.
class Places
{
public:
    explicit Places(const TimePlane& plane)
        : plane_(plane)
        , columns_(static_cast<int>(plane.area.width() / kDotPlace) + 1)
        , rows_(static_cast<int>(plane.area.height() / kDotPlace) + 1)
        , taken_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), false)
    {}

    // False when the point is outside or its place is taken; takes it otherwise.
    bool take(QPointF point)
    {
        if (!plane_.holds(point))
            return false;
        const int column = static_cast<int>((point.x() - plane_.area.left()) / kDotPlace);
        const int row = static_cast<int>((point.y() - plane_.area.top()) / kDotPlace);
        const std::size_t place = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                                  static_cast<std::size_t>(column);
        if (taken_[place])
            return false;
        taken_[place] = true;
        return true;
    }

private:
    const TimePlane& plane_;
    int columns_;
    int rows_;
    std::vector<bool> taken_;
};

Selection recordOf(const TimeFrame::Dot& dot)
{
    Selection selection;
    selection.kind = Selection::Kind::Record;
    selection.partition = dot.partition;
    selection.offset = dot.offset;
    return selection;
}

void addRegion(ScenePen& pen, const TimeFrame& frame, std::size_t index, QPointF at, qreal size)
{
    const TimeFrame::Dot& dot = frame.dots[index];
    const bool late = dot.fate != TimeFrame::Fate::OnTime;
    HitRegion& region = pen.region({at.x() - size / 2 - 1, at.y() - size / 2 - 1, size + 2, size + 2},
                                   fateText(dot.fate), recordOf(dot));
    region.role = RegionRole::Cell;
    region.focusable = late;
    region.tag = static_cast<std::int64_t>(index) + 1;
}

void addMarkers(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane, TimeFrame::Fate fate)
{
    Places places(plane);
    const LateSign sign = signOf(fate);
    for (std::size_t i = 0; i < frame.dots.size(); ++i) {
        const TimeFrame::Dot& dot = frame.dots[i];
        if (dot.fate != fate)
            continue;
        const QPointF at = plane.at(dot.eventTime, dot.seen);
        if (!places.take(at))
            continue;
        pen.marker(at, sign.shape, fate == TimeFrame::Fate::OnTime ? keyRole(dot.colour) : sign.role,
                   sign.size);
        addRegion(pen, frame, i, at, sign.size);
    }
}

// One cell a place in the colour of the last record there, so that ten thousand records are one image.
void addCells(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    constexpr int cell = 3; // px
    CellGridShape grid;
    grid.origin =
        QPoint(static_cast<int>(std::ceil(plane.area.left())), static_cast<int>(std::ceil(plane.area.top())));
    grid.cell = QSize(cell, cell);
    grid.gap = 0;
    grid.columns = std::max(1, static_cast<int>(plane.area.right() - grid.origin.x()) / cell);
    grid.rows = std::max(1, static_cast<int>(plane.area.bottom() - grid.origin.y()) / cell);
    grid.roles.assign(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows),
                      ColorRole::None);
    for (const TimeFrame::Dot& dot : frame.dots) {
        const QPointF at = plane.at(dot.eventTime, dot.seen);
        if (dot.fate != TimeFrame::Fate::OnTime || !plane.holds(at))
            continue;
        const int column = std::clamp(static_cast<int>(at.x() - grid.origin.x()) / cell, 0, grid.columns - 1);
        const int row = std::clamp(static_cast<int>(at.y() - grid.origin.y()) / cell, 0, grid.rows - 1);
        grid.roles[static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                   static_cast<std::size_t>(column)] = keyRole(dot.colour);
    }
    pen.scene().shapes.emplace_back(std::move(grid));
}

} // namespace

LateSign signOf(TimeFrame::Fate fate)
{
    switch (fate) {
    case TimeFrame::Fate::OnTime:
        return {MarkerShape::Circle, ColorRole::KeyNone, 6};
    case TimeFrame::Fate::BehindWatermark:
        return {MarkerShape::Diamond, ColorRole::Watermark, 8};
    case TimeFrame::Fate::AfterFiring:
        return {MarkerShape::Triangle, ColorRole::Warning, 8};
    case TimeFrame::Fate::Dropped:
        return {MarkerShape::Cross, ColorRole::Bad, 7};
    }
    return {};
}

QString fateText(TimeFrame::Fate fate)
{
    switch (fate) {
    case TimeFrame::Fate::OnTime:
        return Text::tr("on time");
    case TimeFrame::Fate::BehindWatermark:
        return Text::tr("behind the watermark");
    case TimeFrame::Fate::AfterFiring:
        return Text::tr("after its window fired");
    case TimeFrame::Fate::Dropped:
        return Text::tr("dropped");
    }
    return {};
}

void addDots(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane)
{
    if (plane.area.width() < kDotPlace || plane.area.height() < kDotPlace)
        return;
    const auto onTime = std::count_if(frame.dots.begin(), frame.dots.end(), [](const TimeFrame::Dot& dot) {
        return dot.fate == TimeFrame::Fate::OnTime;
    });
    if (onTime > kMostDots)
        addCells(pen, frame, plane);
    else
        addMarkers(pen, frame, plane, TimeFrame::Fate::OnTime);
    addMarkers(pen, frame, plane, TimeFrame::Fate::BehindWatermark);
    addMarkers(pen, frame, plane, TimeFrame::Fate::AfterFiring);
    addMarkers(pen, frame, plane, TimeFrame::Fate::Dropped);
}

} // namespace tideline::widgets
