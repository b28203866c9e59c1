// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/number_text.h"

#include <array>

namespace tideline::widgets {

namespace {

constexpr QChar kMinus(0x2212);
constexpr QChar kThinSpace(0x2009);

// |value| without overflow at the end of the range.
std::uint64_t magnitude(std::int64_t value)
{
    return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

QString twoDigits(std::uint64_t value)
{
    return QString::number(value).rightJustified(2, u'0');
}

// "1:20" or "1:02:03" of whole seconds.
QString minutesText(std::uint64_t seconds)
{
    const std::uint64_t hours = seconds / 3600;
    const std::uint64_t minutes = seconds / 60 % 60;
    if (hours == 0)
        return QString::number(minutes) + u':' + twoDigits(seconds % 60);
    return QString::number(hours) + u':' + twoDigits(minutes) + u':' + twoDigits(seconds % 60);
}

// value / unit with one decimal below ten of them: "4.1", "38". Truncated.
QString shortNumber(std::uint64_t value, std::uint64_t unit)
{
    const std::uint64_t tenths = value / (unit / 10);
    if (tenths >= 100)
        return QString::number(tenths / 10);
    return QString::number(tenths / 10) + u'.' + QString::number(tenths % 10);
}

// "2 min 5 s", "2 min".
QString twoUnits(std::uint64_t large, QLatin1String largeUnit, std::uint64_t small, QLatin1String smallUnit)
{
    const QString text = QString::number(large) + largeUnit;
    return small == 0 ? text : text + u' ' + QString::number(small) + smallUnit;
}

} // namespace

QString clockText(Micros time)
{
    const std::uint64_t millis = magnitude(toMillis(time));
    const QString text = twoDigits(millis / 3'600'000) + u':' + twoDigits(millis / 60'000 % 60) + u':' +
                         twoDigits(millis / 1000 % 60) + u'.' +
                         QString::number(millis % 1000).rightJustified(3, u'0');
    return time < 0 ? kMinus + text : text;
}

QString shortTimeText(Micros time)
{
    const std::int64_t seconds = floorDiv(time, kMicrosPerSecond);
    return seconds < 0 ? kMinus + minutesText(magnitude(seconds)) : minutesText(magnitude(seconds));
}

QString durationText(Micros duration)
{
    const std::uint64_t micros = magnitude(duration);
    const QString sign = duration < 0 ? QString(kMinus) : QString();
    if (micros == 0)
        return QStringLiteral("0 s");
    if (micros < 1000)
        return sign + QString::number(micros) + QStringLiteral(" µs");
    if (micros < 10'000 && micros % 1000 != 0)
        return sign + shortNumber(micros, 1000) + QStringLiteral(" ms");
    if (micros < 1'000'000)
        return sign + QString::number(micros / 1000) + QStringLiteral(" ms");
    const std::uint64_t seconds = micros / 1'000'000;
    if (seconds < 60 && micros % 1'000'000 == 0)
        return sign + QString::number(seconds) + QStringLiteral(" s");
    if (seconds < 60)
        return sign + shortNumber(micros, 1'000'000) + QStringLiteral(" s");
    if (seconds < 3600)
        return sign + twoUnits(seconds / 60, QLatin1String(" min"), seconds % 60, QLatin1String(" s"));
    if (seconds < 48 * 3600)
        return sign + twoUnits(seconds / 3600, QLatin1String(" h"), seconds / 60 % 60, QLatin1String(" min"));
    return sign + twoUnits(seconds / 86'400, QLatin1String(" d"), seconds / 3600 % 24, QLatin1String(" h"));
}

QString countText(std::int64_t count)
{
    QString digits = QString::number(magnitude(count));
    for (qsizetype at = digits.size() - 3; at > 0; at -= 3)
        digits.insert(at, kThinSpace);
    return count < 0 ? kMinus + digits : digits;
}

QString bytesText(std::int64_t bytes)
{
    constexpr std::array<std::pair<std::uint64_t, const char16_t*>, 4> kUnits = {
        {{1'000'000'000'000, u" TB"}, {1'000'000'000, u" GB"}, {1'000'000, u" MB"}, {1'000, u" kB"}}};
    const std::uint64_t value = magnitude(bytes);
    for (const auto& [unit, name] : kUnits) {
        if (value >= unit)
            return shortNumber(value, unit) + QString::fromUtf16(name);
    }
    return QString::number(value) + QStringLiteral(" B");
}

} // namespace tideline::widgets
