// SPDX-License-Identifier: GPL-3.0-or-later
// A step recorded from a running cluster: what was done and, beside it, what was then seen.
#pragma once

#include "tests/conformance/vector_file.h"

#include <initializer_list>
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
