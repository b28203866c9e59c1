// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scene/cell_image.h"

#include <algorithm>

namespace tideline::widgets {

namespace {

constexpr int kSmallestPattern = 5; // px; below, a pattern is no longer seen

// Whether the pattern has ink at (x, y) of a cell of this size.
bool hasInk(Pattern pattern, int x, int y, QSize size)
{
    switch (pattern) {
    case Pattern::Plain:
        return false;
    case Pattern::Diagonal:
        return x * (size.height() - 1) / std::max(1, size.width() - 1) == size.height() - 1 - y;
    case Pattern::Cross:
        return hasInk(Pattern::Diagonal, x, y, size) ||
               hasInk(Pattern::Diagonal, x, size.height() - 1 - y, size);
    case Pattern::Dots:
        return x == size.width() / 2 && y == size.height() / 2;
    }
    return false;
}

class Grid
{
public:
    Grid(const CellGridShape& grid, const Theme& theme)
        : grid_(grid)
        , ink_(theme.color(ColorRole::BlockMark).rgba())
        , size_(grid.cell - QSize(grid.gap, grid.gap))
        , patterned_(!grid.patterns.empty() && size_.width() >= kSmallestPattern &&
                     size_.height() >= kSmallestPattern)
    {
        for (int role = 0; role < kColorRoles; ++role)
            colors_[static_cast<std::size_t>(role)] = theme.color(static_cast<ColorRole>(role)).rgba();
    }

    // Row `row` of cells, line `y` of it.
    void paintLine(QRgb* line, int row, int y) const
    {
        for (int column = 0; column < grid_.columns; ++column) {
            const auto cell = static_cast<std::size_t>(row * grid_.columns + column);
            QRgb* const start = line + column * grid_.cell.width();
            std::fill(start, start + size_.width(), colors_[static_cast<std::size_t>(grid_.roles[cell])]);
            if (!patterned_ || grid_.patterns[cell] == Pattern::Plain)
                continue;
            for (int x = 0; x < size_.width(); ++x) {
                if (hasInk(grid_.patterns[cell], x, y, size_))
                    start[x] = ink_;
            }
        }
    }

    int linesPerCell() const { return size_.height(); }

private:
    const CellGridShape& grid_;
    QRgb ink_;
    QSize size_;
    bool patterned_;
    std::array<QRgb, kColorRoles> colors_{};
};

} // namespace

QImage cellImage(const CellGridShape& shape, const Theme& theme)
{
    QImage image(shape.columns * shape.cell.width(), shape.rows * shape.cell.height(),
                 QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const Grid grid(shape, theme);
    for (int row = 0; row < shape.rows; ++row) {
        for (int y = 0; y < grid.linesPerCell(); ++y)
            grid.paintLine(reinterpret_cast<QRgb*>(image.scanLine(row * shape.cell.height() + y)), row, y);
    }
    return image;
}

} // namespace tideline::widgets
