// SPDX-License-Identifier: GPL-3.0-or-later
// What is where in a scene: for the pointer, for arrow keys, and for the ring around what is selected.
#include "widgets/scene/scene.h"

#include <cmath>
#include <limits>

namespace tideline::widgets {

namespace {

// How far `to` is from `from` when one goes in `direction`: px, infinite when it does not lie that way.
// Straight ahead counts once, sideways three times, so that a row is walked before it is left.
qreal distance(const QRectF& from, const QRectF& to, Direction direction)
{
    const QPointF step = to.center() - from.center();
    const bool horizontal = direction == Direction::Left || direction == Direction::Right;
    const bool forward = direction == Direction::Right || direction == Direction::Down;
    const qreal ahead = (horizontal ? step.x() : step.y()) * (forward ? 1 : -1);
    const qreal aside = std::abs(horizontal ? step.y() : step.x());
    if (ahead < 1)
        return std::numeric_limits<qreal>::infinity();
    return ahead + 3 * aside;
}

// The focusable region that comes first in reading order; -1: none.
int firstFocusable(const Scene& scene)
{
    for (std::size_t i = 0; i < scene.regions.size(); ++i) {
        if (scene.regions[i].focusable)
            return static_cast<int>(i);
    }
    return -1;
}

} // namespace

int regionAt(const Scene& scene, QPointF point)
{
    for (std::size_t i = scene.regions.size(); i-- > 0;) {
        if (scene.regions[i].rect.contains(point))
            return static_cast<int>(i);
    }
    return -1;
}

int regionOf(const Scene& scene, const Selection& selection)
{
    if (selection.kind == Selection::Kind::None)
        return -1;
    for (std::size_t i = 0; i < scene.regions.size(); ++i) {
        if (scene.regions[i].selection == selection)
            return static_cast<int>(i);
    }
    return -1;
}

int regionBeside(const Scene& scene, int from, Direction direction)
{
    if (from < 0 || from >= static_cast<int>(scene.regions.size()))
        return firstFocusable(scene);
    const QRectF& start = scene.regions[static_cast<std::size_t>(from)].rect;
    int best = from;
    qreal least = std::numeric_limits<qreal>::infinity();
    for (std::size_t i = 0; i < scene.regions.size(); ++i) {
        if (!scene.regions[i].focusable || static_cast<int>(i) == from)
            continue;
        const qreal here = distance(start, scene.regions[i].rect, direction);
        if (here < least) {
            least = here;
            best = static_cast<int>(i);
        }
    }
    return best;
}

} // namespace tideline::widgets
