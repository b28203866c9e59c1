// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: replication quotas (KIP-73). While a reassignment copies whole logs, its bytes a second are held
// down on the leader and on the follower, so that everybody else's fit beside them.
//
// Throttled is what stands in the topic's lists of throttled replicas. All of it counts, so that all of it
// together stays below the rate, but who is in sync never waits. Sources:
// ReplicaManager.shouldLeaderThrottle, KafkaApis.sizeOfThrottledPartitions,
// ReplicaFetcherThread.shouldFollowerThrottle of Kafka.
#include "engine/cluster/broker.h"

#include "engine/cluster/config_value.h"

#include <algorithm>
#include <utility>

namespace tideline {

namespace {

const std::string kLeaderRate = "leader.replication.throttled.rate";
const std::string kFollowerRate = "follower.replication.throttled.rate";
const std::string kLeaderReplicas = "leader.replication.throttled.replicas";
const std::string kFollowerReplicas = "follower.replication.throttled.replicas";

std::int64_t rateOf(const control::TopicConfigs& configs, BrokerId broker, const std::string& key)
{
    const std::optional<std::string> value = configs.ofBroker(broker, key);
    const std::optional<std::int64_t> rate = value ? control::parseInt64(*value) : std::nullopt;
    return rate && *rate >= 0 ? *rate : ReplicationQuota::kUnlimited;
}

bool isListed(const MetadataImage& image, PartitionIndex index, BrokerId broker, const std::string& key)
{
    const control::Partition* partition = image.topics.partition(index);
    if (!partition)
        return false;
    const auto list = image.configs.valueAt({control::ConfigLevel::Topic, partition->topic}, key);
    return list && isThrottledReplica(*list, partition->number, broker);
}

} // namespace

void Broker::setQuotas()
{
    leaderQuota_.setLimit(rateOf(image_.configs, id_, kLeaderRate));
    followerQuota_.setLimit(rateOf(image_.configs, id_, kFollowerRate));
}

// Whether what followers are given of the partition counts against the leader's quota.
bool Broker::countsForLeader(PartitionIndex partition) const
{
    return leaderQuota_.limited() && isListed(image_, partition, id_, kLeaderReplicas);
}

// Once a response is sent, for all of it: what it holds was let through before. Source:
// KafkaApis.handleFetchRequest of Kafka.
void Broker::chargeLeader(const ReplicaFetchResponse& response, Step step)
{
    if (!leaderQuota_.limited())
        return;
    std::int64_t bytes = 0;
    for (const ReplicaFetchResponse::Part& part : response.parts) {
        if (countsForLeader(part.partition))
            bytes += batchBytes(part);
    }
    if (bytes > 0)
        leaderQuota_.record(bytes, step.now);
}

// And whether what this broker fetches of it counts against its own.
bool Broker::countsForFollower(PartitionIndex partition) const
{
    return followerQuota_.limited() && isListed(image_, partition, id_, kFollowerReplicas);
}

// Whether this follower had all that was committed when it was given data last. Source:
// PartitionFetchState.isReplicaInSync of Kafka.
bool Broker::hasCaughtUp(PartitionIndex partition) const
{
    const Replica* own = replica(partition);
    return own && own->lagAtLastData == 0;
}

// Partitions that the quota lets fetch again are asked for anew; those that it holds back from now on leave
// the session until then.
void Broker::releaseThrottled(BrokerId leader, Step step)
{
    Fetcher& fetching = fetcher(leader);
    if (!followerQuota_.limited() && fetching.throttled.empty())
        return;
    const bool exceeded = followerQuota_.exceeded(step.now);
    const std::vector<PartitionIndex> before = std::exchange(fetching.throttled, {});
    for (const PartitionIndex partition : fetching.partitions) {
        const bool was = std::find(before.begin(), before.end(), partition) != before.end();
        const bool is = exceeded && countsForFollower(partition) && !hasCaughtUp(partition);
        if (is)
            fetching.throttled.push_back(partition);
        if (was && !is) {
            std::erase(fetching.forgotten, partition);
            fetching.touch(partition);
        } else if (is && !was) {
            std::erase(fetching.changed, partition);
            fetching.forgotten.push_back(partition);
        }
    }
    if (fetching.throttled.empty() || fetching.looksAgain > step.now)
        return;
    fetching.looksAgain = step.now + step.topology.config.replicaFetchBackoff;
    step.out.timer(fetching.looksAgain, Timer{TimerKind::FetchBackoff, leader, 0});
}

} // namespace tideline
