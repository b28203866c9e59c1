// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: hosts replicas, leads some of them, follows the others, and coordinates the groups whose offsets it
// leads.
//
// An actor: each step takes a message, a timer or a closed connection, and says through Step what to do. What
// it writes to its logs survives kill(); everything else starts empty. One file a duty: broker_produce
// (append, acks), broker_replication (the leader's end of follower fetches), broker_follower (the other end),
// broker_fetch (consumers), broker_isr (who is in sync), broker_storage (segments, retention, compaction, the
// disk), broker_lifecycle (registration, heartbeats, the clean stop), broker_metadata (what the metadata log
// says), broker_replicas (replicas that it is to have no longer), broker_throttle (replication quotas).
#pragma once

#include "engine/base/fields.h"
#include "engine/clients/group_coordinator.h"
#include "engine/cluster/disk_state.h"
#include "engine/cluster/fetch_session.h"
#include "engine/cluster/lifecycle_schedule.h"
#include "engine/cluster/metadata.h"
#include "engine/cluster/metadata_loader.h"
#include "engine/cluster/outstanding_requests.h"
#include "engine/cluster/purgatory.h"
#include "engine/cluster/quorum_peer.h"
#include "engine/cluster/replica_table.h"
#include "engine/cluster/replication_quota.h"
#include "engine/cluster/topology.h"

#include <cstdint>
#include <vector>

namespace tideline {

// controller.socket.timeout.ms: of what a broker asks of the controller and what may wait, µs.
inline constexpr Micros kControllerTimeout = 30'000'000;

class Broker
{
public:
    Broker() = default;
    Broker(BrokerId id, const Topology& topology);

    // The process starts (again): logs as they are, everything else empty.
    void start(Step step);
    void onMessage(const Message& message, const ReplyTo& from, Step step);
    void onTimer(const Timer& timer, Step step);
    // The connection to `peer` has closed: requests up to this correlation number are lost.
    void onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step);
    // The process has ended, whatever way.
    void processEnded();
    // A clean stop: the process ends once the controller has given its leaderships to others.
    void shutDown(Step step);

    // An administrator moves the log start of a partition that this broker leads; checked before.
    void deleteRecords(PartitionIndex partition, Offset newStart, Step step);

    // What a power loss took from one log.
    struct Unflushed
    {
        PartitionIndex partition = 0;
        Offset from = 0; // log end before
        Offset to = 0;   // log end after
        Offset highWatermark = 0;
    };
    // The machine loses its power at `now`, after the process has ended: logs end where they were flushed.
    std::vector<Unflushed> losePower(Micros now);
    DiskState disk() const { return disk_; }
    void setDisk(DiskState disk) { disk_ = disk; }
    // Everything that was on it is gone.
    void eraseDisk();
    const LogConfig& logConfig(PartitionIndex partition, const Topology& topology) const;

    BrokerId id() const { return id_; }
    // Whether connections to it can be opened: not before it is unfenced. Source: BrokerServer.startup of
    // Kafka.
    bool listens() const { return lifecycle_.hasRun(); }
    std::int64_t brokerEpoch() const { return brokerEpoch_; }
    const MetadataImage& image() const { return image_; }
    std::size_t replicaCount() const { return replicas_.size(); }
    const Replica& replicaAt(std::size_t i) const { return replicas_[i]; }
    const Replica* replica(PartitionIndex partition) const { return replicas_.find(partition); }
    const ReplicaTable& replicas() const { return replicas_; }
    // Whoever checks what has changed has seen it.
    void forgetTouchedReplicas() { replicas_.forgetTouched(); }
    const GroupCoordinator& coordinator() const { return coordinator_; }
    // Its replica of the metadata log.
    const RaftNode& observer() const { return observer_.node(); }

    // What a request of this broker was for.
    struct Asked
    {
        enum class What : std::uint8_t { Register, Heartbeat, ReplicaFetch, AlterPartition };
        What what = What::Register;
        BrokerId leader = kNone;                            // ReplicaFetch
        std::vector<AlterPartitionRequest::Part> proposals; // AlterPartition
        TIDELINE_FIELDS(Asked, what, leader, proposals)
    };

    TIDELINE_FIELDS(Broker, id_, incarnation_, brokerEpoch_, cleanEpoch_, previousEpoch_, lifecycle_,
                    published_, alterPartitionRetryRuns_, proposals_, observer_, loader_, disk_, image_,
                    logConfigs_, replicas_, sessions_, fetchers_, purgatory_, outstanding_, coordinator_,
                    leaderQuota_, followerQuota_)

private:
    // broker.cpp
    void answerClient(const Message& message, const ReplyTo& from, Step step);
    void finish(Step step);

    // broker_lifecycle.cpp
    static void armCommunication(const LifecycleSchedule::Next& next, Step step);
    void communicate(std::int64_t number, Step step);
    void askController(Step step);
    void askAgainAfter(Micros wait, Step step);
    void retryCommunication(std::int64_t request, Step step);
    void onControllerLost(NodeIndex asked, Step step);
    void onRegistered(const RegisterBrokerResponse& response, NodeIndex asked, Step step);
    void onHeartbeatAnswer(const BrokerHeartbeatResponse& response, NodeIndex asked, Step step);
    static void armHighWatermarkCheckpoint(Step step);
    void checkpointHighWatermarks(Step step);
    void endCleanly(Step step);
    void closeLogs(Step step);

    // broker_metadata.cpp
    void takeMetadata(Step step);
    void publishFirst(Step step);
    void applyPartitions(Step step);
    const MetadataImage& load(const RaftSnapshot& snapshot, Step step);
    void applyPartition(PartitionIndex partition, Step step);
    void becomeLeader(Replica& replica, const PartitionRegistration& partition, Step step);
    void becomeFollower(Replica& replica, const PartitionRegistration& partition, Step step);

    // broker_isr.cpp
    bool mayJoinIsr(const Replica& replica, const FollowerProgress& follower) const;
    void lookAgainAtFollowers(const Replica& replica);
    void checkIsr(Step step);
    void proposeIsr(Replica& replica, const BrokerIds& isr);
    std::vector<std::int64_t> brokerEpochsOf(const Replica& replica, const BrokerIds& isr) const;
    void sendProposals(Step step);
    void proposeAgain(std::vector<AlterPartitionRequest::Part> proposals, Step step);
    bool isOpen(const AlterPartitionRequest::Part& proposal) const;
    void onAlterPartitionAnswer(const AlterPartitionResponse& response, const Asked& asked, Step step);

    // broker_replicas.cpp
    void dropStrayReplicas(Step step);
    void dropReplica(PartitionIndex partition, Step step);

    // broker_throttle.cpp
    void setQuotas();
    bool countsForLeader(PartitionIndex partition) const;
    void chargeLeader(const ReplicaFetchResponse& response, Step step);
    bool countsForFollower(PartitionIndex partition) const;
    bool hasCaughtUp(PartitionIndex partition) const;
    void releaseThrottled(BrokerId leader, Step step);

    // broker_produce.cpp
    void onProduce(const ProduceRequest& request, const ReplyTo& from, Step step);
    ErrorCode judgeProduce(const ProduceRequest::Part& part, std::int32_t acks, const Step& step) const;
    void appendAsLeader(Replica& replica, LogBatch batch, Step step);
    void advanceHighWatermark(Replica& replica, Step step);
    void completeWaiting(Replica& replica, Step step);
    void completeOne(std::int64_t pending, PartitionIndex partition, ErrorCode error, Step step);
    void failWaiting(Replica& replica, ErrorCode error, Step step);
    void carryOutWrites(Step step);
    void expirePurgatory(Step step);

    // broker_replication.cpp
    void onReplicaFetch(const ReplicaFetchRequest& request, const ReplyTo& from, Step step);
    ErrorCode judgeReplicaFetch(BrokerId follower, const FetchSession::Part& part, EpochEnd& diverging) const;
    bool refuseOldIncarnation(const ReplicaFetchRequest& request, const ReplyTo& from, Step step) const;
    void noteFollower(Replica& replica, const ReplicaFetchRequest& request,
                      const ReplicaFetchRequest::Part& asked, Step step);
    void maybeExpandIsr(Replica& replica, const FollowerProgress& follower);
    void followersFallBehind(Replica& replica, Offset leoBefore);
    ReplicaFetchResponse readForFollower(BrokerId follower, bool& answerAtOnce, const Step& step);
    void answerTouchedSessions(Step step);
    void park(FetchSession& session, BrokerId follower, const ReplyTo& from, Step step);

    // broker_follower.cpp
    void fetchFrom(BrokerId leader, Step step);
    void onReplicaData(const ReplicaFetchResponse& response, BrokerId leader, Step step);
    void takeReplicaData(const ReplicaFetchResponse::Part& part, BrokerId leader, Step step);
    void truncate(Replica& replica, Offset to, Step step);
    void startAnew(Replica& replica, Offset start, Step step);

    // broker_fetch.cpp
    void onFetch(const FetchRequest& request, const ReplyTo& from, Step step);
    ErrorCode judgeFetch(const FetchRequest::Part& part) const;
    struct ConsumerRead
    {
        FetchResponse response;
        std::vector<Offset> segments; // by part: in which it begins, base offset
        std::int64_t bytes = 0;
        bool atOnce = false; // there is an error, or another replica to go to
    };
    ConsumerRead readForConsumer(const FetchRequest& request, const Step& step) const;
    bool isComplete(const PendingFetch& fetch) const;
    void answerParked(const PendingFetch& fetch, std::int64_t number, Step step);
    void recheckFetches(Step step);
    void onListOffsets(const ListOffsetsRequest& request, const ReplyTo& from, Step step) const;

    // broker_storage.cpp
    static void armStorageTimers(Step step);
    static void armWriteBack(Step step);
    bool onStorageTimer(const Timer& timer, Step step);
    void noteLogConfigs(const control::Records& records, const Topology& topology);
    void noteLogConfig(TopicIndex topic, const Topology& topology);
    Millis logTime(PartitionIndex partition, const Step& step) const;
    void retainLogs(bool compacted, Step step);
    void cleanLogs(Step step);
    bool cleanFilthiest(Step step);
    void flushLogs(Step step);
    void writeBack(Step step);
    void logStartMoved(Replica& replica);
    void haltIfUnwritable(Step step);

    Replica* editReplica(PartitionIndex partition) { return replicas_.editFind(partition); }
    FetchSession& session(BrokerId follower) { return sessions_[static_cast<std::size_t>(follower - 1)]; }
    Fetcher& fetcher(BrokerId leader) { return fetchers_[static_cast<std::size_t>(leader - 1)]; }

    BrokerId id_ = 0;
    std::int32_t incarnation_ = 0;
    std::int64_t brokerEpoch_ = -1;
    std::int64_t cleanEpoch_ = -1;    // under which it was last shut down cleanly; what its disk remembers
    std::int64_t previousEpoch_ = -1; // the same, as it was when the process began
    LifecycleSchedule lifecycle_;
    bool published_ = false; // it has read the metadata log as far as that was committed when it began
    bool alterPartitionRetryRuns_ = false;
    std::vector<AlterPartitionRequest::Part> proposals_; // of ISRs, that wait to be sent
    QuorumPeer observer_;
    MetadataLoader loader_; // of the metadata log into image_
    DiskState disk_ = DiskState::Sound;
    MetadataImage image_;
    CowPages<LogConfig, 16> logConfigs_; // by topic, as far as the metadata goes
    ReplicaTable replicas_;
    std::vector<FetchSession> sessions_; // by follower id - 1
    std::vector<Fetcher> fetchers_;      // by leader id - 1
    Purgatory purgatory_;
    OutstandingRequests<Asked> outstanding_;
    GroupCoordinator coordinator_;
    ReplicationQuota leaderQuota_;   // of what followers out of sync are given
    ReplicationQuota followerQuota_; // of what is fetched for replicas out of sync
    // Collected during a step, empty between steps.
    std::vector<BrokerId> touchedSessions_;
    std::vector<std::int64_t> touchedFetches_;
};

} // namespace tideline
