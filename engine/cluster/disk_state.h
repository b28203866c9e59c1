// SPDX-License-Identifier: GPL-3.0-or-later
// DiskState: what the disk under a broker's only log directory can still do.
//
// A write that fails takes the log directory offline (KAFKA_STORAGE_ERROR), and a broker without one ends
// itself. Source: LogDirFailureChannel and ReplicaManager.handleLogDirFailure of Kafka.
#pragma once

#include <cstdint>

namespace tideline {

enum class DiskState : std::uint8_t {
    Sound,
    Full,  // what is there can be read, and nothing be written
    Failed // nothing is there any more
};

} // namespace tideline
