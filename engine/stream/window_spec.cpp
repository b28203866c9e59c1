// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/window_spec.h"

namespace tideline {

namespace {

constexpr std::int64_t kMaxWindowsPerRecord = 10'000'000;

std::string ms(Millis value)
{
    return std::to_string(value) + " ms";
}

} // namespace

std::optional<Error> checkWindowSpec(const WindowSpec& spec, const std::string& place)
{
    const bool sliding = spec.kind == WindowSpec::Kind::Sliding;
    const Millis step = sliding ? spec.slide : spec.size;
    const std::string stepName = sliding ? "slide" : "size";
    if (spec.size <= 0)
        return Error{place + ": window size " + ms(spec.size) +
                     " is not positive; give a size of at least 1 ms"};
    if (step <= 0)
        return Error{place + ": window slide " + ms(step) +
                     " is not positive; give a slide of at least 1 ms"};
    if (spec.offset <= -step || spec.offset >= step)
        return Error{place + ": window offset " + ms(spec.offset) + " is not smaller than the " + stepName +
                     " of " + ms(step) + "; give an offset between -" + stepName + " and +" + stepName};
    if (sliding && spec.size / spec.slide > kMaxWindowsPerRecord)
        return Error{place + ": size " + ms(spec.size) + " with slide " + ms(spec.slide) +
                     " puts every record into more than 10000000 windows; make the slide larger"};
    if (spec.allowedLateness < 0)
        return Error{place + ": allowed lateness " + ms(spec.allowedLateness) +
                     " is negative; give 0 or more"};
    return std::nullopt;
}

} // namespace tideline
