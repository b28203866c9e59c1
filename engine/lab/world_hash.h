// SPDX-License-Identifier: GPL-3.0-or-later
// hashWorld: the hash of journal and state. Equal hashes mean equal runs.
#pragma once

#include <cstdint>

namespace tideline {

struct World;

std::uint64_t hashWorld(const World& world);

} // namespace tideline
