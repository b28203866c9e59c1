// SPDX-License-Identifier: GPL-3.0-or-later
// One node of a KRaft quorum on a manual clock: what it asks, what it answers, and its state, step by step.
#include "engine/quorum/raft_node.h"
#include "tests/conformance/quorum_json.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <algorithm>

using namespace tideline;
using namespace tideline::vectors;

namespace {

// Election time-outs come from the case. Which voter a lost node asks first is chance: it asks the one that
// was recorded.
class RecordedDraws : public RaftDraws
{
public:
    explicit RecordedDraws(Micros jitter)
        : jitter_(jitter)
    {}
    Micros electionJitter(Micros) override { return jitter_; }
    std::size_t voterToAsk(std::size_t) override { return voter; }

    std::size_t voter = 0;

private:
    Micros jitter_;
};

class OneNode
{
public:
    explicit OneNode(const Json& config)
        : draws_(fromMillis(config.at("jitter").get<Millis>()))
    {
        QuorumConfig quorum = quorumOf(config.at("voters").get<std::vector<ReplicaId>>());
        voters_ = quorum.voters;
        RaftLog log;
        for (const RaftBatch& batch : batchesOf(config.at("log"), 0))
            log.append(batch);
        const Json vote = config.value("vote", Json::object());
        const ElectionState election{vote.value("epoch", 0), vote.value("leader", kNone),
                                     vote.value("voted", kNone)};
        node_ = RaftNode(config.at("id").get<ReplicaId>(), quorum, election, log);
    }

    Json step(const Json& input, const Json& expected)
    {
        recorded_ = &expected;
        outcome_ = Json::object();
        sent_.clear();
        fetches_ = 0;
        const std::string op = input.at("op").get<std::string>();
        with([&](const RaftStep& raft) { act(op, input, raft); });
        if (op == "advance")
            advance(now_ + fromMillis(input.at("ms").get<Millis>()));
        if (!sent_.empty())
            outcome_["out"] = numbered();
        ++index_;
        return outcome_;
    }

private:
    struct Sent
    {
        Micros at = 0;
        RaftSend send;
    };

    void act(const std::string& op, const Json& input, const RaftStep& raft)
    {
        if (op == "start")
            node_.start(raft);
        else if (op == "recv")
            node_.onRequest(requestOf(input, node_.quorum().id()), index_, raft);
        else if (op == "reply")
            reply(input, raft);
        else if (op == "append")
            node_.append({}, input.at("records").get<std::int32_t>(), raft);
        else if (op == "resign")
            node_.resign(raft);
        else if (op == "shutdown")
            node_.shutDown(fromMillis(input.at("timeout").get<Millis>()), raft);
    }

    void reply(const Json& input, const RaftStep& raft)
    {
        const RaftSend& request = asked_.at(input.at("n").get<std::size_t>());
        node_.onAnswer(request.to, request.correlation, answerOf(input, request.request), raft);
    }

    void advance(Micros end)
    {
        while (node_.wakeAt() <= end) {
            now_ = std::max(now_, node_.wakeAt());
            with([&](const RaftStep& raft) { node_.onTimer(raft); });
        }
        now_ = end;
        with(
            [&](const RaftStep& raft) { node_.onTimer(raft); }); // the recorder looks at the end of each step
    }

    template <class Act>
    void with(Act&& take)
    {
        draws_.voter = recordedVoter();
        RaftEffects out;
        take(RaftStep{now_, draws_, out});
        for (RaftEffect& effect : out) {
            if (auto* send = std::get_if<RaftSend>(&effect)) {
                fetches_ += std::holds_alternative<RaftFetchRequest>(send->request) ? 1 : 0;
                sent_.push_back({now_, *send});
            } else if (auto* given = std::get_if<RaftReply>(&effect)) {
                addAnswer(*given);
            } else if (auto* change = std::get_if<RaftStatusChanged>(&effect)) {
                addState(change->status);
            }
        }
    }

    // Whom the next fetch of this step went to when it was recorded.
    std::size_t recordedVoter() const
    {
        std::size_t fetches = 0;
        for (const Json& out : recorded_->value("out", Json::array())) {
            if (out.at("type") != "fetch" || fetches++ != fetches_)
                continue;
            const auto voter = std::find(voters_.begin(), voters_.end(), out.at("to").get<ReplicaId>());
            return voter == voters_.end() ? 0 : static_cast<std::size_t>(voter - voters_.begin());
        }
        return 0;
    }

    Json numbered()
    {
        std::stable_sort(sent_.begin(), sent_.end(), [](const Sent& a, const Sent& b) {
            return std::pair(a.at, a.send.to) < std::pair(b.at, b.send.to);
        });
        Json list = Json::array();
        for (const Sent& sent : sent_) {
            Json request = toJson(sent.send.request);
            request["n"] = asked_.size();
            request["at"] = toMillis(sent.at);
            request["to"] = sent.send.to;
            list.push_back(request);
            asked_.push_back(sent.send);
        }
        return list;
    }

    void addAnswer(const RaftReply& reply)
    {
        Json answer = toJson(reply.answer);
        answer["step"] = reply.ticket;
        if (reply.ticket != index_)
            answer["at"] = toMillis(now_);
        outcome_["answers"].push_back(answer);
    }

    void addState(const RaftStatus& status)
    {
        Json state = toJson(status);
        state["at"] = toMillis(now_);
        Json& states = outcome_["states"];
        // Of several at one instant that differ only in what the log holds, the last one was recorded.
        if (!states.empty() && withoutLog(states.back()) == withoutLog(state))
            states.back() = state;
        else
            states.push_back(state);
    }

    static Json withoutLog(Json state)
    {
        state.erase("hw");
        state.erase("end");
        return state;
    }

    RaftNode node_;
    RecordedDraws draws_;
    std::vector<ReplicaId> voters_;
    Micros now_ = 0;
    std::int64_t index_ = 0;
    std::vector<RaftSend> asked_; // by running number
    const Json* recorded_ = nullptr;
    Json outcome_;
    std::vector<Sent> sent_; // in this step
    std::size_t fetches_ = 0;
};

std::optional<Mismatch> replayNode(const VectorCase& testCase)
{
    OneNode node(testCase.config);
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const Json& expected = testCase.expect.at(i);
        const Json actual = node.step(testCase.input.at(i), expected);
        if (std::optional<Mismatch> mismatch = compare(static_cast<std::ptrdiff_t>(i), expected, actual))
            return mismatch;
    }
    return std::nullopt;
}

} // namespace

class KafkaQuorum : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayNode); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/quorum.jsonl",
                      .recordedFrom = "Apache Kafka 4.3.1",
                      .minimumCases = 406,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaQuorum)
#include "kafka_quorum.moc"
