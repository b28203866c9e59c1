// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine_run.h"

#include "app/interrupt.h"
#include "app/progress_line.h"
#include "app/say.h"
#include "engine/lab/duration_text.h"
#include "model/slice_of_work.h"

#include <algorithm>

namespace tideline::app {

bool runTo(Engine& engine, Micros until)
{
    const Micros end = std::min(until, engine.scenario().duration);
    ProgressLine line("running");
    const bool reached = model::advanceInSlices(engine, end, [&] {
        line.show(engine.now(), end);
        return !interrupted();
    });
    if (!reached)
        sayAside("interrupted at " + formatDuration(engine.now() / 1000 * 1000) +
                 " of the run; there is no result");
    return reached;
}

} // namespace tideline::app
