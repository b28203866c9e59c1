// SPDX-License-Identifier: GPL-3.0-or-later
// Network: one TCP-like connection per pair of nodes.
//
// 1. Messages arrive in the order in which they were sent, each way; a link has a latency and a bandwidth.
// 2. While a link is cut, what is under way waits and arrives after it heals, unless a side has given the
// connection up before. What was sent later and would be there earlier waits behind it (1).
// 3. Closing makes a new connection: what the other side had sent before it closed still arrives, nothing
// else of the old one. Decides times only; the simulator puts the events into its queue. A plain value.
#pragma once

#include "engine/base/dense_map.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/message.h"
#include "engine/lab/scenario.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace tideline {

class Network
{
public:
    struct Link
    {
        NodeIndex a = kNone; // a < b
        NodeIndex b = kNone;
        std::int32_t connection = 0;
        std::array<std::int32_t, 2> validFrom{}; // [0]: from a to b; older connections' messages are lost
        std::array<Micros, 2> busyUntil{};       // the sender's side
        std::array<Micros, 2> lastArrival{};
        std::array<std::int32_t, 2> lastCorrelation{}; // of the requests sent each way
        bool cut = false;
        FactNumber cutBy = 0; // the fact, while cut
        // Messages that the link held while it was cut, or that wait behind such, on their way again.
        std::array<std::int32_t, 2> late{};
        std::vector<Message> held; // in order of sending, while cut
        TIDELINE_FIELDS(Link, a, b, connection, validFrom, busyUntil, lastArrival, lastCorrelation, cut,
                        cutBy, late)
    };

    Network() = default;
    explicit Network(const ClusterConfig& config)
        : latency_(config.linkLatency)
        , bandwidth_(config.linkBandwidth)
    {}

    Link& link(NodeIndex x, NodeIndex y)
    {
        const auto [a, b] = std::minmax(x, y);
        std::int32_t& index = index_[static_cast<std::uint64_t>(a) << 32 | static_cast<std::uint32_t>(b)];
        if (index == 0) {
            Link fresh;
            fresh.a = a;
            fresh.b = b;
            links_.push_back(std::move(fresh));
            index = static_cast<std::int32_t>(links_.size());
        }
        return links_[static_cast<std::size_t>(index - 1)];
    }
    // Null when the two have never spoken.
    const Link* find(NodeIndex x, NodeIndex y) const
    {
        const auto [a, b] = std::minmax(x, y);
        const std::int32_t* index =
            index_.find(static_cast<std::uint64_t>(a) << 32 | static_cast<std::uint32_t>(b));
        return index && *index != 0 ? &links_[static_cast<std::size_t>(*index - 1)] : nullptr;
    }
    // In the order of first use.
    const std::vector<Link>& links() const { return links_; }

    static std::size_t direction(const Link& link, NodeIndex from) { return from == link.a ? 0 : 1; }

    // When a message of this size, sent now, arrives; takes the link's capacity. `extra`: µs that it is held
    // up on the way.
    Micros arrival(Link& link, NodeIndex from, std::int64_t bytes, Micros now, Micros extra)
    {
        const std::size_t way = direction(link, from);
        const Micros start = std::max(now, link.busyUntil[way]);
        link.busyUntil[way] = start + bytes * kMicrosPerSecond / bandwidth_;
        link.lastArrival[way] = std::max(link.lastArrival[way], link.busyUntil[way] + latency_ + extra);
        return link.lastArrival[way];
    }
    // When a held message that goes on now arrives: no earlier than anything that is under way that way.
    Micros lateArrival(Link& link, NodeIndex from, std::int64_t bytes, Micros now)
    {
        ++link.late[direction(link, from)];
        return arrival(link, from, bytes, now, 0);
    }
    // Whether a message that was sent on this connection is still let through.
    static bool valid(const Link& link, NodeIndex from, std::int32_t connection)
    {
        return connection >= link.validFrom[direction(link, from)];
    }
    Micros latency() const { return latency_; }

    TIDELINE_FIELDS(Network, latency_, bandwidth_, links_)

private:
    Micros latency_ = 1000;
    std::int64_t bandwidth_ = 125'000'000;
    std::vector<Link> links_;
    DenseMap<std::int32_t> index_; // derived: pair of nodes -> place in links_, from 1
};

} // namespace tideline
