// SPDX-License-Identifier: GPL-3.0-or-later
// Producer state out of batches that lie in a log already: what a broker does when it reads a log anew.
//
// Source: LogSegment.updateProducerState of Kafka. Pure functions; any thread.
#pragma once

#include "engine/log/bytes.h"
#include "engine/log/control_batch.h"
#include "engine/log/producer_state.h"

#include <optional>

namespace tideline {

// The marker in a sound control batch; none when the batch is another one, or its record cannot be read.
std::optional<TransactionMarker> transactionMarkerIn(Bytes batch);

// Takes the batch into account; what its marker aborted, if it is one. The entry holds the last stable
// offset, as the transaction index does.
std::optional<AbortedTransaction> replayBatch(ProducerState& state, Bytes batch);

} // namespace tideline
