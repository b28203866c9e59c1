// SPDX-License-Identifier: GPL-3.0-or-later
// RaftLab: a few quorum nodes that talk over links of one millisecond, which a test can kill and cut off.
//
// A value: a copy goes on by itself. Every node draws from a stream of its own.
#pragma once

#include "engine/base/hash.h"
#include "engine/quorum/raft_node.h"
#include "tests/engine/quorum/text_records.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tideline::tests {

class RaftLab
{
public:
    static constexpr Micros kDelay = 1000;

    // Voters 1..voters, observers behind them up to `nodes`; all start at once.
    RaftLab(ReplicaId voters, ReplicaId nodes, std::uint64_t seed, QuorumConfig config = {})
    {
        for (ReplicaId id = 1; id <= voters; ++id)
            config.voters.push_back(id);
        for (ReplicaId id = 1; id <= nodes; ++id) {
            nodes_.push_back(RaftNode(id, config));
            draws_.emplace_back(seed, static_cast<std::uint64_t>(id));
            start(id);
        }
    }

    void start(ReplicaId id)
    {
        with(id, [](RaftNode& node, const RaftStep& step) { node.start(step); });
    }
    void kill(ReplicaId id) { nodes_[place(id)].kill(); }
    void cut(std::set<ReplicaId> side) { side_ = std::move(side); }
    std::optional<Offset> append(ReplicaId id, const std::string& text)
    {
        std::optional<Offset> offset;
        with(id, [&](RaftNode& node, const RaftStep& step) { offset = node.append(payload(text), 1, step); });
        return offset;
    }
    // Calls act(node, step) and takes what the node wants done.
    template <class Act>
    void with(ReplicaId id, Act&& act)
    {
        RaftEffects out;
        RandomRaftDraws draws(draws_[place(id)]);
        act(nodes_[place(id)], RaftStep{now_, draws, out});
        for (RaftEffect& effect : out) {
            if (auto* send = std::get_if<RaftSend>(&effect))
                post({id, send->to, send->correlation, std::move(send->request)});
            else if (auto* reply = std::get_if<RaftReply>(&effect))
                answer(id, *reply);
            else
                seen_.emplace_back(id, std::move(effect));
        }
    }
    void run(Micros time)
    {
        const Micros end = now_ + time;
        for (Micros next = nextTime(); next <= end; next = nextTime()) {
            now_ = next;
            while (!letters_.empty() && letters_.begin()->first.first <= now_)
                deliver(letters_.extract(letters_.begin()).mapped());
            for (const RaftNode& node : nodes_) {
                if (node.wakeAt() <= now_)
                    with(node.quorum().id(), [](RaftNode& due, const RaftStep& step) { due.onTimer(step); });
            }
        }
        now_ = end;
    }

    const RaftNode& node(ReplicaId id) const { return nodes_[place(id)]; }
    const std::vector<RaftNode>& nodes() const { return nodes_; }
    Micros now() const { return now_; }
    // The running leader of the highest epoch; kNone when there is none.
    ReplicaId leader() const
    {
        const RaftNode* best = nullptr;
        for (const RaftNode& node : nodes_) {
            const bool leads = node.runs() && node.quorum().role() == RaftRole::Leader;
            if (leads && (!best || node.quorum().epoch() > best->quorum().epoch()))
                best = &node;
        }
        return best ? best->quorum().id() : kNone;
    }
    // The effects of one kind that a node has had, in order.
    template <class Kind>
    std::vector<Kind> saw(ReplicaId id) const
    {
        std::vector<Kind> found;
        for (const auto& [node, effect] : seen_) {
            const auto* kind = std::get_if<Kind>(&effect);
            if (node == id && kind)
                found.push_back(*kind);
        }
        return found;
    }
    std::uint64_t hash() const
    {
        Hasher hasher;
        hashValue(hasher, nodes_);
        return hasher.digest();
    }

private:
    struct Letter
    {
        ReplicaId from = kNone;
        ReplicaId to = kNone;
        std::int32_t correlation = 0;
        std::variant<RaftRequest, RaftAnswer> body;
    };

    static std::size_t place(ReplicaId id) { return static_cast<std::size_t>(id - 1); }
    bool areApart(const Letter& letter) const
    {
        return !side_.empty() && side_.contains(letter.from) != side_.contains(letter.to);
    }
    void post(Letter letter)
    {
        if (!areApart(letter))
            letters_.emplace(std::pair(now_ + kDelay, posted_++), std::move(letter));
    }
    void deliver(Letter letter)
    {
        if (areApart(letter))
            return;
        with(letter.to, [&](RaftNode& node, const RaftStep& step) {
            if (const auto* answer = std::get_if<RaftAnswer>(&letter.body)) {
                node.onAnswer(letter.from, letter.correlation, *answer, step);
                return;
            }
            const RaftTicket ticket = posted_++;
            const RaftRequest request = std::get<RaftRequest>(letter.body);
            asked_.emplace(ticket, std::move(letter));
            node.onRequest(request, ticket, step);
        });
    }
    void answer(ReplicaId id, RaftReply& reply)
    {
        const Letter asked = asked_.extract(reply.ticket).mapped();
        post({id, asked.from, asked.correlation, std::move(reply.answer)});
    }
    Micros nextTime() const
    {
        Micros next = letters_.empty() ? kNever : letters_.begin()->first.first;
        for (const RaftNode& node : nodes_)
            next = std::min(next, node.wakeAt());
        return next;
    }

    std::vector<RaftNode> nodes_; // by id - 1
    std::vector<Random> draws_;
    std::map<std::pair<Micros, std::int64_t>, Letter> letters_;
    std::map<RaftTicket, Letter> asked_;
    std::set<ReplicaId> side_; // apart from all others; empty: nobody is
    std::vector<std::pair<ReplicaId, RaftEffect>> seen_;
    Micros now_ = 0;
    std::int64_t posted_ = 0;
};

} // namespace tideline::tests
