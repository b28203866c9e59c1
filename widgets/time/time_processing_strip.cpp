// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/data_time_text.h"
#include "widgets/time/time_parts.h"
#include "widgets/time/window_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimeProcessingStrip)
};

constexpr qreal kGap = 12;
constexpr std::size_t kMostCards = 32; // more are not looked at for their width

// "+8", "−24", "±0": the sign says it, the colour repeats it.
QString differenceText(const PipelineSpec& spec, std::int64_t difference)
{
    if (difference == 0)
        return QStringLiteral("±0");
    return (difference > 0 ? QStringLiteral("+") : QStringLiteral("−")) +
           aggregateText(spec, difference > 0 ? difference : -difference);
}

void addCard(ScenePen& pen, const TimeFrame::ProcessingWindow& window, const TimeFrame& frame,
             const QRectF& card)
{
    const PipelineSpec& spec = frame.spec;
    const bool open = frame.now < window.end;
    const std::int64_t answer = aggregateOf(spec, window.count, window.sum);
    const std::int64_t truth = aggregateOf(spec, window.truth, window.truthSum);
    const QString name = dataWindowText(window.start, window.end);
    pen.rect(card, ColorRole::Card, ColorRole::None, 8);
    const QRectF inside = card.adjusted(12, 8, -12, -8);
    pen.text({inside.left(), inside.top(), inside.width(), 16}, name, ColorRole::TextFaint, kMonoSmallFont);
    const QRectF numbers(inside.left(), inside.top() + 20, inside.width(), inside.height() - 20);
    const std::int64_t difference = answer - truth;
    const QString beside = open ? Text::tr("open") : differenceText(spec, difference);
    const ColorRole role = open || difference == 0 ? ColorRole::TextMuted : ColorRole::TextBad;
    pen.text(numbers, beside, role, kSmallFont, Qt::AlignRight | Qt::AlignVCenter);
    const qreal used = pen.metrics().width(beside, kSmallFont) + 8;
    pen.text(numbers.adjusted(0, 0, -used, 0), aggregateText(spec, answer), ColorRole::Text, kNumberFont);
    const QString story = Text::tr("seen in %1: %2; happened in it: %3")
                              .arg(name, aggregateText(spec, answer), aggregateText(spec, truth));
    pen.region(card, story, {}, story);
}

} // namespace

void addProcessingStrip(ScenePen& pen, const TimeFrame& frame, const QRectF& rect)
{
    const QRectF room =
        pen.panel(rect, Text::tr("The same records, windowed by processing time"),
                  Text::tr("what a clock on the wall would have counted, and the difference to the truth"));
    if (frame.processing.empty()) {
        pen.text(room, Text::tr("No record has been seen yet."), ColorRole::TextMuted, kBodyFont);
        return;
    }
    // Sums are longer than counts.
    qreal least = frame.spec.aggregate == AggregateKind::Sum ? 196 : 118;
    const std::size_t looked = std::min<std::size_t>(frame.processing.size(), kMostCards);
    for (auto window = frame.processing.end() - static_cast<std::ptrdiff_t>(looked);
         window != frame.processing.end(); ++window)
        least = std::max(
            least, pen.metrics().width(dataWindowText(window->start, window->end), kMonoSmallFont) + 26);
    const int fitting =
        std::clamp(static_cast<int>((room.width() + kGap) / (least + kGap)), 1, static_cast<int>(kMostCards));
    const int shown = std::min(fitting, static_cast<int>(frame.processing.size()));
    // Cards keep one width while there are few, so that they do not jump as they come.
    const int places = std::max(shown, std::min(fitting, 9));
    const qreal width = (room.width() - (places - 1) * kGap) / places;
    qreal x = room.left();
    for (auto window = frame.processing.end() - shown; window != frame.processing.end(); ++window) {
        addCard(pen, *window, frame, {x, room.top(), width, room.height()});
        x += width + kGap;
    }
}

} // namespace tideline::widgets
