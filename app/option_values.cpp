// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/option_values.h"

#include "engine/lab/duration_text.h"

#include <QFileInfo>

#include <algorithm>
#include <charconv>
#include <string_view>

namespace tideline::app {

namespace {

constexpr QSize kSmallest{480, 320}; // below, nothing of a view can be read
constexpr QSize kLargest{7680, 4320};

std::string quoted(const std::string& value)
{
    return "\"" + value + "\"";
}

std::string listed(const std::vector<std::string>& words)
{
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i)
        list += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return list;
}

// All of `text` as a number; false when there is anything else in it.
template <class Number>
bool readNumber(std::string_view text, Number& number)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

} // namespace

Result<Micros> timeOption(const std::string& option, const std::string& value)
{
    const Result<Micros> time = parseMoment(value);
    if (!time.ok())
        return Error{option + ": " + time.error().sentence};
    if (time.value() < 0)
        return Error{option + " " + quoted(value) +
                     ": the run begins at 0 s; give a time of 0 s or later, such as \"41 s\""};
    return time.value();
}

Result<QSize> sizeOption(const std::string& option, const std::string& value)
{
    const std::size_t x = value.find('x');
    int width = 0;
    int height = 0;
    if (x == std::string::npos || !readNumber(std::string_view(value).substr(0, x), width) ||
        !readNumber(std::string_view(value).substr(x + 1), height))
        return Error{option + " " + quoted(value) +
                     ": a size is width x height in pixels; write it like 1600x1000"};
    if (width < kSmallest.width() || height < kSmallest.height() || width > kLargest.width() ||
        height > kLargest.height())
        return Error{
            option + " " + quoted(value) +
            ": a picture has 480x320 to 7680x4320 pixels; choose a size in between, such as 1600x1000"};
    return QSize(width, height);
}

Result<std::uint64_t> seedOption(const std::string& option, const std::string& value)
{
    std::uint64_t seed = 0;
    if (!readNumber(value, seed))
        return Error{option + " " + quoted(value) +
                     ": a seed is a whole number from 0 to 18446744073709551615; give one, such as 7"};
    return seed;
}

Result<BrokerId> brokerOption(const std::string& option, const std::string& value)
{
    BrokerId broker = 0;
    if (!readNumber(value, broker) || broker < 1)
        return Error{option + " " + quoted(value) +
                     ": a broker is a whole number from 1 on; give one, such as 2"};
    return broker;
}

Result<std::string> wordOption(const std::string& option, const std::string& value,
                               const std::vector<std::string>& allowed)
{
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
        return Error{option + " " + quoted(value) + ": there is no such choice; use " + listed(allowed)};
    return value;
}

Result<View> viewOption(const std::string& option, const std::string& value)
{
    static const std::vector<std::string> kNames{"cluster", "groups", "time", "charts", "journal"};
    const Result<std::string> word = wordOption(option, value, kNames);
    if (!word.ok())
        return word.error();
    const auto place = std::find(kNames.begin(), kNames.end(), value) - kNames.begin();
    return static_cast<View>(place);
}

Result<QString> outputOption(const std::string& option, const std::string& value,
                             const std::string& extension)
{
    const QString name = QString::fromStdString(value);
    if (!name.endsWith(QLatin1Char('.') + QString::fromStdString(extension), Qt::CaseInsensitive))
        return Error{option + " " + quoted(value) + ": only ." + extension +
                     " files are written here; name the file *." + extension};
    const QFileInfo file(name);
    const QFileInfo folder(file.absolutePath());
    if (file.isDir())
        return Error{option + " " + quoted(value) +
                     ": this is a folder, and a file is written; add a file name"};
    if (!folder.isDir() || !folder.isWritable() || (file.exists() && !file.isWritable()))
        return Error{option + " " + quoted(value) +
                     ": nothing can be written there; choose a folder that exists and may be written to"};
    return name;
}

} // namespace tideline::app
