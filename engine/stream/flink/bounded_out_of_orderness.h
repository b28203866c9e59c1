// SPDX-License-Identifier: GPL-3.0-or-later
// BoundedOutOfOrderness: the watermark generator that trusts records to be at most B milliseconds out of
// order.
//
// W = largest timestamp - B - 1. The -1 is there because a second record with timestamp max - B may still
// come, and W promises that nothing <= W does. Source: Flink BoundedOutOfOrdernessWatermarks. A plain value;
// one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"
#include "engine/stream/window_arithmetic.h"

#include <algorithm>

namespace tideline::flink {

class BoundedOutOfOrderness
{
public:
    // outOfOrderness in milliseconds, 0 <= outOfOrderness < 2^63 - 1.
    explicit BoundedOutOfOrderness(Millis outOfOrderness = 0)
        : outOfOrderness_(outOfOrderness)
        , maxTimestamp_(kMinMillis + outOfOrderness + 1)
    {}

    // The first possible watermark is kMinMillis: before any record there is no promise.
    Millis watermark() const { return maxTimestamp_ - outOfOrderness_ - 1; }

    template <class Output>
    void onEvent(Millis timestamp, Output&&)
    {
        maxTimestamp_ = std::max(maxTimestamp_, timestamp);
    }

    template <class Output>
    void onPeriodicEmit(Millis /*now*/, Output&& output)
    {
        output.emitWatermark(watermark());
    }

    bool operator==(const BoundedOutOfOrderness&) const = default;
    TIDELINE_FIELDS(BoundedOutOfOrderness, outOfOrderness_, maxTimestamp_)

private:
    Millis outOfOrderness_;
    Millis maxTimestamp_;
};

} // namespace tideline::flink
