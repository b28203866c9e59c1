// SPDX-License-Identifier: GPL-3.0-or-later
// NoWatermarks: the generator that never promises anything: event-time windows then wait for the end of
// input.
//
// Source: Flink NoWatermarksGenerator. A plain value; any thread.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

namespace tideline::flink {

struct NoWatermarks
{
    template <class Output>
    void onEvent(Millis, Output&&)
    {}
    template <class Output>
    void onPeriodicEmit(Millis, Output&&)
    {}

    TIDELINE_FIELDS(NoWatermarks)
};

} // namespace tideline::flink
