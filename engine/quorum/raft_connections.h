// SPDX-License-Identifier: GPL-3.0-or-later
// RaftConnections: what a node has asked each other node and not been answered, and whom it leaves in peace.
//
// At most one request is under way to a node. After a failed one the node is left in peace for the retry
// backoff; after the request time-out it may be asked again, and a late answer counts until then. All
// connections are forgotten with a change of role. A plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/quorum/quorum_config.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tideline {

class RaftConnections
{
public:
    void sent(ReplicaId node, std::int32_t correlation, Micros now);
    // Whether an answer with this number is still waited for.
    bool isExpected(ReplicaId node, std::int32_t correlation) const;
    // The number of the request to the node that is under way; -1: none is.
    std::int32_t underWay(ReplicaId node) const;
    // The answer has come; a failed request starts the backoff.
    void answered(ReplicaId node, bool success, Micros now);
    void forget(ReplicaId node);
    void forgetAll() { connections_.clear(); }

    bool isReady(ReplicaId node, Micros now, const QuorumConfig& config);
    bool isBackingOff(ReplicaId node, Micros now, const QuorumConfig& config) const;
    bool hasTimedOut(ReplicaId node, Micros now, const QuorumConfig& config) const;
    // µs until the backoff, or the request, of this node ends; 0 when there is none.
    Micros remainingBackoff(ReplicaId node, Micros now, const QuorumConfig& config) const;
    Micros remainingRequest(ReplicaId node, Micros now, const QuorumConfig& config) const;

    bool hasAnyRequest(Micros now, const QuorumConfig& config);
    // The first ready voter from the one at `start` on, round the circle; none while any request is under
    // way.
    std::optional<ReplicaId> readyVoter(std::size_t start, Micros now, const QuorumConfig& config);
    // µs until readyVoter() may find one.
    Micros untilReadyVoter(Micros now, const QuorumConfig& config);

    TIDELINE_FIELDS(RaftConnections, connections_)

private:
    struct Connection
    {
        ReplicaId node = kNone;
        bool backingOff = false;       // else a request is under way
        Micros since = 0;              // when it was sent, or when it failed
        std::int32_t correlation = -1; // of the request under way
        Micros end(const QuorumConfig& config) const
        {
            return since + (backingOff ? config.retryBackoff : config.requestTimeout);
        }
        TIDELINE_FIELDS(Connection, node, backingOff, since, correlation)
    };
    const Connection* find(ReplicaId node) const;

    std::vector<Connection> connections_; // ascending by node
};

} // namespace tideline
