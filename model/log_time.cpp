// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/log_time.h"

#include <algorithm>
#include <array>

namespace tideline::model {

namespace {

constexpr std::int64_t kMillisPerDay = 86'400'000;

// Reads from the front of a text; every step says whether it succeeded, and a failed one leaves the rest
// unread.
class Scanner
{
public:
    explicit Scanner(std::string_view text)
        : rest_(text)
    {}

    bool atEnd() const { return rest_.empty(); }
    char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

    bool take(char c)
    {
        if (peek() != c)
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    // Exactly `count` digits, with a value in [low, high].
    bool number(std::size_t count, std::int64_t low, std::int64_t high, std::int64_t& value)
    {
        if (digits() < count)
            return false;
        value = 0;
        for (std::size_t i = 0; i < count; ++i)
            value = value * 10 + (rest_[i] - '0');
        rest_.remove_prefix(count);
        return value >= low && value <= high;
    }

    // Digits after a point, as thousandths rounded down; at least one.
    bool thousandths(std::int64_t& value)
    {
        const std::size_t count = digits();
        if (count == 0)
            return false;
        value = 0;
        for (std::size_t i = 0; i < 3; ++i)
            value = value * 10 + (i < count ? rest_[i] - '0' : 0);
        nothingBelow_ =
            rest_.substr(0, count).substr(std::min<std::size_t>(count, 3)).find_first_not_of('0') ==
            std::string_view::npos;
        rest_.remove_prefix(count);
        return true;
    }
    // Whether the digits that thousandths() left out were all 0.
    bool nothingBelow() const { return nothingBelow_; }

    std::size_t digits() const
    {
        std::size_t count = 0;
        while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9')
            ++count;
        return count;
    }

private:
    std::string_view rest_;
    bool nothingBelow_ = true;
};

bool isLeapYear(std::int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

std::int64_t daysIn(std::int64_t year, std::int64_t month)
{
    constexpr std::array<std::int64_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && isLeapYear(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// 2018-01-31, in ms.
bool scanDate(Scanner& scanner, Millis& date)
{
    std::int64_t year = 0;
    std::int64_t month = 0;
    std::int64_t day = 0;
    if (!scanner.number(4, 0, 9999, year) || !scanner.take('-') || !scanner.number(2, 1, 12, month) ||
        !scanner.take('-') || !scanner.number(2, 1, 31, day) || day > daysIn(year, month))
        return false;
    date = daysFromCivil(year, month, day) * kMillisPerDay;
    return true;
}

// 02:23, 02:23:11 or 02:23:11.235, in ms.
bool scanClock(Scanner& scanner, Millis& clock)
{
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t milli = 0;
    if (!scanner.number(2, 0, 23, hour) || !scanner.take(':') || !scanner.number(2, 0, 59, minute))
        return false;
    if (scanner.take(':')) {
        if (!scanner.number(2, 0, 60, second))
            return false;
        if ((scanner.take('.') || scanner.take(',')) && !scanner.thousandths(milli))
            return false;
    }
    clock = ((hour * 60 + minute) * 60 + second) * 1000 + milli;
    return true;
}

// Z, +01:00, +0100, +01 or nothing: what local time is ahead of UTC, in ms.
bool scanZone(Scanner& scanner, Millis& ahead)
{
    ahead = 0;
    if (scanner.atEnd() || scanner.take('Z'))
        return true;
    const bool west = scanner.peek() == '-';
    std::int64_t hours = 0;
    std::int64_t minutes = 0;
    if ((!scanner.take('+') && !scanner.take('-')) || !scanner.number(2, 0, 23, hours))
        return false;
    if (scanner.take(':') || !scanner.atEnd()) {
        if (!scanner.number(2, 0, 59, minutes))
            return false;
    }
    ahead = (hours * 60 + minutes) * 60'000 * (west ? -1 : 1);
    return true;
}

// Seconds or milliseconds since 1970.
std::optional<Millis> parseEpoch(std::string_view text)
{
    constexpr std::int64_t kMostSeconds = 100'000'000'000;    // year 5138; as ms it is 1973
    constexpr std::int64_t kMostMillis = 253'402'300'800'000; // year 10000
    const bool negative = text.starts_with('-');
    Scanner scanner(text.substr(negative ? 1 : 0));
    const std::size_t digits = scanner.digits();
    std::int64_t whole = 0;
    std::int64_t milli = 0;
    if (digits == 0 || digits > 17 || !scanner.number(digits, 0, kMostMillis, whole))
        return std::nullopt;
    const bool fraction = scanner.take('.');
    if ((fraction && !scanner.thousandths(milli)) || !scanner.atEnd())
        return std::nullopt;
    if (whole >= kMostSeconds)
        return fraction ? std::optional<Millis>() : std::optional<Millis>(negative ? -whole : whole);
    const Millis size = whole * 1000 + milli;
    // Rounding down moves a time before 1970 away from it.
    return negative ? -size - (scanner.nothingBelow() ? 0 : 1) : size;
}

} // namespace

std::int64_t daysFromCivil(std::int64_t year, std::int64_t month, std::int64_t day)
{
    const std::int64_t shifted =
        year - (month <= 2 ? 1 : 0); // years begin in March, so that the leap day is the last
    const std::int64_t era = floorDiv(shifted, 400);
    const std::int64_t yearOfEra = shifted - era * 400;
    const std::int64_t dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const std::int64_t dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146'097 + dayOfEra - 719'468;
}

std::optional<Millis> parseLogTime(std::string_view text)
{
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    Scanner scanner(text);
    if (scanner.digits() != 4 || text.size() < 5 || text[4] != '-')
        return parseEpoch(text);
    Millis date = 0;
    Millis clock = 0;
    Millis ahead = 0;
    if (!scanDate(scanner, date))
        return std::nullopt;
    if (!scanner.atEnd() && (!(scanner.take('T') || scanner.take(' ')) || !scanClock(scanner, clock) ||
                             !scanZone(scanner, ahead)))
        return std::nullopt;
    if (!scanner.atEnd())
        return std::nullopt;
    return date + clock - ahead;
}

} // namespace tideline::model
