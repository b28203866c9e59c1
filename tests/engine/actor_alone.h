// SPDX-License-Identifier: GPL-3.0-or-later
// One actor by itself, on a clock of its own: its timers ring, and the test answers what it asks.
#pragma once

#include "engine/cluster/topology.h"
#include "tests/engine/effects_of.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace tideline::tests {

template <class Actor>
class ActorAlone
{
public:
    explicit ActorAlone(const Scenario& scenario)
        : topology(makeTopology(std::make_shared<const Scenario>(scenario), {}))
    {}

    Step step() { return Step{now, topology, draws_, out_, {}}; }
    // Calls act(actor, step), and takes what the actor wants done.
    template <class Act>
    void with(Act&& act)
    {
        act(actor, step());
        collect();
    }

    // The requests of this kind that wait for an answer, oldest first.
    template <class Request>
    std::vector<Request> asked() const
    {
        std::vector<Request> list;
        for (const SendRequest& request : open_) {
            if (const auto* body = request.body.as<Request>())
                list.push_back(*body);
        }
        return list;
    }
    // Answers the oldest of them; there must be one.
    template <class Request>
    void answer(MessageBody body)
    {
        const auto found = oldest<Request>();
        const Message message{found->to, 0, found->correlation, 0, now, std::move(body)};
        open_.erase(found);
        if constexpr (requires { actor.onMessage(message, ReplyTo{}, step()); })
            actor.onMessage(message, ReplyTo{}, step());
        else
            actor.onMessage(message, step());
        collect();
    }
    // The connection on which the oldest of them went is closed, with all that waits on it.
    template <class Request>
    void lose()
    {
        const NodeIndex peer = oldest<Request>()->to;
        std::int32_t last = 0;
        for (const SendRequest& request : open_)
            last = request.to == peer ? std::max(last, request.correlation) : last;
        std::erase_if(open_, [peer](const SendRequest& request) { return request.to == peer; });
        actor.onConnectionClosed(peer, last, step());
        collect();
    }
    // Lets the timers up to and including `time` ring.
    void advanceTo(Micros time)
    {
        while (!timers_.empty() && timers_.begin()->first <= time) {
            const Timer timer = timers_.begin()->second;
            now = std::max(now, timers_.begin()->first);
            timers_.erase(timers_.begin());
            actor.onTimer(timer, step());
            collect();
        }
        now = time;
    }

    template <class Kind>
    std::vector<Kind> saw() const
    {
        return kept<Kind>(seen_);
    }
    template <class Kind>
    std::vector<Kind> facts() const
    {
        return kept<Kind>(facts_);
    }

    Topology topology;
    Actor actor;
    Micros now = 0;

private:
    template <class Kind, class Variant>
    static std::vector<Kind> kept(const std::vector<Variant>& list)
    {
        std::vector<Kind> found;
        for (const Variant& one : list) {
            if (const auto* kind = std::get_if<Kind>(&one))
                found.push_back(*kind);
        }
        return found;
    }
    template <class Request>
    auto oldest()
    {
        const auto found = std::find_if(open_.begin(), open_.end(), [](const SendRequest& request) {
            return request.body.as<Request>() != nullptr;
        });
        TIDELINE_ASSERT(found != open_.end());
        return found;
    }
    void collect()
    {
        for (const Effect& effect : out_.list()) {
            if (const auto* request = std::get_if<SendRequest>(&effect))
                open_.push_back(*request);
            else if (const auto* timer = std::get_if<SetTimer>(&effect))
                timers_.emplace(timer->at, timer->timer);
            else if (const auto* fact = std::get_if<FactBody>(&effect))
                facts_.push_back(*fact);
            else
                seen_.push_back(effect);
        }
        out_.clear();
    }

    Random draws_{1, 0};
    Effects out_;
    std::vector<SendRequest> open_;
    std::multimap<Micros, Timer> timers_;
    std::vector<Effect> seen_;
    std::vector<FactBody> facts_;
};

} // namespace tideline::tests
