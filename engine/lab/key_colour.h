// SPDX-License-Identifier: GPL-3.0-or-later
// The colour of a record: one of eight by the hash of its key, the same in every view.
#pragma once

#include "engine/base/hash.h"
#include "engine/lab/frame.h"
#include "engine/log/bytes.h"

#include <cstdint>

namespace tideline {

inline std::uint8_t keyColour(const NullableBytes& key)
{
    return key ? static_cast<std::uint8_t>(hashBytes(*key) % 8) : RecordCell::kNoColour;
}

} // namespace tideline
