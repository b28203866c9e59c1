// SPDX-License-Identifier: GPL-3.0-or-later
// Element: a keyed record as the window operator sees it. A plain value.
#pragma once

#include "engine/base/time.h"
#include "engine/stream/key_id.h"

#include <cstdint>
#include <optional>

namespace tideline::flink {

struct Element
{
    KeyId key = 0;
    std::optional<Millis> timestamp;
    std::int64_t value = 0;

    // Flink's Long.MIN_VALUE stands for "no timestamp".
    Millis timestampOrMin() const { return timestamp.value_or(kMinMillis); }

    bool operator==(const Element&) const = default;
};

} // namespace tideline::flink
