// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/duration_text.h"

#include "engine/base/random.h"
#include "engine/lab/scenario_keys_nearest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace tideline {

namespace {

struct Unit
{
    std::string_view name;
    std::int64_t factor; // in the smallest unit of its table
};

constexpr std::array<Unit, 6> kDurationUnits = {{{"us", 1},
                                                 {"ms", 1'000},
                                                 {"s", 1'000'000},
                                                 {"min", 60'000'000},
                                                 {"h", 3'600'000'000},
                                                 {"d", 86'400'000'000}}};

// In bits a second.
constexpr std::array<Unit, 8> kBandwidthUnits = {{{"bit/s", 1},
                                                  {"kbit/s", 1'000},
                                                  {"Mbit/s", 1'000'000},
                                                  {"Gbit/s", 1'000'000'000},
                                                  {"B/s", 8},
                                                  {"kB/s", 8'000},
                                                  {"MB/s", 8'000'000},
                                                  {"GB/s", 8'000'000'000}}};

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// A decimal number in parts, so that nothing is rounded: digits before and after the point.
struct NumberAndUnit
{
    bool negative = false;
    std::string_view whole;
    std::string_view fraction;
    std::string_view unit;
};

std::optional<NumberAndUnit> splitNumber(std::string_view text)
{
    NumberAndUnit parts;
    if (text.starts_with('-')) {
        parts.negative = true;
        text.remove_prefix(1);
    }
    const auto takeDigits = [&text] {
        std::size_t count = 0;
        while (count < text.size() && isDigit(text[count]))
            ++count;
        const std::string_view digits = text.substr(0, count);
        text.remove_prefix(count);
        return digits;
    };
    parts.whole = takeDigits();
    if (parts.whole.empty() || parts.whole.size() > 18)
        return std::nullopt;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        parts.fraction = takeDigits();
        if (parts.fraction.empty() || parts.fraction.size() > 18)
            return std::nullopt;
    }
    while (text.starts_with(' '))
        text.remove_prefix(1);
    while (text.ends_with(' '))
        text.remove_suffix(1);
    parts.unit = text;
    return parts;
}

std::int64_t toNumber(std::string_view digits)
{
    std::int64_t number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// number * factor when that is whole.
std::optional<Int128> scaled(const NumberAndUnit& parts, std::int64_t factor)
{
    Int128 denominator = 1;
    for (std::size_t i = 0; i < parts.fraction.size(); ++i)
        denominator *= 10;
    const Int128 fractionPart = static_cast<Int128>(toNumber(parts.fraction)) * factor;
    if (fractionPart % denominator != 0)
        return std::nullopt;
    const Int128 sum = static_cast<Int128>(toNumber(parts.whole)) * factor + fractionPart / denominator;
    return parts.negative ? -sum : sum;
}

template <std::size_t N>
const Unit* findUnit(const std::array<Unit, N>& units, std::string_view name)
{
    for (const Unit& unit : units) {
        if (unit.name == name)
            return &unit;
    }
    return nullptr;
}

Error error(std::string_view text, std::string_view rest)
{
    return Error{inQuotes(text) + std::string(rest)};
}

constexpr Int128 kReadable = Int128{kLongestDuration} * 100; // µs

Error tooLong(std::string_view text)
{
    return error(text, " is longer than any run; write a duration of at most 1000 d");
}

// A number as a programming language or another country writes it.
bool isForeignNumber(const NumberAndUnit& parts)
{
    return parts.unit.size() > 1 && (parts.unit[0] == ',' || parts.unit[0] == 'e' || parts.unit[0] == 'E') &&
           (isDigit(parts.unit[1]) || parts.unit[1] == '-' || parts.unit[1] == '+');
}

Result<Int128> exactMicros(std::string_view text)
{
    constexpr std::string_view remedy = "; write a number and one of us, ms, s, min, h, d, such as \"41 s\"";
    const auto parts = splitNumber(text);
    if (!parts)
        return error(text, " is not a duration" + std::string(remedy));
    if (isForeignNumber(*parts))
        return error(
            text,
            " has a number with an exponent or a comma; write it as digits and a point, such as \"1.5 s\"");
    if (parts->unit.empty())
        return error(text, " is a duration without a unit" + std::string(remedy));
    const Unit* unit = findUnit(kDurationUnits, parts->unit == "µs" ? "us" : parts->unit);
    if (!unit)
        return error(text, " has the unit " + inQuotes(parts->unit) + ", which is no unit of time" +
                               std::string(remedy));
    const auto micros = scaled(*parts, unit->factor);
    if (!micros)
        return error(text, " is no whole number of microseconds; write a coarser duration");
    return *micros;
}

} // namespace

Result<Micros> parseDuration(std::string_view text)
{
    const Result<Int128> micros = exactMicros(text);
    if (!micros.ok())
        return micros.error();
    if (micros.value() > kReadable || micros.value() < -kReadable)
        return tooLong(text);
    return static_cast<Micros>(micros.value());
}

Result<Micros> parseMoment(std::string_view text)
{
    const Result<Int128> micros = exactMicros(text);
    if (!micros.ok())
        return micros.error();
    return static_cast<Micros>(std::clamp<Int128>(micros.value(), -kReadable, kReadable));
}

std::string formatDuration(Micros duration)
{
    if (duration == 0)
        return "0 s";
    for (std::size_t i = kDurationUnits.size(); i-- > 0;) {
        const Unit& unit = kDurationUnits[i];
        if (duration % unit.factor == 0)
            return std::to_string(duration / unit.factor) + " " + std::string(unit.name);
    }
    return {};
}

Result<std::int64_t> parseRate(std::string_view text)
{
    const auto parts = splitNumber(text);
    if (!parts || parts->negative || !parts->fraction.empty() || parts->unit != "/s")
        return error(text, " is not a rate; write whole records a second, such as \"200/s\"");
    return toNumber(parts->whole);
}

std::string formatRate(std::int64_t recordsPerSecond)
{
    return std::to_string(recordsPerSecond) + "/s";
}

Result<std::int64_t> parseBandwidth(std::string_view text)
{
    const auto parts = splitNumber(text);
    const Unit* unit = parts ? findUnit(kBandwidthUnits, parts->unit) : nullptr;
    if (!unit || parts->negative)
        return error(text, " is not a bandwidth; write a number and one of bit/s, kbit/s, Mbit/s, Gbit/s, "
                           "B/s, kB/s, MB/s, GB/s, "
                           "such as \"1 Gbit/s\"");
    const auto bits = scaled(*parts, unit->factor);
    if (!bits || *bits < 8 || *bits > Int128{8'000'000'000'000'000} || *bits % 8 != 0)
        return error(
            text,
            " is no whole number of bytes a second from 1 B/s to 1000000 GB/s; write another bandwidth");
    return static_cast<std::int64_t>(*bits / 8);
}

std::string formatBandwidth(std::int64_t bytesPerSecond)
{
    std::int64_t number = bytesPerSecond;
    std::size_t unit = 0;
    constexpr std::array<std::string_view, 4> kUnits = {" B/s", " kB/s", " MB/s", " GB/s"};
    while (unit + 1 < kUnits.size() && number != 0 && number % 1'000 == 0) {
        number /= 1'000;
        ++unit;
    }
    return std::to_string(number) + std::string(kUnits[unit]);
}

} // namespace tideline
