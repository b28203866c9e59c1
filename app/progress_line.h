// SPDX-License-Identifier: GPL-3.0-or-later
// One line on a terminal that says how far long work is; silent where standard error is no terminal.
#pragma once

#include <cstdint>
#include <string>

namespace tideline::app {

class ProgressLine
{
public:
    explicit ProgressLine(std::string what);
    ~ProgressLine(); // wipes the line
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    // Prints only when the percentage changed.
    void show(std::int64_t done, std::int64_t all);

private:
    std::string what_;
    bool terminal_;
    std::int64_t percent_ = -1;
};

} // namespace tideline::app
