// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/time/window_words.h"

#include "engine/stream/window_arithmetic.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::WindowWords)
};

QString sumText(std::int64_t hundredths)
{
    const std::int64_t cents = floorMod(hundredths, 100);
    return QStringLiteral("%1.%2")
        .arg(countText(floorDiv(hundredths, 100)))
        .arg(cents, 2, 10, QLatin1Char('0'));
}

// A window that has fired: how its count compares with what has happened at the source by now.
void addFiredState(const TimeFrame::Window& window, WindowAnswer& answer)
{
    const std::int64_t missing = window.truth - window.count;
    if (window.dropped > 0) {
        answer.state = Text::tr("%1 dropped").arg(countText(window.dropped));
        answer.role = ColorRole::TextBad;
    } else if (window.state == WindowState::Final) {
        answer.state = missing == 0 ? Text::tr("exact") : Text::tr("%1 missing").arg(countText(missing));
        answer.role = missing == 0 ? ColorRole::TextGood : ColorRole::TextWarning;
    } else if (window.lateCounted > 0) {
        answer.state = Text::tr("fired, %1 late").arg(countText(window.lateCounted));
        answer.role = ColorRole::TextWarning;
    } else {
        answer.state =
            missing == 0 ? Text::tr("fired") : Text::tr("fired, %1 missing").arg(countText(missing));
        answer.role = missing == 0 ? ColorRole::TextGood : ColorRole::TextWarning;
    }
}

// What became of a record, given its window and the watermark it met.
QString fateSentence(const TimeFrame& frame, const TimeFrame::Dot& dot, const TimeWindow& window)
{
    const QString name = dataWindowText(window.start, window.end);
    switch (dot.fate) {
    case TimeFrame::Fate::OnTime:
        return Text::tr("counted in window %1").arg(name);
    case TimeFrame::Fate::BehindWatermark:
        return Text::tr("behind the watermark, but window %1 had not fired: counted").arg(name);
    case TimeFrame::Fate::AfterFiring:
        return Text::tr("window %1 had fired: counted within the allowed lateness of %2, and fired again")
            .arg(name, spanText(frame.spec.allowedLateness));
    case TimeFrame::Fate::Dropped:
        return Text::tr(
                   "window %1 ended at %2, plus %3 allowed lateness: cleaned up, so the record was dropped")
            .arg(name, dataTimeText(window.end), spanText(frame.spec.allowedLateness));
    }
    return {};
}

} // namespace

std::int64_t aggregateOf(const PipelineSpec& spec, std::int64_t count, std::int64_t sum)
{
    return spec.aggregate == AggregateKind::Sum ? sum : count;
}

QString aggregateText(const PipelineSpec& spec, std::int64_t value)
{
    return spec.aggregate == AggregateKind::Sum ? sumText(value) : countText(value);
}

WindowAnswer answerOf(const PipelineSpec& spec, const TimeFrame::Window& window)
{
    WindowAnswer answer;
    answer.answer = aggregateOf(spec, window.count, window.sum);
    answer.truth = aggregateOf(spec, window.truth, window.truthSum);
    answer.answerText = aggregateText(spec, answer.answer);
    answer.truthText = aggregateText(spec, answer.truth);
    answer.numbers = answer.answerText + QLatin1Char('/') + answer.truthText;
    if (window.state == WindowState::Open)
        answer.state = Text::tr("open");
    else
        addFiredState(window, answer);
    return answer;
}

QString windowStory(const PipelineSpec& spec, const TimeFrame::Window& window)
{
    const WindowAnswer answer = answerOf(spec, window);
    QStringList lines{Text::tr("window %1: %2").arg(dataWindowText(window.start, window.end), answer.state),
                      Text::tr("answer / what happened at the source by now: %1").arg(answer.numbers)};
    if (window.firings > 0)
        lines << Text::tr("first fired at %1 with %2; fired %3 times so far")
                     .arg(dataTimeText(window.firstFired),
                          aggregateText(spec, aggregateOf(spec, window.firstCount, window.firstSum)),
                          countText(window.firings));
    if (window.lateCounted > 0)
        lines << Text::tr("records counted after it had fired: %1").arg(countText(window.lateCounted));
    if (window.dropped > 0)
        lines << Text::tr("records dropped after its clean-up: %1").arg(countText(window.dropped));
    return lines.join(QLatin1Char('\n'));
}

std::optional<Millis> watermarkWhen(const TimeFrame& frame, Millis seen)
{
    const auto after =
        std::upper_bound(frame.steps.begin(), frame.steps.end(), seen,
                         [](Millis time, const TimeFrame::WatermarkStep& step) { return time < step.seen; });
    if (after == frame.steps.begin())
        return std::nullopt;
    return std::prev(after)->watermark;
}

QString recordStory(const TimeFrame& frame, const TimeFrame::Dot& dot, const Directory& names)
{
    const Millis slide = frame.spec.slide > 0 ? frame.spec.slide : std::max<Millis>(1, frame.spec.size);
    const Millis start = windowStart(dot.eventTime, frame.spec.offset, slide);
    const TimeWindow window{start, saturatingAdd(start, frame.spec.size)};
    const Millis later = saturatingSubtract(dot.seen, dot.eventTime);
    const QString how = later >= 0 ? Text::tr("%1 later").arg(spanText(later))
                                   : Text::tr("%1 before it happened by its own clock").arg(spanText(-later));
    QStringList lines{
        QStringLiteral("%1 @ %2")
            .arg(QString::fromStdString(names.partitionName(dot.partition)))
            .arg(dot.offset),
        Text::tr("happened %1, seen %2 (%3)").arg(dataTimeText(dot.eventTime), dataTimeText(dot.seen), how)};
    if (const std::optional<Millis> watermark = watermarkWhen(frame, dot.seen))
        lines << Text::tr("the watermark was then at %1").arg(dataTimeText(*watermark));
    lines << fateSentence(frame, dot, window);
    return lines.join(QLatin1Char('\n'));
}

} // namespace tideline::widgets
