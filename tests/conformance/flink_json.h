// SPDX-License-Identifier: GPL-3.0-or-later
// The small JSON forms that Flink's vector files share: times with "MIN" and "MAX", signals, names as
// numbers.
#pragma once

#include "engine/stream/watermark.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace tideline::vectors {

inline Millis millisOf(const nlohmann::json& value)
{
    if (value.is_string())
        return value == "MIN" ? kMinMillis : kMaxMillis;
    return value.get<Millis>();
}

inline nlohmann::json millisText(Millis value)
{
    if (value == kMinMillis)
        return "MIN";
    if (value == kMaxMillis)
        return "MAX";
    return value;
}

inline nlohmann::json signalText(const StreamSignal& signal)
{
    switch (signal.kind) {
    case StreamSignal::Kind::Idle:
        return {"s", "idle"};
    case StreamSignal::Kind::Active:
        return {"s", "active"};
    case StreamSignal::Kind::Watermark:
        break;
    }
    return {"w", millisText(signal.watermark)};
}

// Names numbered in the order of their first appearance.
struct Names
{
    std::vector<std::string> names;

    std::uint32_t idOf(const std::string& name)
    {
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end())
            names.push_back(name);
        return static_cast<std::uint32_t>(std::find(names.begin(), names.end(), name) - names.begin());
    }
};

} // namespace tideline::vectors
