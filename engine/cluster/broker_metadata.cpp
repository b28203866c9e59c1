// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: follows the metadata log and becomes leader or follower as it says.
#include "engine/cluster/broker.h"
#include "engine/cluster/metadata_batch.h"

#include <algorithm>

namespace tideline {

namespace {

// What a leader knows of its followers when an epoch begins: nothing if it has just been elected; if it was
// the leader before, where they are stays known, so that the high watermark need not wait for their next
// fetches. Members of the ISR get a lag time of grace; the others have never been caught up with this leader.
// Source: Replica.resetReplicaState of Kafka.
void resetFollowers(Replica& leader, const PartitionRegistration& partition, bool wasLeader, Micros now)
{
    std::vector<FollowerProgress> followers;
    for (const BrokerId other : partition.replicas) {
        if (other == leader.leader)
            continue;
        FollowerProgress follower;
        follower.broker = other;
        const bool inIsr = partition.isr.contains(other);
        if (const FollowerProgress* known = wasLeader ? leader.follower(other) : nullptr) {
            follower = *known;
            follower.leaderLeoAtLastFetch = leader.leo();
            follower.lastFetch = inIsr ? now : kNeverCaughtUp;
        }
        follower.lastCaughtUp = inIsr ? now : kNeverCaughtUp;
        followers.push_back(follower);
    }
    leader.followers = std::move(followers);
}

// Replicas that came are followed from now on, those that left no longer. Nobody new has ever been caught up.
void followReplicas(Replica& leader, const BrokerIds& replicas)
{
    std::erase_if(leader.followers,
                  [&](const FollowerProgress& follower) { return !replicas.contains(follower.broker); });
    for (const BrokerId broker : replicas) {
        if (broker == leader.leader || leader.follower(broker))
            continue;
        FollowerProgress follower;
        follower.broker = broker;
        leader.followers.push_back(follower);
    }
}

// What a broker has to do something about.
struct MetadataNews
{
    std::vector<PartitionIndex> touched;
    bool unfenced = false; // somebody is
    bool topicsDeleted = false;
    bool configsChanged = false;

    // Anything may be another, as far as the image goes.
    void addAll(const MetadataImage& image)
    {
        for (PartitionIndex partition = 0; partition < image.topics.nextPartition(); ++partition)
            touched.push_back(partition);
        unfenced = topicsDeleted = configsChanged = true;
    }
    void add(const MetadataRecord& record)
    {
        if (const auto* created = std::get_if<control::PartitionRecord>(&record))
            touched.push_back(created->partition);
        else if (const auto* changed = std::get_if<control::PartitionChangeRecord>(&record))
            touched.push_back(changed->partition);
        else if (const auto* change = std::get_if<control::BrokerRegistrationChangeRecord>(&record))
            unfenced = unfenced || (change->fenced && !*change->fenced);
        else if (std::holds_alternative<control::RemoveTopicRecord>(record))
            topicsDeleted = true;
        else
            configsChanged = configsChanged || std::holds_alternative<control::ConfigRecord>(record);
    }
};

} // namespace

// What the quorum has committed takes effect here.
void Broker::takeMetadata(Step step)
{
    const Offset committed = observer_.node().committed();
    if (loader_.applied().offset >= committed)
        return;
    MetadataNews news;
    loader_.takeCommitted(
        observer_.node(), step.now, [&](const RaftSnapshot& snapshot) { news.addAll(load(snapshot, step)); },
        [&](const RaftPayload& batch) {
            const MetadataBatch& metadata = *metadataOf(batch);
            image_ = metadata.image;
            noteLogConfigs(metadata.records, step.topology);
            for (const MetadataRecord& record : metadata.records)
                news.add(record);
        });
    coordinator_.onMetadata(image_, news.topicsDeleted, step);
    if (news.configsChanged)
        setQuotas();
    if (!published_) {
        publishFirst(step);
    } else {
        if (news.topicsDeleted)
            dropStrayReplicas(step);
        std::sort(news.touched.begin(), news.touched.end());
        news.touched.erase(std::unique(news.touched.begin(), news.touched.end()), news.touched.end());
        for (const PartitionIndex partition : news.touched)
            applyPartition(partition, step);
        if (news.unfenced) {
            for (std::size_t i = 0; i < replicas_.size(); ++i)
                lookAgainAtFollowers(replicas_[i]);
        }
        for (BrokerId leader = 1; leader <= step.topology.config.brokers; ++leader)
            fetchFrom(leader, step);
    }
    // Last, since nothing that the news bring about happens because of it.
    if (loader_.snapshotIsDue(step.now, step.topology.config))
        observer_.createSnapshot(snapshotOf(loader_.applied(), image_, step.now), step);
}

// Now it knows what has been moved or deleted while it was away. It follows at once, registered or not, and
// its logs are looked after. Source: BrokerMetadataPublisher.initializeManagers of Kafka.
void Broker::publishFirst(Step step)
{
    published_ = true;
    cleanEpoch_ = -1; // its logs are open
    loader_.caughtUp(step.now);
    dropStrayReplicas(step);
    applyPartitions(step);
    step.out.timer(step.now + step.topology.config.replicaLagTimeMax / 2, Timer{TimerKind::IsrCheck, 0, 0});
    armHighWatermarkCheckpoint(step);
    armStorageTimers(step);
}

void Broker::applyPartitions(Step step)
{
    for (PartitionIndex partition = 0; partition < image_.topics.nextPartition(); ++partition)
        applyPartition(partition, step);
    for (BrokerId leader = 1; leader <= step.topology.config.brokers; ++leader)
        fetchFrom(leader, step);
}

// What is known is what the snapshot says, whatever was known before.
const MetadataImage& Broker::load(const RaftSnapshot& snapshot, Step step)
{
    image_ = imageOf(snapshot);
    logConfigs_ = {};
    for (TopicIndex topic = 0; topic < image_.topics.nextTopic(); ++topic)
        noteLogConfig(topic, step.topology);
    step.out.fact(SnapshotLoaded{Topology::brokerNode(id_), snapshot.id.offset, snapshot.id.epoch});
    return image_;
}

void Broker::applyPartition(PartitionIndex index, Step step)
{
    const PartitionRegistration& partition = image_.partition(index);
    if (!partition.replicas.contains(id_)) {
        dropReplica(index, step);
        return;
    }
    if (!replica(index)) {
        Replica fresh;
        fresh.partition = index;
        replicas_.push(std::move(fresh));
    }
    Replica& replica = *editReplica(index);
    // Before it has caught up to its own registration, which ends what it led, it may still stand there as
    // the leader with what its disk has lost since; nobody could reach it anyway.
    if (partition.leader == id_ && !lifecycle_.caughtUp())
        return;
    if (partition.leaderEpoch > replica.leaderEpoch) {
        if (partition.leader == id_)
            becomeLeader(replica, partition, step);
        else
            becomeFollower(replica, partition, step);
    } else if (replica.role == Replica::Role::Leader && partition.partitionEpoch > replica.partitionEpoch) {
        replica.isr = partition.isr;
        replica.partitionEpoch = partition.partitionEpoch;
        replica.proposedIsr = {};
        replica.proposedEpochs = {};
        followReplicas(replica, partition.replicas);
        advanceHighWatermark(replica, step);
        lookAgainAtFollowers(replica);
    }
    // Source: ReplicaManager.applyLocalFollowersDelta of Kafka.
    const bool leaves = lifecycle_.state() == LifecycleSchedule::State::ControlledShutdown &&
                        replica.role == Replica::Role::Follower && !partition.isr.contains(id_);
    if (leaves && replica.leader != kNone)
        fetcher(replica.leader).remove(index);
}

void Broker::becomeLeader(Replica& replica, const PartitionRegistration& partition, Step step)
{
    if (replica.role == Replica::Role::Follower && replica.leader != kNone)
        fetcher(replica.leader).remove(replica.partition);
    const bool wasLeader = replica.role == Replica::Role::Leader;
    replica.role = Replica::Role::Leader;
    replica.leader = id_;
    replica.leaderEpoch = partition.leaderEpoch;
    replica.partitionEpoch = partition.partitionEpoch;
    replica.isr = partition.isr;
    replica.proposedIsr = {};
    replica.proposedEpochs = {};
    replica.epochStart = replica.leo(); // a new leader never truncates
    replica.log.startEpoch(partition.leaderEpoch);
    resetFollowers(replica, partition, wasLeader, step.wallClock());
    advanceHighWatermark(replica, step);
    if (!wasLeader && step.topology.isInternal(replica.partition))
        coordinator_.load(replica.partition, replica.log, step);
}

void Broker::becomeFollower(Replica& replica, const PartitionRegistration& partition, Step step)
{
    if (replica.role == Replica::Role::Follower && replica.leader != kNone &&
        replica.leader != partition.leader)
        fetcher(replica.leader).remove(replica.partition);
    const bool wasLeader = replica.role == Replica::Role::Leader;
    replica.role = Replica::Role::Follower;
    replica.leader = partition.leader;
    replica.leaderEpoch = partition.leaderEpoch;
    replica.partitionEpoch = partition.partitionEpoch;
    replica.isr = partition.isr;
    replica.proposedIsr = {};
    replica.proposedEpochs = {};
    replica.followers.clear();
    replica.lagAtLastData.reset();
    if (partition.leader != kNone)
        fetcher(partition.leader).add(replica.partition);
    failWaiting(replica, ErrorCode::NotLeaderOrFollower, step);
    touchedFetches_.insert(touchedFetches_.end(), replica.parkedFetches.begin(), replica.parkedFetches.end());
    if (wasLeader) {
        for (BrokerId follower = 1; follower <= step.topology.config.brokers; ++follower) {
            if (FetchSession::Part* part = session(follower).find(replica.partition)) {
                session(follower).mark(*part);
                touchedSessions_.push_back(follower);
            }
        }
        if (step.topology.isInternal(replica.partition))
            coordinator_.unload(replica.partition, step);
    }
}

} // namespace tideline
