// SPDX-License-Identifier: GPL-3.0-or-later
// What an actor asked for in a step, by kind, in order.
#pragma once

#include "engine/cluster/effects.h"

#include <variant>
#include <vector>

namespace tideline::tests {

// All effects of one kind: SetTimer, SendReply, SendRequest...
template <class Kind>
std::vector<Kind> effectsOf(Effects& out)
{
    std::vector<Kind> found;
    for (const Effect& effect : out.list()) {
        if (const auto* kind = std::get_if<Kind>(&effect))
            found.push_back(*kind);
    }
    return found;
}

// All facts of one kind.
template <class Kind>
std::vector<Kind> factsOf(Effects& out)
{
    std::vector<Kind> found;
    for (const FactBody& body : effectsOf<FactBody>(out)) {
        if (const auto* kind = std::get_if<Kind>(&body))
            found.push_back(*kind);
    }
    return found;
}

// All replies with a body of one kind, and where they go.
template <class Body>
std::vector<std::pair<ReplyTo, Body>> repliesOf(Effects& out)
{
    std::vector<std::pair<ReplyTo, Body>> found;
    for (const SendReply& reply : effectsOf<SendReply>(out)) {
        if (const auto* body = reply.body.as<Body>())
            found.emplace_back(reply.to, *body);
    }
    return found;
}

inline std::vector<Micros> timersOf(Effects& out, TimerKind kind)
{
    std::vector<Micros> times;
    for (const SetTimer& timer : effectsOf<SetTimer>(out)) {
        if (timer.timer.kind == kind)
            times.push_back(timer.at);
    }
    return times;
}

} // namespace tideline::tests
