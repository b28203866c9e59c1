// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/quorum_peer.h"

#include <utility>

namespace tideline {

namespace {

QuorumConfig quorumOf(const Topology& topology)
{
    QuorumConfig quorum;
    for (std::int32_t controller = 1; controller <= topology.config.controllers; ++controller)
        quorum.voters.push_back(Topology::replicaId(topology.controllerNode(controller)));
    quorum.electionTimeout = topology.config.quorumElectionTimeout;
    quorum.fetchTimeout = topology.config.quorumFetchTimeout;
    quorum.electionBackoffMax = topology.config.quorumElectionBackoffMax;
    quorum.requestTimeout = topology.config.quorumRequestTimeout;
    quorum.retryBackoff = topology.config.quorumRetryBackoff;
    quorum.appendLinger = topology.config.quorumAppendLinger;
    quorum.segmentBytes = topology.config.metadataSegmentBytes;
    quorum.retentionBytes = topology.config.metadataRetentionBytes;
    quorum.retentionTime = topology.config.metadataRetention;
    return quorum;
}

// Who is answered, and which of its requests.
RaftTicket ticketFor(NodeIndex node, std::int32_t number)
{
    return static_cast<RaftTicket>(node) << 32 | static_cast<std::uint32_t>(number);
}

} // namespace

QuorumPeer::QuorumPeer(NodeIndex self, const Topology& topology)
    : node_(Topology::replicaId(self), quorumOf(topology))
{}

NodeIndex QuorumPeer::leader() const
{
    const ReplicaId leader = node_.quorum().leader();
    return leader == kNone ? kNone : Topology::replicaNode(leader);
}

template <class Call>
void QuorumPeer::drive(Step step, Call&& call)
{
    RandomRaftDraws draws(step.draws);
    TIDELINE_ASSERT(effects_.empty());
    call(RaftStep{step.now, draws, effects_});
    // First what has happened to this node: that is why it sends.
    for (const RaftEffect& effect : effects_)
        tell(effect, step);
    for (RaftEffect& effect : effects_) {
        if (auto* send = std::get_if<RaftSend>(&effect)) {
            step.out.post(Topology::replicaNode(send->to),
                          QuorumRequest{send->correlation, std::move(send->request)});
        } else if (auto* reply = std::get_if<RaftReply>(&effect)) {
            step.out.post(static_cast<NodeIndex>(reply->ticket >> 32),
                          QuorumResponse{static_cast<std::int32_t>(reply->ticket), std::move(reply->answer)});
        }
    }
    if (node_.wakeAt() < armedFor_) {
        armedFor_ = node_.wakeAt();
        step.out.timer(armedFor_, Timer{TimerKind::Quorum, 0, 0});
    }
    // Nothing is sent because of it.
    for (const RaftEffect& effect : effects_) {
        if (const auto* moved = std::get_if<RaftLogStartMoved>(&effect))
            step.out.fact(MetadataLogStartMoved{Topology::replicaNode(node_.quorum().id()), moved->offset});
    }
    effects_.clear();
}

void QuorumPeer::tell(const RaftEffect& effect, Step step)
{
    const NodeIndex self = Topology::replicaNode(node_.quorum().id());
    if (const auto* changed = std::get_if<RaftStatusChanged>(&effect))
        tell(changed->status, step);
    else if (const auto* asks = std::get_if<RaftSnapshotFetchStarted>(&effect))
        step.out.fact(SnapshotFetchStarted{self, Topology::replicaNode(asks->leader), asks->snapshot.offset,
                                           asks->snapshot.epoch});
    else if (const auto* fetched = std::get_if<RaftSnapshotFetched>(&effect))
        step.out.fact(SnapshotFetched{self, fetched->snapshot.offset, fetched->snapshot.epoch});
}

void QuorumPeer::tell(const RaftStatus& status, Step step)
{
    const NodeIndex self = Topology::replicaNode(node_.quorum().id());
    const bool another = status.epoch != last_.epoch;
    if (node_.quorum().isVoter()) {
        if (status.role == RaftRole::Candidate && (another || last_.role != RaftRole::Candidate))
            step.out.fact(QuorumElectionStarted{self, status.epoch});
        if (status.voted != kNone && status.voted != node_.quorum().id() &&
            (another || status.voted != last_.voted))
            step.out.fact(QuorumVoteGranted{self, Topology::replicaNode(status.voted), status.epoch});
    }
    last_ = status;
}

void QuorumPeer::start(Step step)
{
    node_.kill();
    last_ = node_.status();
    armedFor_ = kNever;
    drive(step, [&](const RaftStep& raft) { node_.start(raft); });
}

bool QuorumPeer::onMessage(const Message& message, Step step)
{
    if (const auto* request = message.body.as<QuorumRequest>()) {
        drive(step, [&](const RaftStep& raft) {
            node_.onRequest(request->request, ticketFor(message.from, request->number), raft);
        });
        return true;
    }
    if (const auto* response = message.body.as<QuorumResponse>()) {
        drive(step, [&](const RaftStep& raft) {
            node_.onAnswer(Topology::replicaId(message.from), response->number, response->answer, raft);
        });
        return true;
    }
    return false;
}

void QuorumPeer::onTimer(Step step)
{
    if (step.now < armedFor_)
        return; // an earlier one has rung for both
    armedFor_ = kNever;
    drive(step, [&](const RaftStep& raft) { node_.onTimer(raft); });
}

void QuorumPeer::onConnectionClosed(NodeIndex peer, Step step)
{
    const ReplicaId replica = Topology::replicaId(peer);
    const std::int32_t asked = node_.requestUnderWay(replica); // there is one at a time
    if (asked < 0)
        return;
    RaftAnswer lost;
    lost.error = QuorumError::BrokerNotAvailable;
    lost.wholeRequest = true;
    drive(step, [&](const RaftStep& raft) { node_.onAnswer(replica, asked, lost, raft); });
}

std::optional<Offset> QuorumPeer::append(RaftPayload payload, std::int32_t records, Step step)
{
    std::optional<Offset> last;
    drive(step, [&](const RaftStep& raft) { last = node_.append(std::move(payload), records, raft); });
    return last;
}

void QuorumPeer::shutDown(Step step)
{
    drive(step, [&](const RaftStep& raft) { node_.shutDown(kQuorumShutdown, raft); });
}

void QuorumPeer::createSnapshot(RaftSnapshot snapshot, Step step)
{
    const SnapshotCreated created{Topology::replicaNode(node_.quorum().id()), snapshot.id.offset,
                                  snapshot.id.epoch, snapshot.bytes};
    if (node_.createSnapshot(std::move(snapshot)))
        step.out.fact(created);
}

} // namespace tideline
