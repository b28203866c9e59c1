// SPDX-License-Identifier: GPL-3.0-or-later
// Network: one TCP-like connection per pair of nodes.
//
// 1. Messages arrive in the order in which they were sent, each way; a link has a latency and a bandwidth.
// 2. While a link is cut, what is under way waits and arrives after it heals, unless a side has given the
// connection up before. What was sent later and would be there earlier waits behind it (1). A link can be cut
// one way: the other way a connection that is open goes on, but none can be opened, which takes both ways.
// 3. An aimed fault strikes one message: it is lost, which TCP would not allow, or held up with what is
// behind it.
// 4. Closing makes a new connection: what the other side had sent before it closed still arrives, nothing
// else of the old one. Decides times only; the simulator puts the events into its queue. A plain value.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/error.h"
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
        // What every message needs comes first: a run has thousands of links.
        NodeIndex a = kNone; // a < b
        NodeIndex b = kNone;
        std::int32_t connection = 0;
        std::int32_t opened = -1;                // the newest connection that both ends know of
        std::array<std::int32_t, 2> validFrom{}; // [0]: from a to b; older connections' messages are lost
        std::array<std::int32_t, 2> lastCorrelation{}; // of the requests sent each way
        // Messages that the link held while it was cut, or that wait behind such, on their way again.
        std::array<std::int32_t, 2> late{};
        std::array<bool, 2> cut{};
        std::array<Micros, 2> busyUntil{}; // the sender's side
        std::array<Micros, 2> lastArrival{};
        Micros latency = 0;         // µs one way
        std::int64_t bandwidth = 0; // bytes a second, each way

        FactNumber changedBy = 0;          // the fact, while they are not the network's own
        std::array<FactNumber, 2> cutBy{}; // the facts, while cut
        FactNumber struckBy = 0;           // the fact of an aimed fault, until the connection closes
        std::vector<Message> held;         // in order of sending, while cut

        bool whole() const { return !cut[0] && !cut[1]; }
        TIDELINE_FIELDS(Link, a, b, connection, opened, validFrom, busyUntil, lastArrival, lastCorrelation,
                        latency, bandwidth, changedBy, cut, cutBy, struckBy, late)
    };
    // A fault that waits for the `left`-th message of a name from now on.
    struct Aim
    {
        std::int32_t name = 0; // place in kMessageNames
        NodeIndex from = kNone;
        NodeIndex to = kNone;
        std::int32_t left = 0;
        Micros delay = 0;    // µs; 0 drops the message
        FactNumber fact = 0; // that says so
        bool waitsFor(std::int32_t message, NodeIndex sender, NodeIndex receiver) const
        {
            return name == message && from == sender && to == receiver;
        }
        TIDELINE_FIELDS(Aim, name, from, to, left, delay, fact)
    };

    Network() = default;
    explicit Network(const ClusterConfig& config)
        : latency_(config.linkLatency)
        , bandwidth_(config.linkBandwidth)
    {}

    // Made when it is new; both nodes are numbered from 0.
    Link& link(NodeIndex x, NodeIndex y)
    {
        std::int32_t place = placeOf(x, y);
        if (place == 0) {
            Link fresh;
            fresh.a = std::min(x, y);
            fresh.b = std::max(x, y);
            fresh.latency = latency_;
            fresh.bandwidth = bandwidth_;
            links_.push_back(std::move(fresh));
            place = static_cast<std::int32_t>(links_.size());
            setPlace(links_.back(), place);
        }
        return links_[static_cast<std::size_t>(place - 1)];
    }
    // Null when the two have never spoken.
    const Link* find(NodeIndex x, NodeIndex y) const
    {
        const std::int32_t place = placeOf(x, y);
        return place != 0 ? &links_[static_cast<std::size_t>(place - 1)] : nullptr;
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
        link.busyUntil[way] = start + bytes * kMicrosPerSecond / link.bandwidth;
        link.lastArrival[way] = std::max(link.lastArrival[way], link.busyUntil[way] + link.latency + extra);
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
    // Whether the link carries this message now, or keeps it until it heals.
    static bool carries(const Link& link, const Message& message)
    {
        return link.whole() ||
               (!link.cut[direction(link, message.from)] && message.connection <= link.opened);
    }
    // Of every link that nobody has changed.
    Micros latency() const { return latency_; }
    std::int64_t bandwidth() const { return bandwidth_; }

    const std::vector<Aim>& aims() const { return aims_; }
    void aim(const Aim& aim) { aims_.push_back(aim); }
    void cancelAims(std::int32_t name, NodeIndex from, NodeIndex to)
    {
        std::erase_if(aims_, [=](const Aim& aim) { return aim.waitsFor(name, from, to); });
    }
    // Counts a message that is sent. The fault that has waited for it, if one has; it waits no more.
    std::optional<Aim> strike(const Message& message)
    {
        const auto kind = static_cast<std::int32_t>(message.body.kind());
        const auto narrowest = static_cast<std::int32_t>(narrowestName(message.body));
        std::optional<Aim> struck;
        for (Aim& aim : aims_) {
            const bool meant = (aim.name == kind || aim.name == narrowest) && aim.from == message.from &&
                               aim.to == message.to;
            if (meant && --aim.left == 0 && !struck)
                struck = aim;
        }
        std::erase_if(aims_, [](const Aim& aim) { return aim.left == 0; });
        return struck;
    }

    TIDELINE_FIELDS(Network, latency_, bandwidth_, aims_, links_)

private:
    // Of the link in links_, from 1; 0: there is none.
    std::int32_t placeOf(NodeIndex x, NodeIndex y) const
    {
        const auto row = static_cast<std::size_t>(std::min(x, y));
        const auto column = static_cast<std::size_t>(std::max(x, y));
        return row < places_->size() && column < (*places_)[row].size() ? (*places_)[row][column] : 0;
    }
    void setPlace(const Link& link, std::int32_t place)
    {
        TIDELINE_ASSERT(link.a >= 0);
        auto& rows = places_.edit();
        rows.resize(std::max(rows.size(), static_cast<std::size_t>(link.a) + 1));
        auto& row = rows[static_cast<std::size_t>(link.a)];
        row.resize(std::max(row.size(), static_cast<std::size_t>(link.b) + 1));
        row[static_cast<std::size_t>(link.b)] = place;
    }

    Micros latency_ = 1000;
    std::int64_t bandwidth_ = 125'000'000;
    std::vector<Aim> aims_; // in the order in which they were given
    std::vector<Link> links_;
    // Derived: placeOf() by a, then b. A table, because most messages of a large cluster ask for another link
    // than the one before; shared by copies, because links are made in the first moments of a run.
    Cow<std::vector<std::vector<std::int32_t>>> places_;
};

} // namespace tideline
