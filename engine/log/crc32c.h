// SPDX-License-Identifier: GPL-3.0-or-later
// CRC-32C (Castagnoli), the checksum of record batch v2: polynomial 0x1EDC6F41 reflected, start and end
// inverted.
//
// The check value, crc32c("123456789"), is 0xE3069283. A pure function; any thread.
#pragma once

#include "engine/log/bytes.h"

#include <cstdint>

namespace tideline {

std::uint32_t crc32c(Bytes bytes);

} // namespace tideline
