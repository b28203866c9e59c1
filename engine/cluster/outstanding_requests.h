// SPDX-License-Identifier: GPL-3.0-or-later
// OutstandingRequests: what a node has asked and not yet been answered, with the time-out of each.
//
// A time-out closes the connection to the silent node; all requests on it fail together, as with TCP. One
// timer is armed for the earliest deadline and found stale when it rings early, so that thousands of answered
// requests leave no timers behind; one that an earlier deadline has superseded says nothing. A plain value
// inside its actor. `Tag` says what the request was for.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/effects.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace tideline {

template <class Tag>
class OutstandingRequests
{
public:
    struct Request
    {
        std::int32_t correlation = 0;
        NodeIndex peer = kNone;
        Micros deadline = 0;
        Tag tag;
        TIDELINE_FIELDS(Request, correlation, peer, deadline, tag)
    };

    // Sends a request and remembers it; returns its correlation number.
    std::int32_t send(NodeIndex peer, MessageBody body, Tag tag, Micros now, Micros timeout, Effects& out)
    {
        const std::int32_t correlation = nextCorrelation_++;
        const Micros deadline = now + timeout;
        requests_.push_back(Request{correlation, peer, deadline, std::move(tag)});
        out.request(peer, correlation, std::move(body));
        if (deadline < armedFor_) {
            armedFor_ = deadline;
            out.timer(deadline, Timer{TimerKind::ClientTimeout, 0, 0});
        }
        return correlation;
    }

    // Sends a request that is never answered (acks=0); returns its correlation number.
    std::int32_t sendOnly(NodeIndex peer, MessageBody body, Effects& out)
    {
        out.request(peer, nextCorrelation_, std::move(body));
        return nextCorrelation_++;
    }

    // The request that this answers; nothing when it was given up.
    std::optional<Request> answered(NodeIndex peer, std::int32_t correlation)
    {
        // It is one of the first nearly always: walking to it costs less than halving the deque.
        const auto found = std::find_if(requests_.begin(), requests_.end(), [=](const Request& request) {
            return request.correlation >= correlation;
        });
        if (found == requests_.end() || found->correlation != correlation || found->peer != peer)
            return std::nullopt;
        Request request = std::move(*found);
        requests_.erase(found);
        return request;
    }

    // Takes out all requests to the peer up to a correlation number: its connection has closed.
    std::vector<Request> lost(NodeIndex peer, std::int32_t upTo)
    {
        std::vector<Request> gone;
        std::deque<Request> kept;
        for (Request& request : requests_) {
            if (request.peer == peer && request.correlation <= upTo)
                gone.push_back(std::move(request));
            else
                kept.push_back(std::move(request));
        }
        requests_ = std::move(kept);
        return gone;
    }

    // ClientTimeout rang: the peers that have been silent too long, each once.
    std::vector<NodeIndex> silentPeers(Micros now, Effects& out)
    {
        std::vector<NodeIndex> peers;
        if (now < armedFor_)
            return peers;
        armedFor_ = kNever;
        Micros next = kNever;
        for (const Request& request : requests_) {
            if (request.deadline > now)
                next = std::min(next, request.deadline);
            else if (std::find(peers.begin(), peers.end(), request.peer) == peers.end())
                peers.push_back(request.peer);
        }
        if (next != kNever) {
            armedFor_ = next;
            out.timer(next, Timer{TimerKind::ClientTimeout, 0, 0});
        }
        return peers;
    }

    std::size_t countTo(NodeIndex peer) const
    {
        return static_cast<std::size_t>(
            std::count_if(requests_.begin(), requests_.end(),
                          [=](const Request& request) { return request.peer == peer; }));
    }
    const std::deque<Request>& all() const { return requests_; }
    // Calls change(tag) for each, in the order of sending.
    template <class Change>
    void editTags(Change&& change)
    {
        for (Request& request : requests_)
            change(request.tag);
    }
    // A process that starts again remembers nothing, but does not use its numbers twice.
    void forgetAll()
    {
        requests_.clear();
        armedFor_ = kNever;
    }

    TIDELINE_FIELDS(OutstandingRequests, requests_, nextCorrelation_, armedFor_)

private:
    std::deque<Request> requests_; // by correlation; answers come for the oldest ones mostly
    std::int32_t nextCorrelation_ = 1;
    Micros armedFor_ = kNever;
};

} // namespace tideline
