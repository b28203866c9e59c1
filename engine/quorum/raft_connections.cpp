// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/quorum/raft_connections.h"

#include <algorithm>

namespace tideline {

const RaftConnections::Connection* RaftConnections::find(ReplicaId node) const
{
    const auto found = std::find_if(connections_.begin(), connections_.end(),
                                    [node](const Connection& known) { return known.node == node; });
    return found == connections_.end() ? nullptr : &*found;
}

void RaftConnections::sent(ReplicaId node, std::int32_t correlation, Micros now)
{
    forget(node);
    const auto place = std::find_if(connections_.begin(), connections_.end(),
                                    [node](const Connection& known) { return known.node > node; });
    connections_.insert(place, Connection{node, false, now, correlation});
}

bool RaftConnections::isExpected(ReplicaId node, std::int32_t correlation) const
{
    const Connection* known = find(node);
    return known && !known->backingOff && known->correlation == correlation;
}

std::int32_t RaftConnections::underWay(ReplicaId node) const
{
    const Connection* known = find(node);
    return known && !known->backingOff ? known->correlation : -1;
}

void RaftConnections::answered(ReplicaId node, bool success, Micros now)
{
    forget(node);
    if (success)
        return;
    sent(node, -1, now);
    for (Connection& known : connections_)
        known.backingOff = known.backingOff || known.node == node;
}

void RaftConnections::forget(ReplicaId node)
{
    std::erase_if(connections_, [node](const Connection& known) { return known.node == node; });
}

bool RaftConnections::isReady(ReplicaId node, Micros now, const QuorumConfig& config)
{
    const Connection* known = find(node);
    if (!known)
        return true;
    if (now < known->end(config))
        return false;
    forget(node);
    return true;
}

bool RaftConnections::isBackingOff(ReplicaId node, Micros now, const QuorumConfig& config) const
{
    const Connection* known = find(node);
    return known && known->backingOff && now < known->end(config);
}

bool RaftConnections::hasTimedOut(ReplicaId node, Micros now, const QuorumConfig& config) const
{
    const Connection* known = find(node);
    return known && !known->backingOff && now >= known->end(config);
}

Micros RaftConnections::remainingBackoff(ReplicaId node, Micros now, const QuorumConfig& config) const
{
    return isBackingOff(node, now, config) ? find(node)->end(config) - now : 0;
}

Micros RaftConnections::remainingRequest(ReplicaId node, Micros now, const QuorumConfig& config) const
{
    const Connection* known = find(node);
    return known && !known->backingOff ? std::max<Micros>(0, known->end(config) - now) : 0;
}

bool RaftConnections::hasAnyRequest(Micros now, const QuorumConfig& config)
{
    // What has ended is forgotten up to the first request that is still under way.
    for (auto known = connections_.begin(); known != connections_.end();) {
        if (now >= known->end(config))
            known = connections_.erase(known);
        else if (!known->backingOff)
            return true;
        else
            ++known;
    }
    return false;
}

std::optional<ReplicaId> RaftConnections::readyVoter(std::size_t start, Micros now,
                                                     const QuorumConfig& config)
{
    if (hasAnyRequest(now, config))
        return std::nullopt;
    for (std::size_t i = 0; i < config.voters.size(); ++i) {
        const ReplicaId voter = config.voters[(start + i) % config.voters.size()];
        if (isReady(voter, now, config))
            return voter;
    }
    return std::nullopt;
}

Micros RaftConnections::untilReadyVoter(Micros now, const QuorumConfig& config)
{
    Micros shortest = config.retryBackoff;
    for (auto known = connections_.begin(); known != connections_.end();) {
        const Micros rest = known->end(config) - now;
        if (rest <= 0) {
            known = connections_.erase(known);
            continue;
        }
        if (!known->backingOff)
            return rest;
        shortest = std::min(shortest, rest);
        ++known;
    }
    for (const ReplicaId voter : config.voters) {
        if (isReady(voter, now, config))
            return 0;
    }
    return shortest;
}

} // namespace tideline
