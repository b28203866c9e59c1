// SPDX-License-Identifier: GPL-3.0-or-later
// How a node answers votes, the begin and the end of an epoch, and fetches.
#include "engine/quorum/raft_node.h"

#include "engine/quorum/election_backoff.h"
#include "engine/quorum/vote_rules.h"

#include <algorithm>
#include <utility>

namespace tideline {

RaftAnswer RaftNode::answer(QuorumError error, RaftAnswerBody body) const
{
    return {error, false, quorum_.epoch(), quorum_.leader(), std::move(body)};
}

std::optional<RaftAnswer> RaftNode::handle(const VoteRequest& request, RaftTicket, const RaftStep& step)
{
    if (!isValidVoteRequest(request))
        return answer(QuorumError::InvalidRequest, VoteAnswer{});
    if (request.epoch < quorum_.epoch())
        return answer(QuorumError::FencedLeaderEpoch, VoteAnswer{});
    if (request.candidate < 0)
        return answer(QuorumError::InvalidRequest, VoteAnswer{});
    if (request.epoch > quorum_.epoch())
        toUnattached(request.epoch, step);
    if (request.voter != kNone && request.voter != quorum_.id())
        return answer(QuorumError::InvalidVoterKey, VoteAnswer{});
    const bool upToDate = request.end.isUpToDateWith(log_.end());
    if (request.preVote)
        return answer(QuorumError::None, VoteAnswer{grantsPreVote(quorum_, upToDate)});
    const bool granted = grantsVote(quorum_, request.candidate, upToDate);
    if (granted && quorum_.election().voted == kNone)
        quorum_.vote(request.candidate, step);
    return answer(QuorumError::None, VoteAnswer{granted});
}

std::optional<RaftAnswer> RaftNode::handle(const BeginQuorumEpochRequest& request, RaftTicket,
                                           const RaftStep& step)
{
    if (request.epoch < quorum_.epoch())
        return answer(QuorumError::FencedLeaderEpoch, Acknowledgement{AcknowledgedCall::BeginQuorumEpoch});
    if (request.leader < 0 || contradicts(request.epoch, request.leader))
        return answer(QuorumError::InvalidRequest, Acknowledgement{AcknowledgedCall::BeginQuorumEpoch});
    learn(request.epoch, request.leader, step);
    return answer(QuorumError::None, Acknowledgement{AcknowledgedCall::BeginQuorumEpoch});
}

std::optional<RaftAnswer> RaftNode::handle(const EndQuorumEpochRequest& request, RaftTicket,
                                           const RaftStep& step)
{
    if (request.epoch < quorum_.epoch())
        return answer(QuorumError::FencedLeaderEpoch, Acknowledgement{AcknowledgedCall::EndQuorumEpoch});
    if (request.leader < 0 || contradicts(request.epoch, request.leader))
        return answer(QuorumError::InvalidRequest, Acknowledgement{AcknowledgedCall::EndQuorumEpoch});
    learn(request.epoch, request.leader, step);
    auto* follower = quorum_.as<FollowerState>();
    if (follower && quorum_.leader() == request.leader) {
        const Micros wait = electionBackoff(request.preferredSuccessors, quorum_.id(), quorum_.config());
        follower->fetchTimeoutAt = saturatingAdd(step.now, wait);
    }
    return answer(QuorumError::None, Acknowledgement{AcknowledgedCall::EndQuorumEpoch});
}

std::optional<RaftAnswer> RaftNode::handle(const RaftFetchRequest& request, RaftTicket ticket,
                                           const RaftStep& step)
{
    if (request.maxWait < 0 || request.end.offset < 0 || request.end.epoch < 0 ||
        request.end.epoch > request.currentLeaderEpoch)
        return answer(QuorumError::InvalidRequest, RaftFetchAnswer{});
    RaftAnswer now = readFor(request, step);
    const auto& body = std::get<RaftFetchAnswer>(now.body);
    const bool hasNews = now.error != QuorumError::None || !body.batches.empty() || body.diverging ||
                         body.snapshot || request.highWatermark < body.highWatermark;
    if (hasNews || request.maxWait == 0)
        return now;
    purgatory_.park({ticket, request, std::move(now), saturatingAdd(step.now, request.maxWait)});
    return std::nullopt;
}

std::optional<RaftAnswer> RaftNode::handle(const UpdateRaftVoterRequest& request, RaftTicket,
                                           const RaftStep& step)
{
    const QuorumError error = judgeLeaderRequest(request.currentLeaderEpoch);
    if (error != QuorumError::None)
        return answer(error, Acknowledgement{AcknowledgedCall::UpdateRaftVoter});
    auto* leader = quorum_.as<LeaderState>();
    if (leader->highWatermark() == kUnknownOffset)
        return answer(QuorumError::RequestTimedOut, Acknowledgement{AcknowledgedCall::UpdateRaftVoter});
    if (!quorum_.config().isVoter(request.voter) || request.voter == quorum_.id())
        return answer(QuorumError::VoterNotFound, Acknowledgement{AcknowledgedCall::UpdateRaftVoter});
    leader->hasContacted(request.voter, step.now, quorum_.config());
    return answer(QuorumError::None, Acknowledgement{AcknowledgedCall::UpdateRaftVoter});
}

QuorumError RaftNode::judgeLeaderRequest(LeaderEpoch epoch) const
{
    if (epoch < quorum_.epoch())
        return QuorumError::FencedLeaderEpoch;
    if (epoch > quorum_.epoch())
        return QuorumError::UnknownLeaderEpoch;
    // A node that looks for the leader asks in this way.
    if (quorum_.role() != RaftRole::Leader)
        return QuorumError::NotLeaderOrFollower;
    return shutdownAt_ == kNever ? QuorumError::None : QuorumError::BrokerNotAvailable;
}

RaftAnswer RaftNode::readFor(const RaftFetchRequest& request, const RaftStep& step)
{
    const QuorumError error = judgeLeaderRequest(request.currentLeaderEpoch);
    if (error != QuorumError::None)
        return answer(error, RaftFetchAnswer{});
    if (request.replica == quorum_.id())
        return answer(QuorumError::UnknownServerError, RaftFetchAnswer{});
    RaftFetchAnswer body;
    // A snapshot is sooner there than all that it stands for. Source: KafkaRaftClient.tryCompleteFetchRequest
    // of Kafka.
    const RaftSnapshot* newest = log_.latestSnapshot();
    const JudgedEnd judged = request.end.offset == 0 && newest
                                 ? JudgedEnd{JudgedEnd::Verdict::Snapshot, newest->id}
                                 : log_.judge(request.end);
    if (judged.verdict == JudgedEnd::Verdict::Valid) {
        const auto limit = static_cast<std::size_t>(std::max(0, quorum_.config().fetchMaxBatches));
        for (std::size_t i = log_.find(request.end.offset);
             i < log_.batchCount() && body.batches.size() < limit; ++i)
            body.batches.push_back(log_.batch(i));
        // A batch that the replica has in part does not count.
        const Offset fetched = body.batches.empty() ? request.end.offset : body.batches.front().baseOffset;
        auto* leader = quorum_.as<LeaderState>();
        if (leader->hasFetched(request.replica, fetched, step.now, quorum_.config()))
            leaderHighWatermarkRose(step);
    } else if (judged.verdict == JudgedEnd::Verdict::Diverging) {
        body.diverging = judged.at;
    } else {
        body.snapshot = judged.at;
    }
    body.highWatermark = quorum_.highWatermark();
    return answer(QuorumError::None, std::move(body));
}

void RaftNode::leaderHighWatermarkRose(const RaftStep& step)
{
    commit(quorum_.highWatermark(), step);
    completeFetches(step);
}

void RaftNode::completeFetches(const RaftStep& step)
{
    while (std::optional<ParkedFetch> fetch = purgatory_.takeFirst())
        step.out.push_back(RaftReply{fetch->ticket, readFor(fetch->request, step)});
}

void RaftNode::refuseFetches(QuorumError error, const RaftStep& step)
{
    while (std::optional<ParkedFetch> fetch = purgatory_.takeFirst())
        step.out.push_back(RaftReply{fetch->ticket, answer(error, RaftFetchAnswer{})});
}

} // namespace tideline
