// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/progress_line.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <utility>

namespace tideline::app {

ProgressLine::ProgressLine(std::string what)
    : what_(std::move(what))
    , terminal_(isatty(STDERR_FILENO) == 1)
{}

ProgressLine::~ProgressLine()
{
    if (terminal_ && percent_ >= 0)
        std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(std::int64_t done, std::int64_t all)
{
    const std::int64_t percent =
        all <= 0 ? 0 : std::clamp<std::int64_t>(done / std::max<std::int64_t>(1, all / 100), 0, 100);
    if (!terminal_ || percent == percent_)
        return;
    percent_ = percent;
    std::fprintf(stderr, "\r%s %lld %%", what_.c_str(), static_cast<long long>(percent));
    std::fflush(stderr);
}

} // namespace tideline::app
