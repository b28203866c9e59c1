// SPDX-License-Identifier: GPL-3.0-or-later
// TimeEvictor: keeps the elements whose timestamp is within a span of the largest one.
//
// It looks at the records' own timestamps, in processing-time windows too, and does nothing if the first
// element has none: the first one stands for all. Source: Flink TimeEvictor. Immutable; any thread.
#pragma once

#include "engine/stream/flink/evictor.h"
#include "engine/stream/window_arithmetic.h"

#include <algorithm>

namespace tideline::flink {

class TimeEvictor : public Evictor
{
public:
    // span in milliseconds; an element at largest - span is evicted.
    explicit TimeEvictor(Millis span, bool afterFunction = false)
        : Evictor(afterFunction)
        , span_(span)
    {}

private:
    void evict(std::vector<Element>& contents) const override
    {
        if (contents.empty() || !contents.front().timestamp)
            return;
        Millis largest = kMinMillis;
        for (const Element& element : contents)
            largest = std::max(largest, element.timestampOrMin());
        const Millis cut = saturatingSubtract(largest, span_);
        std::erase_if(contents, [cut](const Element& element) { return element.timestampOrMin() <= cut; });
    }

    Millis span_;
};

} // namespace tideline::flink
