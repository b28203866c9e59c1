// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/time/time_parts.h"
#include "widgets/time/window_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimeWindowsPanel)
};

constexpr qreal kRow = 28;
constexpr qreal kLeastBar = 16; // px; a shorter one shows nothing

// Widths that all rows share, px.
struct Widths
{
    qreal name = 0;
    qreal numbers = 0;
    qreal state = 0;
};

struct Columns
{
    QRectF name, bar, numbers, state;
};

// The name gives way first: what is cut off is in the tooltip.
Columns columnsOf(const QRectF& row, const Widths& widths)
{
    constexpr qreal gap = 12;
    Columns columns;
    columns.state = {row.right() - widths.state, row.top(), widths.state, row.height()};
    columns.numbers = {columns.state.left() - gap - widths.numbers, row.top(), widths.numbers, row.height()};
    const qreal room = std::max(0.0, columns.numbers.left() - gap - row.left());
    columns.name = {row.left(), row.top(), std::min(widths.name, room), row.height()};
    const qreal left = columns.name.right() + gap;
    columns.bar = {left, row.center().y() - 7, std::max(0.0, columns.numbers.left() - gap - left), 14};
    return columns;
}

struct BarColors
{
    ColorRole fill; // the answer
    ColorRole end;  // where it ends, strong enough to be seen on any ground
};

BarColors colorsOf(const TimeFrame::Window& window, const WindowAnswer& answer)
{
    if (window.state == WindowState::Open)
        return {ColorRole::InfoFill, ColorRole::Watermark};
    if (answer.answer == answer.truth)
        return {ColorRole::GoodFill, ColorRole::Good};
    return {ColorRole::WarningFill, ColorRole::Warning};
}

void addBar(ScenePen& pen, const QRectF& bar, double part, BarColors colors)
{
    if (bar.width() < kLeastBar)
        return;
    pen.rect(bar, ColorRole::Track, ColorRole::None, 3);
    pen.rect({bar.left(), bar.top(), bar.width() * std::clamp(part, 0.0, 1.0), bar.height()}, colors.fill,
             ColorRole::None, 3);
    const qreal x = bar.left() + bar.width() * std::clamp(part, 0.0, 1.0);
    pen.rect({std::max(bar.left(), x - 3), bar.top(), 3, bar.height()}, colors.end);
}

void addRow(ScenePen& pen, const TimeFrame& frame, const TimeFrame::Window& window, const Columns& columns,
            const Selection& selection)
{
    const WindowAnswer answer = answerOf(frame.spec, window);
    const QRectF row(columns.name.left() - 6, columns.name.top(),
                     columns.state.right() - columns.name.left() + 12, kRow);
    Selection self;
    self.kind = Selection::Kind::Window;
    self.index = frame.pipeline;
    self.start = window.start;
    self.end = window.end;
    if (self == selection)
        pen.rect(row, ColorRole::Selected, ColorRole::None, 6);
    const QString name = dataWindowText(window.start, window.end);
    pen.text(columns.name, name, ColorRole::Text, kMonoFont);
    const double part = answer.truth == 0
                            ? (answer.answer == 0 ? 0 : 1)
                            : static_cast<double>(answer.answer) / static_cast<double>(answer.truth);
    addBar(pen, columns.bar, part, colorsOf(window, answer));
    pen.text(columns.numbers, answer.numbers, ColorRole::Text, kMonoFont, Qt::AlignRight | Qt::AlignVCenter);
    pen.text(columns.state, answer.state, answer.role, kSmallFont, Qt::AlignRight | Qt::AlignVCenter);
    const QString story = windowStory(frame.spec, window);
    pen.region(row, Text::tr("window %1: %2, %3").arg(name, answer.numbers, answer.state), self, story);
}

} // namespace

void addWindowsPanel(ScenePen& pen, const TimeFrame& frame, const QRectF& rect, const Selection& selection)
{
    if (rect.height() < 90 || rect.width() < 120)
        return;
    const QRectF room = pen.panel(rect, Text::tr("Windows"), Text::tr("answer / what happened by now"));
    if (frame.windows.empty()) {
        pen.paragraph(room, Text::tr("No record has been assigned to a window yet."), ColorRole::TextMuted,
                      kBodyFont);
        return;
    }
    const int fitting = std::max(1, static_cast<int>(room.height() / kRow));
    const int all = static_cast<int>(frame.windows.size());
    const bool older = all > fitting || frame.windowsBefore > 0;
    const int shown = std::min(all, older ? std::max(1, fitting - 1) : fitting);
    const auto first = frame.windows.end() - shown;
    Widths widths;
    for (auto window = first; window != frame.windows.end(); ++window) {
        const WindowAnswer answer = answerOf(frame.spec, *window);
        const auto widen = [&](qreal& width, const QString& text, const FontSpec& font) {
            width = std::max(width, pen.metrics().width(text, font) + 1);
        };
        widen(widths.name, dataWindowText(window->start, window->end), kMonoFont);
        widen(widths.numbers, answer.numbers, kMonoFont);
        widen(widths.state, answer.state, kSmallFont);
    }
    qreal y = room.top();
    if (older && fitting > 1) {
        pen.text({room.left(), y, room.width(), kRow},
                 Text::tr("%1 older windows").arg(countText(frame.windowsBefore + all - shown)),
                 ColorRole::TextFaint, kSmallFont);
        y += kRow;
    }
    for (auto window = first; window != frame.windows.end(); ++window, y += kRow)
        addRow(pen, frame, *window, columnsOf({room.left(), y, room.width(), kRow}, widths), selection);
}

} // namespace tideline::widgets
