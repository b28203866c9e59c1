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
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::TimePanes)
};

constexpr qreal kPillHeight = 18;

Selection windowSelection(const TimeFrame& frame, const TimeFrame::Window& window)
{
    Selection selection;
    selection.kind = Selection::Kind::Window;
    selection.index = frame.pipeline;
    selection.start = window.start;
    selection.end = window.end;
    return selection;
}

// Pills that are already there; a new one must not touch them.
class Pills
{
public:
    bool fits(const QRectF& rect) const
    {
        return std::none_of(taken_.begin(), taken_.end(),
                            [&](const QRectF& other) { return other.intersects(rect); });
    }
    void take(const QRectF& rect) { taken_.push_back(rect); }

private:
    std::vector<QRectF> taken_;
};

void addPill(ScenePen& pen, const TimePlane& plane, const QRectF& bar, const QString& count, Pills& pills)
{
    const qreal width = std::max(32.0, pen.metrics().width(count, kStrongFont) + 16);
    const QRectF pill(bar.center().x() - width / 2, bar.top() - kPillHeight - 4, width, kPillHeight);
    if (!plane.area.contains(pill) || !pills.fits(pill.adjusted(-2, -2, 2, 2)) || bar.width() < 10)
        return;
    pills.take(pill);
    pen.rect(pill, ColorRole::GoodFill, ColorRole::None, kPillHeight / 2);
    pen.text(pill, count, ColorRole::TextOnFill, kStrongFont, Qt::AlignCenter);
}

} // namespace

void addPanes(ScenePen& pen, const TimeFrame& frame, const TimePlane& plane, const Selection& selection)
{
    Pills pills;
    // The line above "now" belongs to its words and to the watermark's.
    pills.take(
        {plane.area.left(), plane.y(frame.now) - kPillHeight - 2, plane.area.width(), kPillHeight + 2});
    for (const TimeFrame::Window& window : frame.windows) {
        const Selection self = windowSelection(frame, window);
        const qreal left = std::max(plane.area.left(), plane.x(window.start));
        const qreal right = std::min(plane.area.right(), plane.x(window.end));
        if (left >= right)
            continue;
        if (self == selection)
            pen.rect({left, plane.area.top(), right - left, plane.area.height()}, ColorRole::None,
                     ColorRole::Accent);
        const qreal y = plane.y(window.firstFired);
        if (window.firings == 0 || y < plane.area.top() || y > plane.area.bottom())
            continue;
        const QRectF bar(left, y - 1, right - left, 2);
        pen.rect(bar, ColorRole::Good);
        const QString said =
            aggregateText(frame.spec, aggregateOf(frame.spec, window.firstCount, window.firstSum));
        addPill(pen, plane, bar, said, pills);
        const QString name =
            Text::tr("window %1 fired at %2 with %3")
                .arg(dataWindowText(window.start, window.end), dataTimeText(window.firstFired), said);
        pen.region(bar.adjusted(0, -kPillHeight - 4, 0, 2) & plane.area, name, self, name);
    }
}

} // namespace tideline::widgets
