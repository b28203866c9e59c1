// SPDX-License-Identifier: GPL-3.0-or-later
// DeltaEvictor: removes the elements that differ from the last one by a threshold or more. Source: Flink
// DeltaEvictor. Immutable.
#pragma once

#include "engine/stream/flink/delta.h"
#include "engine/stream/flink/evictor.h"

namespace tideline::flink {

class DeltaEvictor : public Evictor
{
public:
    explicit DeltaEvictor(std::int64_t threshold, bool afterFunction = false)
        : Evictor(afterFunction)
        , threshold_(threshold)
    {}

private:
    void evict(std::vector<Element>& contents) const override
    {
        if (contents.empty())
            return;
        const std::int64_t last = contents.back().value;
        std::erase_if(contents,
                      [&](const Element& element) { return delta(element.value, last) >= threshold_; });
    }

    std::int64_t threshold_;
};

} // namespace tideline::flink
