// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/mark_labels.h"

#include "widgets/scene/scene_writer.h"
#include "widgets/theme/fact_text.h"

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kSignLeft = 7;  // px that a sign takes to the left of its time
constexpr qreal kSignRight = 9; // and to the right
constexpr qreal kGap = 6;       // px between a label and what follows
constexpr qreal kLongest = 170; // px of a label
constexpr qreal kShortest = 40; // px; a label that must be shorter is left out

// What stands on one line: the label that reaches furthest to the right, if any.
struct Line
{
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
    std::size_t last = kNone; // index in the labels
    qreal sign = -100;        // px, x of its sign
};

class Placing
{
public:
    Placing(const Frame& frame, const TimelinePlaces& places, const TextMetrics& metrics)
        : frame_(frame)
        , places_(places)
        , metrics_(metrics)
        , lines_(
              static_cast<std::size_t>(std::max(0.0, (places.labelsBottom - places.labelsTop) / kMarkLine)))
    {}

    std::vector<MarkLabel> run()
    {
        for (std::size_t mark = 0; mark < frame_.timeline.marks.size(); ++mark)
            place(mark);
        return std::move(labels_);
    }

private:
    qreal xOf(std::size_t mark) const { return std::round(places_.xOf(frame_.timeline.marks[mark].time)); }

    // The right end of what stands on the line.
    qreal endOf(const Line& line) const
    {
        if (line.last == Line::kNone)
            return -1;
        return line.sign + kSignRight + labels_[line.last].width + kGap;
    }

    // How much labels must give way for a sign at `x` on `line`, px: its stem passes through the lines above.
    // Negative: not possible.
    qreal costOf(std::size_t line, qreal x) const
    {
        qreal cost = 0;
        for (std::size_t each = 0; each <= line; ++each) {
            const qreal limit = each == line ? x - kSignLeft : x - 1;
            if (lines_[each].last != Line::kNone && lines_[each].sign + kSignRight > limit)
                return -1;
            cost += std::max(0.0, endOf(lines_[each]) - limit);
        }
        return cost;
    }

    void shorten(const Line& line, qreal limit)
    {
        if (line.last == Line::kNone || endOf(line) <= limit)
            return;
        MarkLabel& label = labels_[line.last];
        const qreal room = limit - kGap - kSignRight - line.sign;
        label.text = room >= kShortest ? metrics_.elided(label.text, kNote.font, room) : QString();
        label.width = std::ceil(std::min(room, metrics_.width(label.text, kNote.font)));
        if (label.text.isEmpty())
            label.width = 0;
    }

    void place(std::size_t mark)
    {
        const qreal x = xOf(mark);
        std::size_t best = lines_.size();
        qreal least = 0;
        for (std::size_t offset = 0; offset < lines_.size(); ++offset) { // lines take turns
            const std::size_t line = (turn_ + offset) % lines_.size();
            const qreal cost = costOf(line, x);
            if (cost >= 0 && (best == lines_.size() || cost < least)) {
                best = line;
                least = cost;
            }
        }
        if (best == lines_.size())
            return;
        for (std::size_t each = 0; each <= best; ++each)
            shorten(lines_[each], each == best ? x - kSignLeft : x - 1);
        MarkLabel label{mark, places_.labelsTop + (static_cast<qreal>(best) + 0.5) * kMarkLine,
                        factLabel(frame_.timeline.marks[mark].body, *frame_.names), 0};
        label.text =
            metrics_.elided(label.text, kNote.font, std::min(kLongest, places_.right - x - kSignRight));
        label.width = std::ceil(metrics_.width(label.text, kNote.font));
        labels_.push_back(std::move(label));
        lines_[best] = {labels_.size() - 1, x};
        turn_ = (best + 1) % lines_.size();
    }

    const Frame& frame_;
    const TimelinePlaces& places_;
    const TextMetrics& metrics_;
    std::vector<Line> lines_;
    std::vector<MarkLabel> labels_;
    std::size_t turn_ = 0;
};

} // namespace

std::vector<MarkLabel> placeMarkLabels(const Frame& frame, const TimelinePlaces& places,
                                       const TextMetrics& metrics)
{
    if (!frame.names)
        return {};
    return Placing(frame, places, metrics).run();
}

} // namespace tideline::widgets
