// SPDX-License-Identifier: GPL-3.0-or-later
// Several nodes of a KRaft quorum over a network with fixed delays: roles, votes and logs over time.
#include "engine/quorum/raft_node.h"
#include "tests/conformance/quorum_json.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <algorithm>
#include <map>
#include <set>

using namespace tideline;
using namespace tideline::vectors;

namespace {

// All draws of a node are its one number, as in the recorder.
class FixedDraws : public RaftDraws
{
public:
    explicit FixedDraws(Millis number)
        : number_(number)
    {}
    Micros electionJitter(Micros bound) override { return fromMillis(number_) % bound; }
    std::size_t voterToAsk(std::size_t count) override { return static_cast<std::size_t>(number_) % count; }

private:
    Millis number_;
};

struct Letter
{
    Micros at = 0;
    ReplicaId from = kNone;
    ReplicaId to = kNone;
    int incarnation = 0; // of the addressee when it was sent
    std::int32_t correlation = 0;
    std::variant<RaftRequest, RaftAnswer> body;
};

class Cluster
{
public:
    explicit Cluster(const Json& config)
        : delay_(config.at("delay"))
    {
        const QuorumConfig quorum = quorumOf(config.at("voters").get<std::vector<ReplicaId>>());
        for (ReplicaId id = 1; id <= config.at("nodes").get<ReplicaId>(); ++id) {
            const Json& jitter = config.at("jitter").at(static_cast<std::size_t>(id - 1));
            nodes_.emplace(id, Node{RaftNode(id, quorum), FixedDraws(jitter.get<Millis>())});
        }
    }

    Json step(const Json& input)
    {
        outcome_ = Json::object();
        const std::string op = input.at("op").get<std::string>();
        if (op == "run")
            run(now_ + fromMillis(input.at("ms").get<Millis>()));
        else if (op == "start")
            for (auto& [id, node] : nodes_)
                with(id, [](RaftNode& raft, const RaftStep& step) { raft.start(step); });
        else if (op == "cut")
            apart_ = input.at("nodes").get<std::set<ReplicaId>>();
        else
            act(op, input.at("node").get<ReplicaId>(), input);
        for (const auto& [id, node] : nodes_) {
            if (node.raft.runs())
                outcome_["nodes"][std::to_string(id)] = lookOf(node.raft.status());
        }
        sortStates();
        return outcome_;
    }

private:
    struct Node
    {
        RaftNode raft;
        FixedDraws draws;
        int incarnation = 0;
        std::optional<RaftStatus> seen{}; // as last reported
        std::map<RaftTicket, Letter> asked{};
    };

    void act(const std::string& op, ReplicaId id, const Json& input)
    {
        Node& node = nodes_.at(id);
        if (op == "kill") {
            node.raft.kill();
            node.asked.clear();
            ++node.incarnation;
        }
        with(id, [&](RaftNode& raft, const RaftStep& step) {
            if (op == "restart")
                raft.start(step);
            else if (op == "append")
                raft.append({}, input.at("records").get<std::int32_t>(), step);
            else if (op == "resign")
                raft.resign(step);
        });
    }

    void run(Micros end)
    {
        for (Micros next = nextTime(); next <= end; next = nextTime()) {
            now_ = next;
            while (!letters_.empty() && letters_.begin()->first.first <= now_)
                deliver(letters_.extract(letters_.begin()).mapped());
            for (auto& [id, node] : nodes_) {
                if (node.raft.wakeAt() <= now_)
                    with(id, [](RaftNode& raft, const RaftStep& step) { raft.onTimer(step); });
            }
        }
        now_ = end;
    }

    Micros nextTime() const
    {
        Micros next = letters_.empty() ? kNever : letters_.begin()->first.first;
        for (const auto& [id, node] : nodes_)
            next = std::min(next, node.raft.wakeAt());
        return next;
    }

    bool areApart(ReplicaId a, ReplicaId b) const
    {
        return !apart_.empty() && apart_.contains(a) != apart_.contains(b);
    }

    void post(Letter letter)
    {
        if (areApart(letter.from, letter.to))
            return;
        const auto place = [](ReplicaId id) { return static_cast<std::size_t>(id - 1); };
        letter.at = now_ + fromMillis(delay_.at(place(letter.from)).at(place(letter.to)).get<Millis>());
        letter.incarnation = nodes_.at(letter.to).incarnation;
        letters_.emplace(std::pair(letter.at, posted_++), std::move(letter));
    }

    void deliver(Letter letter)
    {
        Node& node = nodes_.at(letter.to);
        if (areApart(letter.from, letter.to) || !node.raft.runs() || node.incarnation != letter.incarnation)
            return;
        with(letter.to, [&](RaftNode& raft, const RaftStep& step) {
            if (const auto* answer = std::get_if<RaftAnswer>(&letter.body)) {
                raft.onAnswer(letter.from, letter.correlation, *answer, step);
                return;
            }
            const RaftTicket ticket = tickets_++;
            const RaftRequest request = std::get<RaftRequest>(letter.body);
            node.asked.emplace(ticket, letter);
            raft.onRequest(request, ticket, step);
        });
    }

    template <class Act>
    void with(ReplicaId id, Act&& act)
    {
        Node& node = nodes_.at(id);
        RaftEffects out;
        act(node.raft, RaftStep{now_, node.draws, out});
        for (RaftEffect& effect : out) {
            if (auto* send = std::get_if<RaftSend>(&effect))
                post({0, id, send->to, 0, send->correlation, std::move(send->request)});
            else if (auto* reply = std::get_if<RaftReply>(&effect))
                answer(id, *reply);
            else if (auto* change = std::get_if<RaftStatusChanged>(&effect))
                report(id, change->status);
        }
    }

    void answer(ReplicaId id, RaftReply& reply)
    {
        const Letter asked = nodes_.at(id).asked.extract(reply.ticket).mapped();
        if (const auto* vote = std::get_if<VoteRequest>(&std::get<RaftRequest>(asked.body))) {
            outcome_["votes"].push_back({{"at", toMillis(now_)},
                                         {"from", asked.from},
                                         {"to", id},
                                         {"pre", vote->preVote},
                                         {"epoch", vote->epoch},
                                         {"granted", std::get<VoteAnswer>(reply.answer.body).granted}});
        }
        post({0, id, asked.from, 0, asked.correlation, std::move(reply.answer)});
    }

    void report(ReplicaId id, RaftStatus status)
    {
        status.highWatermark = kUnknownOffset;
        status.end = {};
        std::optional<RaftStatus>& seen = nodes_.at(id).seen;
        if (seen == status)
            return;
        seen = status;
        Json state = toJson(status);
        state.erase("hw");
        state.erase("end");
        state["at"] = toMillis(now_);
        state["node"] = id;
        outcome_["states"].push_back(state);
    }

    // By time, then by node.
    void sortStates()
    {
        if (!outcome_.contains("states"))
            return;
        auto states = outcome_["states"].get<std::vector<Json>>();
        std::stable_sort(states.begin(), states.end(), [](const Json& a, const Json& b) {
            return std::pair(a["at"].get<Millis>(), a["node"].get<ReplicaId>()) <
                   std::pair(b["at"].get<Millis>(), b["node"].get<ReplicaId>());
        });
        outcome_["states"] = states;
    }

    static Json lookOf(const RaftStatus& status)
    {
        Json look = toJson(status);
        look.erase("leader");
        look.erase("voted");
        return look;
    }

    const Json& delay_;
    std::map<ReplicaId, Node> nodes_;
    std::map<std::pair<Micros, std::int64_t>, Letter> letters_; // by arrival, then in the order of sending
    std::set<ReplicaId> apart_;
    Micros now_ = 0;
    std::int64_t posted_ = 0;
    RaftTicket tickets_ = 0;
    Json outcome_;
};

std::optional<Mismatch> replayCluster(const VectorCase& testCase)
{
    Cluster cluster(testCase.config);
    return compareEach(testCase.input, testCase.expect,
                       [&](const Json& input) { return cluster.step(input); });
}

} // namespace

class KafkaQuorumCluster : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayCluster); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/quorum-cluster.jsonl",
                      .recordedFrom = "Apache Kafka 4.3.1",
                      .minimumCases = 60,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaQuorumCluster)
#include "kafka_quorum_cluster.moc"
