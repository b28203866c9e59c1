// SPDX-License-Identifier: GPL-3.0-or-later
// CountEvictor: keeps the last n elements. Source: Flink CountEvictor. Immutable; any thread.
#pragma once

#include "engine/stream/flink/evictor.h"

#include <cstddef>

namespace tideline::flink {

class CountEvictor : public Evictor
{
public:
    explicit CountEvictor(std::size_t maxCount, bool afterFunction = false)
        : Evictor(afterFunction)
        , maxCount_(maxCount)
    {}

private:
    void evict(std::vector<Element>& contents) const override
    {
        if (contents.size() > maxCount_)
            contents.erase(contents.begin(), contents.end() - static_cast<std::ptrdiff_t>(maxCount_));
    }

    std::size_t maxCount_;
};

} // namespace tideline::flink
