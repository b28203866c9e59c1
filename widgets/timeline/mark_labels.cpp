// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/mark_labels.h"

#include "widgets/scene/scene_writer.h"
#include "widgets/theme/fact_text.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kSign = 7;      // px that a sign takes to the left of its time
constexpr qreal kSignRight = 9; // and to the right
constexpr qreal kGap = 8;       // px between a label and the next sign
constexpr qreal kLongest = 170; // px of a label

} // namespace

std::vector<MarkLabel> placeMarkLabels(const Frame& frame, const TimelinePlaces& places, const TextMetrics& metrics)
{
    std::vector<MarkLabel> labels;
    const auto count = static_cast<std::size_t>(std::max(0.0, (places.labelsBottom - places.labelsTop) / kMarkLine));
    if (count == 0 || !frame.names)
        return labels;
    std::vector<qreal> used(count, -1.0); // px, right end of what stands on each line
    const auto middle = [&](std::size_t line) { return places.labelsTop + (static_cast<qreal>(line) + 0.5) * kMarkLine; };
    const auto& marks = frame.timeline.marks;
    std::size_t turn = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const qreal x = std::round(places.xOf(marks[i].time));
        // Lines take turns, so that neighbours stand on different ones.
        std::size_t line = count;
        for (std::size_t offset = 0; offset < count && line == count; ++offset) {
            const std::size_t candidate = (turn + offset) % count;
            bool free = used[candidate] <= x - kSign;
            for (std::size_t above = 0; above < candidate; ++above)
                free = free && used[above] <= x; // its stem passes through the lines above
            if (free)
                line = candidate;
        }
        if (line == count)
            continue;
        MarkLabel label{i, middle(line), factLabel(marks[i].body, *frame.names), 0};
        const qreal wanted = std::ceil(metrics.width(label.text, kNote.font));
        // Long labels on crowded stretches would keep every later mark away.
        const qreal room = std::min(places.right - x - kSignRight, kLongest);
        label.text = metrics.elided(label.text, kNote.font, room);
        label.width = label.text.size() > 3 || wanted <= room ? std::min(wanted, std::max(0.0, room)) : 0;
        if (label.width <= 0)
            label.text.clear();
        used[line] = x + kSignRight + label.width + kGap;
        turn = (line + 1) % count;
        labels.push_back(std::move(label));
    }
    return labels;
}

} // namespace tideline::widgets
