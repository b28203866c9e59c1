// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/queue_box.h"

#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr qreal kGap = 10;
constexpr qreal kNarrowest = 130;
constexpr qreal kLine = 15; // px of a line of text
constexpr qreal kBar = 8;   // px

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

// What waits, the part that was paged out in another colour; the line above says both in numbers.
void layoutBar(SceneWriter& writer, const ClusterFrame::Queue& queue, const QRectF& rect)
{
    writer.box(rect, ColorRole::Track, ColorRole::None, 3);
    if (queue.waiting <= 0)
        return;
    const qreal disk = std::floor(rect.width() * static_cast<qreal>(queue.onDisk) /
                                  static_cast<qreal>(std::max(queue.waiting, queue.onDisk)));
    if (disk >= 6)
        writer.box(QRectF(rect.right() - disk, rect.top(), disk, rect.height()), ColorRole::Warning,
                   ColorRole::None, 3);
}

void layoutQueue(SceneWriter& writer, const Frame& frame, const ClusterFrame::Queue& queue,
                 const QRectF& rect)
{
    const QString name = queueText(queue.index, *frame.names);
    const QString waiting =
        Words::tr("%1 wait, %2 of them on disk").arg(countText(queue.waiting), countText(queue.onDisk));
    writer.box(rect, ColorRole::Panel, ColorRole::Border, 10);
    writer.region(rect, {.kind = Selection::Kind::Queue, .index = queue.index},
                  Words::tr("queue %1, %2").arg(name, waiting), RegionRole::Item,
                  Words::tr("queue %1\n%2\n%3 unacknowledged, consumers: %4\n%5 acknowledged and gone")
                      .arg(name, waiting, countText(queue.unacknowledged), countText(queue.consumers),
                           countText(queue.acknowledged)));
    const QRectF inner = rect.adjusted(12, 8, -12, -8);
    writer.textPair(QRectF(inner.left(), inner.top(), inner.width(), 18), name, kHeading, Words::tr("queue"),
                    in(ColorRole::TextFaint, kNote), 0);
    const QString lines[] = {
        waiting,
        Words::tr("%1 unacknowledged").arg(countText(queue.unacknowledged)),
        Words::tr("%1 acknowledged and gone").arg(countText(queue.acknowledged)),
    };
    qreal top = inner.top() + 19;
    for (const QString& line : lines) {
        if (top + kLine > inner.bottom())
            return;
        const bool slow = &line == lines && queue.onDisk > 0;
        writer.text(QRectF(inner.left(), top, inner.width(), kLine), line,
                    slow ? in(ColorRole::TextWarning, kNote) : kNote);
        top += kLine;
    }
    if (top + 4 + kBar <= inner.bottom())
        layoutBar(writer, queue, QRectF(inner.left(), top + 4, inner.width(), kBar));
}

} // namespace

void layoutQueues(SceneWriter& writer, const Frame& frame, const QRectF& area)
{
    const auto& all = frame.cluster.queues;
    if (all.empty() || area.isEmpty())
        return;
    const auto fit = static_cast<std::size_t>(std::max(1.0, (area.width() + kGap) / (kNarrowest + kGap)));
    const std::size_t shown = std::min(fit, all.size());
    const qreal width = std::floor((area.width() + kGap) / static_cast<qreal>(shown)) - kGap;
    const bool more = shown < all.size();
    const qreal height = area.height() - (more ? 16 : 0);
    for (std::size_t i = 0; i < shown; ++i)
        layoutQueue(writer, frame, all[i],
                    QRectF(area.left() + static_cast<qreal>(i) * (width + kGap), area.top(), width, height));
    if (more)
        writer.text(QRectF(area.left() + 4, area.bottom() - 15, area.width() - 4, 15),
                    Words::tr("+ %1 more queues").arg(all.size() - shown), kNote);
}

} // namespace tideline::widgets
