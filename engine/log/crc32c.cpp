// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/crc32c.h"

#include <isa-l/crc.h>

#include <algorithm>
#include <cstddef>

namespace tideline {

std::uint32_t crc32c(Bytes bytes)
{
    // ISA-L takes the running register as it is, without the inversions, and a length that is an int.
    constexpr std::size_t kPart = std::size_t{1} << 30;
    std::uint32_t running = 0xffffffffU;
    while (!bytes.empty()) {
        const Bytes part = bytes.substr(0, std::min(bytes.size(), kPart));
        auto* data = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(part.data()));
        running = crc32_iscsi(data, static_cast<int>(part.size()), running);
        bytes.remove_prefix(part.size());
    }
    return ~running;
}

} // namespace tideline
