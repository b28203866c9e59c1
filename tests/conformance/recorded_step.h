// SPDX-License-Identifier: GPL-3.0-or-later
// A step recorded from a running cluster: what was done and, beside it, what was then seen.
#pragma once

#include "engine/base/ids.h"
#include "tests/conformance/vector_file.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

namespace tideline::vectors {

// A step of which several outcomes were recorded, one in each run, once for each of them.
inline std::vector<Json> alternatives(const Json& step)
{
    if (!step.contains("any_of"))
        return {step};
    std::vector<Json> steps;
    for (const Json& outcome : step.at("any_of")) {
        steps.push_back(step);
        steps.back().update(outcome);
    }
    return steps;
}

// What was not recorded about the three nodes (who is killed first, which id each had) is tried in every
// order of 1, 2, 3: one must give what was seen. Nothing then, else the mismatch of the first order.
template <class Replay>
std::optional<Mismatch> inSomeOrder(Replay&& replay)
{
    std::vector<BrokerId> order{1, 2, 3};
    const std::optional<Mismatch> first = replay(order);
    if (!first)
        return std::nullopt;
    while (std::next_permutation(order.begin(), order.end())) {
        if (!replay(order))
            return std::nullopt;
    }
    return first;
}

// Those of `keys` that the step has.
inline Json partOf(const Json& step, std::initializer_list<const char*> keys)
{
    Json part = Json::object();
    for (const char* key : keys) {
        if (step.contains(key))
            part[key] = step.at(key);
    }
    return part;
}

// Without what was not recorded of this step.
inline Json recordedPart(Json seen, const Json& outcome)
{
    for (auto entry = seen.begin(); entry != seen.end();)
        entry = outcome.contains(entry.key()) ? std::next(entry) : seen.erase(entry);
    return seen;
}

} // namespace tideline::vectors
