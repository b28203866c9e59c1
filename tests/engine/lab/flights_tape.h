// SPDX-License-Identifier: GPL-3.0-or-later
// FlightsTape: the shipped log of flights, read plainly, for runs of the engine alone: model/ has the real
// reader.
#pragma once

#include "engine/lab/tape.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

namespace tideline {

class FlightsTape : public Tape
{
public:
    explicit FlightsTape(const std::string& path)
    {
        std::ifstream file(path);
        std::string header;
        std::getline(file, header);
        for (std::string line; std::getline(file, line);)
            lines_.push_back(line);
        byTime_.resize(lines_.size());
        std::iota(byTime_.begin(), byTime_.end(), std::int64_t{0});
        std::stable_sort(byTime_.begin(), byTime_.end(), [this](std::int64_t a, std::int64_t b) {
            return row(a).happened < row(b).happened;
        });
    }
    std::int64_t rows() const override { return static_cast<std::int64_t>(lines_.size()); }
    // seen_at, scheduled_at and origin stand at the same places in every line.
    TapeRow row(std::int64_t i) const override
    {
        const std::string& line = lines_[static_cast<std::size_t>(i)];
        const std::string_view view = line;
        return {timeOf(view.substr(0, 16)), timeOf(view.substr(17, 16)), view.substr(34, 3), view, true};
    }
    std::int64_t rowByEventTime(std::int64_t i) const override
    {
        return byTime_[static_cast<std::size_t>(i)];
    }
    std::uint64_t contentHash() const override { return lines_.size(); }

private:
    // "2001-01-31 02:23" in ms since 1970.
    static Millis timeOf(std::string_view text)
    {
        const auto number = [text](std::size_t at, std::size_t digits) {
            return std::stoi(std::string(text.substr(at, digits)));
        };
        const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                              std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                              std::chrono::day(static_cast<unsigned>(number(8, 2)))};
        const std::int64_t days = std::chrono::sys_days(day).time_since_epoch().count();
        return ((days * 24 + number(11, 2)) * 60 + number(14, 2)) * 60'000;
    }

    std::vector<std::string> lines_;
    std::vector<std::int64_t> byTime_;
};

} // namespace tideline
