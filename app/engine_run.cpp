// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_run.h"

#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/say.h"
#include "engine/lab/duration_text.h"

#include <algorithm>

namespace tideline::app {

namespace {

constexpr std::int64_t kSliceEvents = 20'000; // some ms of work

} // namespace

bool runTo(Engine& engine, Micros until)
{
    const Micros end = std::min(until, engine.scenario().duration);
    ProgressLine line("running");
    while (engine.advanceSome(end, kSliceEvents) == kSliceEvents) {
        line.show(engine.now(), end);
        if (interrupted()) {
            sayAside("interrupted at " + formatDuration(engine.now()) + " of the run; there is no result");
            return false;
        }
    }
    return true;
}

} // namespace tideline::app
