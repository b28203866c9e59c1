// SPDX-License-Identifier: GPL-3.0-or-later
// Evictor: removes elements from a window's contents at a firing, before or after the window function has
// seen them.
//
// What survives is written back to the state: an evicted element never comes again. Source: Flink Evictor.
// Immutable; any thread.
#pragma once

#include "engine/stream/flink/element.h"

#include <memory>
#include <vector>

namespace tideline::flink {

class Evictor
{
public:
    // afterFunction: evict after the window function instead of before.
    explicit Evictor(bool afterFunction)
        : afterFunction_(afterFunction)
    {}
    virtual ~Evictor() = default;

    void evictBefore(std::vector<Element>& contents) const
    {
        if (!afterFunction_)
            evict(contents);
    }
    void evictAfter(std::vector<Element>& contents) const
    {
        if (afterFunction_)
            evict(contents);
    }

private:
    virtual void evict(std::vector<Element>& contents) const = 0;

    bool afterFunction_;
};

using EvictorPtr = std::shared_ptr<const Evictor>;

} // namespace tideline::flink
