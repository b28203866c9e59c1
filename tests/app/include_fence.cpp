// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/include_fence.h"

#include <QRegularExpression>

namespace tideline::tests {

namespace {

const QStringList kLayers{QStringLiteral("engine"), QStringLiteral("model"), QStringLiteral("widgets"),
                          QStringLiteral("app")};

// Classes of QtGui, QtWidgets and QtCharts that a library linking QtCore alone still finds headers for.
const QRegularExpression
    kBeyondCore(QStringLiteral("^(QtGui|QtWidgets|QtCharts|QtConcurrent|QtTest|QtNetwork|QtSvg)(/"
                               "|$)|^Q(Widget|Color|Font|FontMetrics\\w*|Image|Pixmap|"
                               "Painter\\w*|Palette|Pen|Brush|Icon|Action|ActionGroup|Application|"
                               "GuiApplication|Window|Chart\\w*|MainWindow|"
                               "DockWidget|Label|\\w*Button|\\w*View|\\w*Event|\\w*Layout|\\w*Dialog|Menu\\w*"
                               "|ToolBar|Style\\w*|Screen|Cursor|"
                               "KeySequence|Shortcut|Transform|Polygon\\w*|Region|Vector[234]D)$"));
const QRegularExpression kInclude(QStringLiteral("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
const QRegularExpression kClockThreadChance(QStringLiteral(
    "^(thread|stop_token|mutex|shared_mutex|condition_variable|future|semaphore|barrier|latch|chrono|random|"
    "unordered_map|unordered_set|ctime|time\\.h|pthread\\.h|sys/time\\.h|execution)$"));
const QRegularExpression kForbiddenWords(
    QStringLiteral("\\bstd::(\\w+_distribution|s?random_device|mt19937\\w*|shuffle|random_shuffle|unordered_"
                   "\\w+|hash<|thread|jthread|"
                   "chrono)|(?<![\\w:.>])s?rand\\s*\\(|\\bclock_gettime\\b|\\bgettimeofday\\b"));

QString withoutComment(const QString& line)
{
    const qsizetype comment = line.indexOf(QStringLiteral("//"));
    return comment < 0 ? line : line.left(comment);
}

QString judgeInclude(const QString& file, const QString& layer, const QString& header)
{
    const qsizetype mine = kLayers.indexOf(layer);
    const qsizetype theirs = kLayers.indexOf(header.section(QLatin1Char('/'), 0, 0));
    if (theirs > mine)
        return layer + QStringLiteral(" includes ") + header + QStringLiteral(" of a higher layer");
    const bool qt =
        QRegularExpression(QStringLiteral("^(Q[A-Z]\\w*|Qt\\w+/.*|q[a-z]+\\.h)$")).match(header).hasMatch();
    if (layer == QLatin1String("engine")) {
        if (qt)
            return QStringLiteral("the engine includes ") + header + QStringLiteral(" of Qt");
        if (kClockThreadChance.match(header).hasMatch())
            return QStringLiteral("the engine includes <") + header +
                   QStringLiteral(">, and has no clock, thread, chance or hash order");
        static const QStringList kMayCount{QStringLiteral("engine/base/cow.h"),
                                           QStringLiteral("engine/log/chunk.h"),
                                           QStringLiteral("engine/log/chunk.cpp")};
        if (header == QLatin1String("atomic") && !kMayCount.contains(file))
            return QStringLiteral("only shared values count atomically in the engine");
    }
    if (layer == QLatin1String("model") && kBeyondCore.match(header).hasMatch())
        return QStringLiteral("the model includes ") + header + QStringLiteral(", and knows only QtCore");
    return {};
}

} // namespace

QStringList fenceBreaches(const SourceFile& file)
{
    const QString layer = file.name.section(QLatin1Char('/'), 0, 0);
    QStringList breaches;
    for (qsizetype i = 0; i < file.lines.size(); ++i) {
        const QRegularExpressionMatch include = kInclude.match(file.lines[i]);
        QString what;
        if (include.hasMatch())
            what = judgeInclude(file.name, layer, include.captured(2));
        else if (layer == QLatin1String("engine")) {
            const QRegularExpressionMatch word = kForbiddenWords.match(withoutComment(file.lines[i]));
            if (word.hasMatch())
                what = QStringLiteral("the engine uses ") + word.captured(0).trimmed();
        }
        if (!what.isEmpty())
            breaches.append(file.name + QLatin1Char(':') + QString::number(i + 1) + QStringLiteral(": ") +
                            what);
    }
    return breaches;
}

} // namespace tideline::tests
