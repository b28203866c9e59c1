// SPDX-License-Identifier: GPL-3.0-or-later
// Scene: a picture as a list of a few kinds of shapes in paint order, with what can be hit and what a screen
// reader says.
//
// Layouts make scenes from frames and decide everything: places, elided text, roles. Painters, the
// accessibility adapter, hit tests, reports and tests only read them. Coordinates are logical pixels from the
// top left. Colours are roles (color_role.h). A plain value; any thread.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/color_role.h"
#include "widgets/scene/text_metrics.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <QString>

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace tideline::widgets {

enum class Dash : std::uint8_t { Solid, Dashed, Dotted };
enum class Pattern : std::uint8_t { Plain, Diagonal, Cross, Dots }; // the second cue beside a colour
enum class MarkerShape : std::uint8_t {
    Circle,
    Ring,
    Square,
    Diamond,
    Triangle /* points up */,
    TriangleDown,
    Cross,
    Plus,
    Bars,
    Pill
};

struct RectShape
{
    QRectF rect;
    ColorRole fill = ColorRole::None;
    ColorRole border = ColorRole::None;
    qreal radius = 0;      // px; 0 is painted without antialiasing
    qreal borderWidth = 1; // px, inside the rectangle
    Dash dash = Dash::Solid;
    Pattern pattern = Pattern::Plain; // in the border's role
};

struct PolylineShape
{
    std::vector<QPointF> points;
    ColorRole role = ColorRole::Border;
    qreal width = 1;
    Dash dash = Dash::Solid;
};

// A cubic Bézier curve.
struct CurveShape
{
    QPointF from, control1, control2, to;
    ColorRole role = ColorRole::Border;
    qreal width = 1;
    Dash dash = Dash::Solid;
};

struct PolygonShape
{
    std::vector<QPointF> points;
    ColorRole fill = ColorRole::None;
    ColorRole border = ColorRole::None;
};

// One line of text, elided by the layout already.
struct TextShape
{
    QRectF rect;
    QString text;
    ColorRole role = ColorRole::Text;
    FontSpec font;
    Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter;
    int rotation = 0; // degrees, 0 or 270 (reads upwards), around the middle of rect
};

struct MarkerShapeAt
{
    QPointF centre;
    qreal size = 8; // px, width (a pill is twice as wide as high)
    MarkerShape shape = MarkerShape::Circle;
    ColorRole fill = ColorRole::Neutral;
    ColorRole border = ColorRole::None;
};

// Many equal cells as one image: roles, row-major, and a pattern a cell. Cells are whole pixels with a gap at
// right and bottom.
struct CellGridShape
{
    QPoint origin;
    QSize cell;  // px, with the gap
    int gap = 1; // px; 0 below 3 px cells
    int columns = 0;
    int rows = 0;
    std::vector<ColorRole> roles;  // columns * rows; None is left empty
    std::vector<Pattern> patterns; // the same, or empty; in the role BlockMark, from 5 px cells on
};

// One bar a pixel column (or wider): from low to high, in parts of the height from the bottom, 0..1.
struct ColumnsShape
{
    QRectF rect;
    qreal step = 1; // px from one column to the next
    qreal bar = 1;  // px wide
    std::vector<std::pair<float, float>> values;
    ColorRole role = ColorRole::Density;
};

// Filled rectangles on whole pixels, in paint order: thousands of them as one shape.
struct RectsShape
{
    std::vector<std::pair<QRect, ColorRole>> rects;
};

using Shape = std::variant<RectShape, PolylineShape, CurveShape, PolygonShape, TextShape, MarkerShapeAt,
                           CellGridShape, ColumnsShape, RectsShape>;

enum class RegionRole : std::uint8_t { Group, Item, Cell, Button, Value };

// What is there: for pointer, keyboard and screen reader alike. A later region lies above an earlier one.
struct HitRegion
{
    QRectF rect;
    Selection selection; // what choosing it selects; None: nothing
    QString name;        // accessible name: never empty
    QString tooltip;     // what there is no room for; empty: nothing
    RegionRole role = RegionRole::Item;
    bool focusable = true; // the keyboard stops here
    std::int64_t tag = 0;  // the view's own: handed on when it is activated
};

struct Scene
{
    QSizeF size;
    QString name;              // accessible name of the picture
    QString description;       // what it says, in one or two sentences
    std::vector<Shape> shapes; // in paint order; covers `size` with its first shape
    std::vector<HitRegion> regions;
};

// The topmost region at `point`; -1: none.
int regionAt(const Scene& scene, QPointF point);
// The region that shows `selection`; -1: none.
int regionOf(const Scene& scene, const Selection& selection);
// Where an arrow key leads from region `from` (-1: into the scene): the nearest focusable region that way;
// `from` when there is none.
enum class Direction : std::uint8_t { Left, Right, Up, Down };
int regionBeside(const Scene& scene, int from, Direction direction);

// One shape or region a line, coordinates rounded to a quarter pixel: for golden tests.
QString dumpScene(const Scene& scene);
const char* roleName(ColorRole role);
// The smallest rectangle around the shape, without the width of its lines.
QRectF boundsOf(const Shape& shape);

} // namespace tideline::widgets
