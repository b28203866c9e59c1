// SPDX-License-Identifier: GPL-3.0-or-later
// PositiveDraw: where a client's rule takes its random numbers from, uniform in 0 .. 2^31-1.
//
// The engine gives an actor's Random, a recorded case its list. A reference to either: it must not outlive
// what it refers to. One thread at a time.
#pragma once

#include "engine/base/random.h"

#include <cstdint>
#include <type_traits>

namespace tideline {

class PositiveDraw
{
public:
    PositiveDraw(Random& random)
        : source_(&random)
        , draw_([](void* source) {
            return static_cast<std::int32_t>(static_cast<Random*>(source)->next() >> 33);
        })
    {}

    // Any callable that returns a number from 0 on.
    template <class Source>
        requires(!std::is_same_v<Source, PositiveDraw> && std::is_invocable_r_v<std::int32_t, Source&>)
    PositiveDraw(Source& source)
        : source_(&source)
        , draw_([](void* from) -> std::int32_t { return (*static_cast<Source*>(from))(); })
    {}

    std::int32_t operator()() const { return draw_(source_); }

private:
    void* source_;
    std::int32_t (*draw_)(void*);
};

} // namespace tideline
