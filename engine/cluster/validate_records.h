// SPDX-License-Identifier: GPL-3.0-or-later
// What a leader asks of the records of a batch before it appends them.
//
// INVALID_RECORD where compaction could not tell what replaces a record, because it has no key;
// INVALID_TIMESTAMP where the time that its producer gave it lies further from the leader's own than the
// topic allows, which goes before the other. The whole batch is refused for one record. Source: LogValidator
// of Kafka. A pure function; any thread.
#pragma once

#include "engine/cluster/error_code.h"
#include "engine/cluster/replica_log.h"
#include "engine/log/log_config.h"

namespace tideline {

// `now`: the leader's clock, ms.
ErrorCode validateRecords(const LogBatch& batch, const LogConfig& config, Millis now);

} // namespace tideline
