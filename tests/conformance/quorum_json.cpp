// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/quorum_json.h"

#include <stdexcept>
#include <utility>

namespace tideline::vectors {

namespace {

OffsetAndEpoch endOf(const Json& pair)
{
    return {pair.at(0).get<Offset>(), pair.at(1).get<LeaderEpoch>()};
}

QuorumError errorOf(const std::string& name)
{
    for (const QuorumError error :
         {QuorumError::None, QuorumError::NotLeaderOrFollower, QuorumError::BrokerNotAvailable,
          QuorumError::UnsupportedVersion, QuorumError::InvalidRequest, QuorumError::FencedLeaderEpoch,
          QuorumError::UnknownLeaderEpoch, QuorumError::InvalidVoterKey}) {
        if (quorumErrorName(error) == name)
            return error;
    }
    throw std::runtime_error("no error code of the quorum: " + name);
}

RaftFetchAnswer fetchAnswerOf(const Json& input, Offset fetchOffset)
{
    RaftFetchAnswer answer;
    answer.highWatermark = input.value("hw", kUnknownOffset);
    if (input.contains("diverging"))
        answer.diverging = endOf(input.at("diverging"));
    answer.batches = batchesOf(input.value("records", Json::array()), fetchOffset);
    return answer;
}

struct RequestWriter
{
    Json operator()(const VoteRequest& request) const
    {
        return {{"type", "vote"},
                {"pre", request.preVote},
                {"epoch", request.epoch},
                {"end", toJson(request.end)}};
    }
    Json operator()(const BeginQuorumEpochRequest& request) const
    {
        return {{"type", "begin"}, {"epoch", request.epoch}};
    }
    Json operator()(const EndQuorumEpochRequest& request) const
    {
        return {{"type", "end"}, {"epoch", request.epoch}, {"preferred", request.preferredSuccessors}};
    }
    Json operator()(const RaftFetchRequest& request) const
    {
        return {{"type", "fetch"},
                {"epoch", request.currentLeaderEpoch},
                {"end", toJson(request.end)},
                {"hw", request.highWatermark}};
    }
    Json operator()(const UpdateRaftVoterRequest& request) const
    {
        return {{"type", "update"}, {"epoch", request.currentLeaderEpoch}};
    }
    // Nothing recorded asks for one: it is written so that a case that does is told what came.
    Json operator()(const FetchSnapshotRequest& request) const
    {
        return {{"type", "fetch-snapshot"},
                {"epoch", request.currentLeaderEpoch},
                {"end", toJson(request.snapshot)}};
    }
};

} // namespace

QuorumConfig quorumOf(std::vector<ReplicaId> voters)
{
    QuorumConfig config;
    config.voters = std::move(voters);
    config.appendLinger = 0;
    config.fetchMaxBatches = 2;
    return config;
}

std::vector<RaftBatch> batchesOf(const Json& list, Offset baseOffset)
{
    std::vector<RaftBatch> batches;
    for (const Json& entry : list) {
        RaftBatch batch;
        batch.baseOffset = baseOffset;
        batch.epoch = entry.at(0).get<LeaderEpoch>();
        batch.records = entry.at(1).get<std::int32_t>();
        baseOffset = batch.endOffset();
        batches.push_back(batch);
    }
    return batches;
}

RaftRequest requestOf(const Json& input, ReplicaId self)
{
    const std::string type = input.at("type").get<std::string>();
    const auto from = input.at("from").get<ReplicaId>();
    const auto epoch = input.at("epoch").get<LeaderEpoch>();
    if (type == "vote")
        return VoteRequest{from, input.value("for", self), epoch, endOf(input.at("end")),
                           input.at("pre").get<bool>()};
    if (type == "begin")
        return BeginQuorumEpochRequest{from, epoch};
    if (type == "end")
        return EndQuorumEpochRequest{from, epoch, input.at("preferred").get<std::vector<ReplicaId>>()};
    return RaftFetchRequest{from, epoch, endOf(input.at("end")), input.value("hw", kUnknownOffset),
                            fromMillis(input.value("wait", 500))};
}

RaftAnswer answerOf(const Json& input, const RaftRequest& request)
{
    RaftAnswer answer;
    answer.error = errorOf(input.value("error", "NONE"));
    answer.wholeRequest = !input.contains("epoch");
    answer.epoch = input.value("epoch", 0);
    answer.leader = input.value("leader", kNone);
    if (std::holds_alternative<VoteRequest>(request))
        answer.body = VoteAnswer{input.value("granted", false)};
    else if (std::holds_alternative<BeginQuorumEpochRequest>(request))
        answer.body = Acknowledgement{AcknowledgedCall::BeginQuorumEpoch};
    else if (std::holds_alternative<EndQuorumEpochRequest>(request))
        answer.body = Acknowledgement{AcknowledgedCall::EndQuorumEpoch};
    else if (const auto* fetch = std::get_if<RaftFetchRequest>(&request))
        answer.body = fetchAnswerOf(input, fetch->end.offset);
    else
        answer.body = Acknowledgement{AcknowledgedCall::UpdateRaftVoter};
    return answer;
}

Json toJson(const OffsetAndEpoch& end)
{
    return Json::array({end.offset, end.epoch});
}

Json toJson(const RaftRequest& request)
{
    return std::visit(RequestWriter{}, request);
}

Json toJson(const RaftAnswer& answer)
{
    Json json = {{"error", quorumErrorName(answer.error)}, {"epoch", answer.epoch}};
    if (answer.leader != kNone)
        json["leader"] = answer.leader;
    if (const auto* vote = std::get_if<VoteAnswer>(&answer.body))
        json["granted"] = vote->granted;
    const auto* fetch = std::get_if<RaftFetchAnswer>(&answer.body);
    if (!fetch)
        return json;
    json["hw"] = fetch->highWatermark;
    if (fetch->diverging)
        json["diverging"] = toJson(*fetch->diverging);
    for (const RaftBatch& batch : fetch->batches)
        json["records"].push_back({batch.baseOffset, batch.epoch, batch.records, batch.control ? "c" : "d"});
    return json;
}

Json toJson(const RaftStatus& status)
{
    Json json = {{"state", raftRoleName(status.role)},
                 {"epoch", status.epoch},
                 {"hw", status.highWatermark},
                 {"end", toJson(status.end)}};
    if (status.leader != kNone)
        json["leader"] = status.leader;
    if (status.voted != kNone)
        json["voted"] = status.voted;
    if (status.stopped)
        json["stopped"] = true;
    return json;
}

} // namespace tideline::vectors
