// SPDX-License-Identifier: GPL-3.0-or-later
// A scene as text: one shape or region a line. Golden tests read it, and so can people in a review.
#include "widgets/scene/scene.h"

#include <QTextStream>

#include <array>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr std::array<const char*, kColorRoles> kRoleNames = {"None",
                                                             "Window",
                                                             "Panel",
                                                             "Card",
                                                             "CardRaised",
                                                             "Selected",
                                                             "Hover",
                                                             "Border",
                                                             "BorderStrong",
                                                             "Grid",
                                                             "Placeholder",
                                                             "Track",
                                                             "Text",
                                                             "TextMuted",
                                                             "TextFaint",
                                                             "TextOnAccent",
                                                             "TextLink",
                                                             "TextLeader",
                                                             "TextWarning",
                                                             "TextBad",
                                                             "TextGood",
                                                             "TextWatermark",
                                                             "TextOnFill",
                                                             "Accent",
                                                             "Focus",
                                                             "Leader",
                                                             "Warning",
                                                             "Bad",
                                                             "Good",
                                                             "Neutral",
                                                             "Watermark",
                                                             "Playhead",
                                                             "LeaderFill",
                                                             "WarningFill",
                                                             "BadFill",
                                                             "GoodFill",
                                                             "InfoFill",
                                                             "NeutralFill",
                                                             "Density",
                                                             "DensityAhead",
                                                             "BarFill",
                                                             "PlaneDone",
                                                             "PlaneOpen",
                                                             "PlaneOutside",
                                                             "Key0",
                                                             "Key1",
                                                             "Key2",
                                                             "Key3",
                                                             "Key4",
                                                             "Key5",
                                                             "Key6",
                                                             "Key7",
                                                             "KeyNone",
                                                             "KeyDim0",
                                                             "KeyDim1",
                                                             "KeyDim2",
                                                             "KeyDim3",
                                                             "KeyDim4",
                                                             "KeyDim5",
                                                             "KeyDim6",
                                                             "KeyDim7",
                                                             "KeyDimNone",
                                                             "Lag0",
                                                             "Lag1",
                                                             "Lag2",
                                                             "Lag3",
                                                             "Lag4",
                                                             "Lag5",
                                                             "Lag6",
                                                             "Lag7",
                                                             "BlockIdle",
                                                             "BlockUnderReplicated",
                                                             "BlockUnderMinIsr",
                                                             "BlockOffline",
                                                             "BlockMark"};

constexpr std::array<const char*, 3> kDashes = {"solid", "dashed", "dotted"};
constexpr std::array<const char*, 4> kPatterns = {"plain", "diagonal", "cross", "dots"};
constexpr std::array<const char*, 10> kMarkers = {"circle",        "ring",  "square", "diamond", "triangle",
                                                  "triangle-down", "cross", "plus",   "bars",    "pill"};
constexpr std::array<const char*, 4> kWeights = {"", " medium", " semibold", " bold"};
constexpr std::array<const char*, 5> kRegions = {"group", "item", "cell", "button", "value"};

template <class Names, class Value>
const char* nameOf(const Names& names, Value value)
{
    return names[static_cast<std::size_t>(value)];
}

QString number(qreal value)
{
    return QString::number(std::round(value * 4) / 4);
}

QString text(QPointF point)
{
    return number(point.x()) + u',' + number(point.y());
}

QString text(const QRectF& rect)
{
    return text(rect.topLeft()) + u' ' + number(rect.width()) + u'x' + number(rect.height());
}

QString text(const std::vector<QPointF>& points)
{
    QString all;
    for (const QPointF& point : points)
        all += u' ' + text(point);
    return all;
}

// Runs of equal cells, so that a grid of thousands stays readable: "Lag0*12 Lag3*1".
QString text(const std::vector<ColorRole>& roles)
{
    QString all;
    for (std::size_t i = 0; i < roles.size();) {
        std::size_t end = i;
        while (end < roles.size() && roles[end] == roles[i])
            ++end;
        all += u' ' + QString::fromLatin1(roleName(roles[i])) + u'*' + QString::number(end - i);
        i = end;
    }
    return all;
}

class Dump
{
public:
    explicit Dump(QTextStream& out)
        : out_(out)
    {}

    void operator()(const RectShape& s) const
    {
        out_ << "rect " << text(s.rect) << " fill=" << roleName(s.fill) << " border=" << roleName(s.border);
        if (s.radius > 0)
            out_ << " radius=" << number(s.radius);
        if (s.dash != Dash::Solid)
            out_ << ' ' << nameOf(kDashes, s.dash);
        if (s.pattern != Pattern::Plain)
            out_ << ' ' << nameOf(kPatterns, s.pattern);
    }
    void operator()(const PolylineShape& s) const
    {
        out_ << "line " << roleName(s.role) << ' ' << nameOf(kDashes, s.dash) << " width=" << number(s.width)
             << text(s.points);
    }
    void operator()(const CurveShape& s) const
    {
        out_ << "curve " << roleName(s.role) << ' ' << nameOf(kDashes, s.dash)
             << text({s.from, s.control1, s.control2, s.to});
    }
    void operator()(const PolygonShape& s) const
    {
        out_ << "polygon fill=" << roleName(s.fill) << " border=" << roleName(s.border) << text(s.points);
    }
    void operator()(const TextShape& s) const
    {
        out_ << "text " << text(s.rect) << ' ' << roleName(s.role)
             << (s.font.kind == FontKind::Mono ? " mono " : " ui ") << s.font.size
             << nameOf(kWeights, s.font.weight) << " \"" << s.text << '"';
        if (s.align & Qt::AlignRight)
            out_ << " right";
        if (s.align & Qt::AlignHCenter)
            out_ << " centre";
        if (s.rotation != 0)
            out_ << " rotated";
    }
    void operator()(const MarkerShapeAt& s) const
    {
        out_ << "marker " << text(s.centre) << ' ' << nameOf(kMarkers, s.shape) << ' ' << number(s.size)
             << ' ' << roleName(s.fill);
    }
    void operator()(const CellGridShape& s) const
    {
        out_ << "cells " << s.origin.x() << ',' << s.origin.y() << ' ' << s.columns << 'x' << s.rows << " of "
             << s.cell.width() << 'x' << s.cell.height() << text(s.roles);
    }
    void operator()(const ColumnsShape& s) const
    {
        out_ << "columns " << text(s.rect) << ' ' << roleName(s.role) << " step=" << number(s.step);
        for (const auto& [low, high] : s.values)
            out_ << ' ' << QString::number(low, 'f', 2) << ".." << QString::number(high, 'f', 2);
    }
    void operator()(const RectsShape& s) const
    {
        out_ << "rects";
        for (const auto& [rect, role] : s.rects)
            out_ << ' ' << text(QRectF(rect)) << ' ' << roleName(role);
    }

private:
    QTextStream& out_;
};

} // namespace

const char* roleName(ColorRole role)
{
    return nameOf(kRoleNames, role);
}

QString dumpScene(const Scene& scene)
{
    QString all;
    QTextStream out(&all);
    out << "scene " << number(scene.size.width()) << 'x' << number(scene.size.height()) << " \"" << scene.name
        << "\"\n";
    for (const Shape& shape : scene.shapes) {
        std::visit(Dump(out), shape);
        out << '\n';
    }
    for (const HitRegion& region : scene.regions) {
        out << "region " << text(region.rect) << ' ' << nameOf(kRegions, region.role) << " \"" << region.name
            << '"';
        if (!region.tooltip.isEmpty())
            out << " tip=\"" << QString(region.tooltip).replace(u'\n', u'|') << '"';
        out << '\n';
    }
    return all;
}

} // namespace tideline::widgets
