// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/charts/charts_places.h"

#include <algorithm>
#include <vector>

namespace tideline::widgets {

namespace {

constexpr qreal kMargin = 14;
constexpr qreal kNarrow = 900; // px
constexpr qreal kLine = 40;    // px: a title and no chart

} // namespace

std::array<QRectF, 5> chartPlaces(const QSizeF& size, bool watermarks)
{
    std::array<QRectF, 5> places;
    const bool narrow = size.width() < kNarrow;
    const std::vector<int> rows = narrow ? std::vector<int>{2, 2, 1} : std::vector<int>{3, 2};
    const auto count = static_cast<qreal>(rows.size());
    const qreal room = std::max(0.0, size.height() - (count + 1) * kMargin);
    const bool line = narrow && !watermarks && room > 4 * kLine;
    const qreal height = line ? (room - kLine) / (count - 1) : room / count;
    std::size_t chart = 0;
    qreal y = kMargin;
    for (const int columns : rows) {
        const qreal width = std::max(0.0, (size.width() - (columns + 1) * kMargin) / columns);
        for (int column = 0; column < columns; ++column)
            places[chart++] = {kMargin + column * (width + kMargin), y, width, height};
        y += height + kMargin;
    }
    if (line)
        places.back().setHeight(kLine);
    return places;
}

} // namespace tideline::widgets
