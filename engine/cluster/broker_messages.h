// SPDX-License-Identifier: GPL-3.0-or-later
// Requests and responses between a broker and the active controller. The rules of all messages stand in
// engine/cluster/message.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/error_code.h"
#include "engine/cluster/metadata.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

struct RegisterBrokerRequest
{
    BrokerId broker = 0;
    std::int32_t incarnation = 0;
    std::int64_t previousEpoch = -1; // of the last incarnation when it was shut down cleanly, else -1
    std::string rack = {};           // empty: none
    TIDELINE_FIELDS(RegisterBrokerRequest, broker, incarnation, previousEpoch, rack)
};

struct RegisterBrokerResponse
{
    ErrorCode error = ErrorCode::None;
    std::int64_t brokerEpoch = -1;
    TIDELINE_FIELDS(RegisterBrokerResponse, error, brokerEpoch)
};

struct BrokerHeartbeatRequest
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    Offset metadataOffset = 0; // of the last record that it has replayed
    bool wantFence = false;    // has not taken on its partitions yet
    bool wantShutdown = false; // asks to be let go, its leaderships handed over first
    TIDELINE_FIELDS(BrokerHeartbeatRequest, broker, brokerEpoch, metadataOffset, wantFence, wantShutdown)
};

struct BrokerHeartbeatResponse
{
    ErrorCode error = ErrorCode::None;
    bool caughtUp = false; // it has read its own registration
    bool fenced = true;
    bool shouldShutDown = false; // nothing holds it any more
    TIDELINE_FIELDS(BrokerHeartbeatResponse, error, caughtUp, fenced, shouldShutDown)
};

} // namespace tideline
