// SPDX-License-Identifier: GPL-3.0-or-later
// RaftNode: one node of a KRaft quorum: a controller that votes, or a broker that observes.
//
// It is driven like this. Its driver calls start() once the process runs, and from then on hands it every
// message (onRequest, onAnswer) and calls onTimer() when its clock reaches wakeAt(), which may have changed
// after any call; an earlier or a repeated call does no harm. Each call fills step.out: requests to send,
// answers to give (with the ticket that came with the request), a changed status, and how far the log is
// committed. Nothing tells a node that a message was lost.
//
// A controller appends its metadata records while it leads, gets the offset of the last of them, and treats
// them as done when RaftCommitted passes that offset; all nodes read committed batches from log(). A
// RaftTruncated tells that appended records will never be committed.
//
// Its user makes a snapshot of what it has read of the log so far and hands it over with createSnapshot();
// the log before it goes in time (snapshot_retention.h). A user that stands before log().startOffset() goes
// on from log().latestSnapshot(), which a node also gets from a leader whose log starts behind its own end.
//
// Log, snapshots, epoch, leader and vote outlive kill(); everything else is lost with the process. A plain
// value: a copy goes on equally. One thread at a time. (KIP-595, KIP-630, KIP-835, KIP-996; static voters.)
#pragma once

#include "engine/base/fields.h"
#include "engine/quorum/fetch_purgatory.h"
#include "engine/quorum/quorum_state.h"
#include "engine/quorum/raft_connections.h"
#include "engine/quorum/raft_log.h"
#include "engine/quorum/raft_step.h"

#include <optional>

namespace tideline {

class RaftNode
{
public:
    RaftNode() = default;
    // A node that is not among config.voters observes. `election` and `log` are what is on its disk.
    RaftNode(ReplicaId id, QuorumConfig config, ElectionState election = {}, RaftLog log = {});

    void start(const RaftStep& step);
    // The process ends without a word.
    void kill();
    void onRequest(const RaftRequest& request, RaftTicket ticket, const RaftStep& step);
    // `from` is the node that the request with this correlation number was sent to.
    void onAnswer(ReplicaId from, std::int32_t correlation, const RaftAnswer& answer, const RaftStep& step);
    void onTimer(const RaftStep& step);
    // The number of what was asked of the node and is not answered; -1: nothing.
    std::int32_t requestUnderWay(ReplicaId node) const { return connections_.underWay(node); }

    // Appends one batch of `records` >= 1 records: the offset of its last record, or nothing when the node
    // does not lead.
    std::optional<Offset> append(RaftPayload payload, std::int32_t records, const RaftStep& step);
    // A snapshot of what is committed; it ends with a batch of the log. False when there is one already, or
    // when it ends before the log start.
    bool createSnapshot(RaftSnapshot snapshot);
    // A leader hands its leadership over.
    void resign(const RaftStep& step);
    // The process ends in good order, at the latest after `timeout` µs; status().stopped tells when.
    void shutDown(Micros timeout, const RaftStep& step);

    bool runs() const { return running_; }
    // When onTimer() is due on the node's own clock; kNever when it waits for messages only.
    Micros wakeAt() const;
    RaftStatus status() const;
    const QuorumState& quorum() const { return quorum_; }
    const RaftLog& log() const { return log_; }
    // Offsets below are committed for ever, as far as this process has learnt.
    Offset committed() const { return committed_; }

    TIDELINE_FIELDS(RaftNode, quorum_, log_, connections_, purgatory_, noticed_, committed_, wakeAt_,
                    shutdownAt_, cleanAt_, nextCorrelation_, running_, stopped_)

private:
    // raft_node.cpp: rounds
    template <class Handle>
    void run(const RaftStep& step, Handle&& handle);
    void goOn(const RaftStep& step);
    bool hasShutDown(Micros now);
    void notice(const RaftStep& step);
    void commit(Offset offset, const RaftStep& step);

    // raft_node_roles.cpp: changes of role, with what each brings about
    void dropPending(const RaftStep& step);
    void toUnattached(LeaderEpoch epoch, const RaftStep& step);
    void toFollower(LeaderEpoch epoch, ReplicaId leader, const RaftStep& step);
    void toProspective(const RaftStep& step);
    void toCandidate(const RaftStep& step);
    void toLeader(const RaftStep& step);
    void toResigned(const RaftStep& step);
    void afterLostPreVote(const RaftStep& step);
    void learn(LeaderEpoch epoch, ReplicaId leader, const RaftStep& step);
    bool contradicts(LeaderEpoch epoch, ReplicaId leader) const;

    // raft_node_poll.cpp: what a role does by itself; µs until it has something to do again
    Micros poll(const RaftStep& step);
    Micros pollUnattached(UnattachedState& state, const RaftStep& step);
    Micros pollProspective(ProspectiveState& state, const RaftStep& step);
    Micros pollCandidate(CandidateState& state, const RaftStep& step);
    Micros pollLeader(LeaderState& state, const RaftStep& step);
    Micros pollFollower(FollowerState& state, const RaftStep& step);
    Micros pollResigned(ResignedState& state, const RaftStep& step);
    void writePending(LeaderState& state, const RaftStep& step);
    Micros beginQuorumEpoch(LeaderState& state, const RaftStep& step);
    Micros askForVotes(const EpochElection& election, bool preVote, const RaftStep& step);
    Micros updateVoter(FollowerState& state, const RaftStep& step);
    Micros fetchFromLeader(const RaftStep& step);
    Micros fetchFromAnyVoter(const RaftStep& step);
    Micros send(ReplicaId to, RaftRequest request, const RaftStep& step);
    RaftRequest fetchRequest() const;

    // raft_node_requests.cpp
    std::optional<RaftAnswer> handle(const VoteRequest& request, RaftTicket ticket, const RaftStep& step);
    std::optional<RaftAnswer> handle(const BeginQuorumEpochRequest& request, RaftTicket ticket,
                                     const RaftStep& step);
    std::optional<RaftAnswer> handle(const EndQuorumEpochRequest& request, RaftTicket ticket,
                                     const RaftStep& step);
    std::optional<RaftAnswer> handle(const RaftFetchRequest& request, RaftTicket ticket,
                                     const RaftStep& step);
    std::optional<RaftAnswer> handle(const UpdateRaftVoterRequest& request, RaftTicket ticket,
                                     const RaftStep& step);
    std::optional<RaftAnswer> handle(const FetchSnapshotRequest& request, RaftTicket ticket,
                                     const RaftStep& step);
    RaftAnswer readFor(const RaftFetchRequest& request, const RaftStep& step);
    QuorumError judgeLeaderRequest(LeaderEpoch epoch) const;
    RaftAnswer answer(QuorumError error, RaftAnswerBody body) const;
    void leaderHighWatermarkRose(const RaftStep& step);
    void completeFetches(const RaftStep& step);
    void refuseFetches(QuorumError error, const RaftStep& step);

    // raft_node_answers.cpp: whether the asked node may be asked again at once
    bool take(ReplicaId from, const RaftAnswer& answer, const RaftStep& step);
    std::optional<bool> takeCommon(const RaftAnswer& answer, const RaftStep& step);
    bool takeBody(const VoteAnswer& body, ReplicaId from, const RaftStep& step);
    bool takeBody(const RaftFetchAnswer& body, ReplicaId from, const RaftStep& step);
    bool takeBody(const Acknowledgement& body, ReplicaId from, const RaftStep& step);
    bool takeBody(const FetchSnapshotAnswer& body, ReplicaId from, const RaftStep& step);
    void hasHeardFromLeader(FollowerState& follower, const RaftStep& step);
    void appendFetched(const std::vector<RaftBatch>& batches);

    // raft_node_snapshots.cpp
    Micros clean(const RaftStep& step);
    bool startFetching(FollowerState& follower, const OffsetAndEpoch& snapshot, const RaftStep& step);
    bool giveUpFetching(const RaftStep& step);

    QuorumState quorum_;
    RaftLog log_;
    RaftConnections connections_;
    FetchPurgatory purgatory_;
    std::optional<RaftStatus> noticed_; // as last told
    Offset committed_ = 0;
    Micros wakeAt_ = kNever;
    Micros shutdownAt_ = kNever; // when a shutdown under way is given up
    Micros cleanAt_ = kNever;    // when the log start is looked at next
    std::int32_t nextCorrelation_ = 0;
    bool running_ = false;
    bool stopped_ = false;
};

} // namespace tideline
