// SPDX-License-Identifier: GPL-3.0-or-later
// KeyId: the dense number of a key, given in the order of first appearance (key_table.h).
#pragma once

#include <cstdint>

namespace tideline {

using KeyId = std::uint32_t;

} // namespace tideline
