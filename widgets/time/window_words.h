// SPDX-License-Identifier: GPL-3.0-or-later
// What is said about a window and about a record in the time plane. Pure; any thread.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/color_role.h"

#include <QString>

namespace tideline::widgets {

// A window's answer beside the truth, both as the pipeline aggregates: records, or hundredths of the summed
// field.
struct WindowAnswer
{
    std::int64_t answer = 0;
    std::int64_t truth = 0;
    QString answerText; // "49", "12.50"
    QString truthText;
    QString numbers; // both: "49/51", "12.50/13.00"
    QString state;   // "open", "fired", "exact", "2 dropped"
    ColorRole role = ColorRole::TextMuted;
};

// Of a count and a sum the one that the pipeline is asked for, and how it is written: "474" or "26 530.11".
std::int64_t aggregateOf(const PipelineSpec& spec, std::int64_t count, std::int64_t sum);
QString aggregateText(const PipelineSpec& spec, std::int64_t value);

WindowAnswer answerOf(const PipelineSpec& spec, const TimeFrame::Window& window);
// Several lines: state, firings, late and dropped records.
QString windowStory(const PipelineSpec& spec, const TimeFrame::Window& window);
// Several lines: when the record happened and was seen, where the watermark stood then, and what that meant
// for its window.
QString recordStory(const TimeFrame& frame, const TimeFrame::Dot& dot, const Directory& names);
// The watermark as it was when something was seen at this processing time; nothing before the first.
std::optional<Millis> watermarkWhen(const TimeFrame& frame, Millis seen);

} // namespace tideline::widgets
