// SPDX-License-Identifier: GPL-3.0-or-later
// ClientConnections: to which brokers a client's connection stands, and when it may try again where none
// does.
//
// 1. Nothing is sent to a broker before its connection stands: what waits for it stays with the client. A
// connection stands once the broker has answered the client's ApiVersionsRequest.
// 2. After a failed connection the next try waits reconnect.backoff.ms, doubled for each failure in a row up
// to reconnect.backoff.max.ms and spread by a fifth. Source: NetworkClient and ClusterConnectionStates of
// Kafka. A value inside a client's actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/clients/retry_backoff.h"

#include <algorithm>
#include <map>

namespace tideline {

class ClientConnections
{
public:
    static constexpr Micros kReconnectBackoff = 50'000;       // reconnect.backoff.ms
    static constexpr Micros kReconnectBackoffMax = 1'000'000; // reconnect.backoff.max.ms
    static constexpr Micros kSetupTimeout = 10'000'000;       // socket.connection.setup.timeout.ms

    bool stands(BrokerId broker) const
    {
        const auto found = connections_.find(broker);
        return found != connections_.end() && found->second.state == State::Standing;
    }
    // Whether a connection may be opened now: none stands, none is being opened, and the back-off is over.
    bool mayOpen(BrokerId broker, Micros now) const
    {
        const auto found = connections_.find(broker);
        return found == connections_.end() ||
               (found->second.state == State::Closed && found->second.notBefore <= now);
    }
    // When mayOpen() becomes true by waiting alone; kNever when that is not what is waited for.
    Micros nextOpen(BrokerId broker) const
    {
        const auto found = connections_.find(broker);
        return found != connections_.end() && found->second.state == State::Closed ? found->second.notBefore
                                                                                   : kNever;
    }

    void opening(BrokerId broker) { connections_[broker].state = State::Opening; }
    void opened(BrokerId broker) { connections_[broker] = Connection{State::Standing, 0, 0}; }
    void closed(BrokerId broker, Micros now, PositiveDraw draw)
    {
        Connection& connection = connections_[broker];
        connection.state = State::Closed;
        ++connection.failures;
        connection.notBefore =
            now + retryBackoff(kReconnectBackoff, kReconnectBackoffMax, connection.failures, draw);
    }
    TIDELINE_FIELDS(ClientConnections, connections_)

private:
    enum class State : std::uint8_t { Closed, Opening, Standing };
    struct Connection
    {
        State state = State::Closed;
        std::int32_t failures = 0; // in a row
        Micros notBefore = 0;
        TIDELINE_FIELDS(Connection, state, failures, notBefore)
    };
    std::map<BrokerId, Connection> connections_;
};

} // namespace tideline
