// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/data_time_text.h"

#include "engine/stream/window_arithmetic.h"

#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>

namespace tideline::widgets {

namespace {

constexpr Millis kSecond = 1000;
constexpr Millis kMinute = 60 * kSecond;
constexpr Millis kHour = 60 * kMinute;
constexpr Millis kDay = 24 * kHour;
constexpr Millis kYear = 365 * kDay;
constexpr Millis kElapsed = 100 * kDay; // farther from 0, a time is a date
// Beyond, a calendar has nothing to say: the marks of "before" and "after everything".
constexpr Millis kFarthest = 100'000 * kYear;

constexpr std::array<Millis, 32> kSteps{1,
                                        2,
                                        5,
                                        10,
                                        20,
                                        50,
                                        100,
                                        200,
                                        500,
                                        kSecond,
                                        2 * kSecond,
                                        5 * kSecond,
                                        10 * kSecond,
                                        20 * kSecond,
                                        30 * kSecond,
                                        kMinute,
                                        2 * kMinute,
                                        5 * kMinute,
                                        10 * kMinute,
                                        15 * kMinute,
                                        30 * kMinute,
                                        kHour,
                                        2 * kHour,
                                        3 * kHour,
                                        6 * kHour,
                                        12 * kHour,
                                        kDay,
                                        2 * kDay,
                                        7 * kDay,
                                        14 * kDay,
                                        30 * kDay,
                                        90 * kDay};

QString twoDigits(Millis value)
{
    return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0'));
}

// ".5", ".25", ".123"; nothing for whole seconds.
QString fraction(Millis time)
{
    const Millis rest = floorMod(time, kSecond);
    if (rest == 0)
        return {};
    QString digits = QStringLiteral("%1").arg(rest, 3, 10, QLatin1Char('0'));
    while (digits.endsWith(QLatin1Char('0')))
        digits.chop(1);
    return QLatin1Char('.') + digits;
}

QString elapsedText(Millis time)
{
    const QString sign = time < 0 ? QStringLiteral("−") : QString();
    const Millis size = time < 0 ? -time : time;
    const QString seconds = twoDigits(size / kSecond % 60) + fraction(size);
    const Millis minutes = size / kMinute;
    if (minutes < 60)
        return sign + QString::number(minutes) + QLatin1Char(':') + seconds;
    return sign + QString::number(minutes / 60) + QLatin1Char(':') + twoDigits(minutes % 60) +
           QLatin1Char(':') + seconds;
}

QString dayText(Millis time)
{
    return QLocale::c().toString(QDateTime::fromMSecsSinceEpoch(time, Qt::UTC).date(),
                                 QStringLiteral("MMM d"));
}

QString clockText(Millis time)
{
    const Millis ofDay = floorMod(time, kDay);
    QString text = twoDigits(ofDay / kHour) + QLatin1Char(':') + twoDigits(ofDay / kMinute % 60);
    if (ofDay % kMinute != 0)
        text += QLatin1Char(':') + twoDigits(ofDay / kSecond % 60) + fraction(ofDay);
    return text;
}

bool sameDay(Millis a, Millis b)
{
    return floorDiv(a, kDay) == floorDiv(b, kDay);
}

QString tickLabel(Millis at, Millis step, bool sayDay)
{
    if (!isDate(at) || at > kFarthest || at < -kFarthest)
        return dataTimeText(at);
    if (step >= kDay)
        return dayText(at);
    return sayDay ? dayText(at) + QLatin1Char(' ') + clockText(at) : clockText(at);
}

} // namespace

bool isDate(Millis time)
{
    return time > kElapsed || time < -kElapsed;
}

QString dataTimeText(Millis time)
{
    if (time > kFarthest || time < -kFarthest)
        return time < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
    return isDate(time) ? dayText(time) + QLatin1Char(' ') + clockText(time) : elapsedText(time);
}

QString dataWindowText(Millis start, Millis end)
{
    const bool wholeDays = isDate(start) && isDate(end) && end <= kFarthest && start >= -kFarthest &&
                           floorMod(start, kDay) == 0 && floorMod(end, kDay) == 0;
    if (wholeDays)
        return QStringLiteral("[%1, %2)").arg(dayText(start), dayText(end));
    const bool dayOnce =
        isDate(start) && isDate(end) && sameDay(start, saturatingAdd(end, -1)) && sameDay(start, end);
    return QStringLiteral("[%1, %2)").arg(dataTimeText(start), dayOnce ? clockText(end) : dataTimeText(end));
}

QString spanText(Millis span)
{
    if (span > kFarthest || span < -kFarthest)
        return span < 0 ? QStringLiteral("−∞") : QStringLiteral("∞");
    if (span < 0)
        return QStringLiteral("−") + spanText(-span);
    if (span < kSecond)
        return QStringLiteral("%1 ms").arg(span);
    if (span < kMinute)
        return QStringLiteral("%1%2 s").arg(span / kSecond).arg(fraction(span));
    QStringList parts;
    const auto add = [&](Millis unit, Millis below, const char* name) {
        if (const Millis count = span / unit % below; count != 0 && parts.size() < 2)
            parts << QStringLiteral("%1 %2").arg(count).arg(QLatin1String(name));
    };
    add(kDay, kFarthest, "d");
    add(kHour, 24, "h");
    add(kMinute, 60, "min");
    add(kSecond, 60, "s");
    return parts.join(QLatin1Char(' '));
}

Millis tickStep(Millis from, Millis to, int most)
{
    const double span = static_cast<double>(to) - static_cast<double>(from);
    for (const Millis step : kSteps) {
        if (span / static_cast<double>(step) <= most)
            return step;
    }
    // Years: a one and zeros.
    double step = static_cast<double>(kYear);
    while (span / step > most)
        step *= 10;
    return step < 9e18 ? static_cast<Millis>(step) : kMaxMillis;
}

std::vector<TimeTick> timeTicks(Millis from, Millis to, int most)
{
    std::vector<TimeTick> ticks;
    if (to < from || most < 1)
        return ticks;
    const Millis step = tickStep(from, to, most);
    Millis at = windowStart(from, 0, step);
    if (at < from)
        at = saturatingAdd(at, step);
    while (at <= to && static_cast<int>(ticks.size()) <= most) {
        const bool sayDay = ticks.empty() || !sameDay(ticks.back().at, at);
        ticks.push_back({at, tickLabel(at, step, sayDay)});
        if (at > kMaxMillis - step)
            break;
        at += step;
    }
    return ticks;
}

} // namespace tideline::widgets
