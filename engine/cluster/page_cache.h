// SPDX-License-Identifier: GPL-3.0-or-later
// What a power loss takes: the part of a log that is in the memory of the operating system only.
//
// Kafka does not write through: an append ends in the page cache, and acks count copies on machines, not on
// disks. Linux looks every kWriteBackInterval (vm.dirty_writeback_centisecs) and writes what has been dirty
// for kDirtyExpire (vm.dirty_expire_centisecs). Kafka itself flushes a segment that is closed, everything at
// a clean stop, and by flush.messages and flush.ms where these are set.
#pragma once

#include "engine/base/time.h"

namespace tideline {

inline constexpr Micros kDirtyExpire = 30 * kMicrosPerSecond;
inline constexpr Micros kWriteBackInterval = 5 * kMicrosPerSecond;

} // namespace tideline
