// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/metadata.h"

#include "engine/cluster/cluster_control.h"

#include <algorithm>

namespace tideline {

namespace {

PartitionRegistration notThere()
{
    PartitionRegistration registration;
    registration.leaderEpoch = -1;
    registration.partitionEpoch = -1;
    return registration;
}

} // namespace

const PartitionRegistration& MetadataImage::partition(PartitionIndex index) const
{
    static const PartitionRegistration kNotThere = notThere();
    const control::Partition* partition = topics.partition(index);
    return partition ? partition->registration : kNotThere;
}

const std::vector<PartitionIndex>& MetadataImage::partitionsOf(const std::string& topic) const
{
    static const std::vector<PartitionIndex> kNothing;
    const control::Topic* found = topics.topic(topics.find(topic));
    return found ? found->partitions : kNothing;
}

std::int64_t MetadataImage::brokerEpoch(BrokerId id) const
{
    const control::BrokerRegistration* registration = brokers.find(id);
    return registration ? registration->brokerEpoch : -1;
}

std::int32_t MetadataImage::effectiveMinIsr(PartitionIndex index, BrokerId broker) const
{
    const control::Partition* partition = topics.partition(index);
    if (!partition)
        return 1;
    const auto replicas = static_cast<std::int32_t>(partition->registration.replicas.size());
    return std::clamp(configs.minInsyncReplicas(partition->topic, broker), 1, std::max(1, replicas));
}

MetadataImage imageOf(const control::ClusterControl& control)
{
    return {control.nextOffset, control.brokers, control.topics, control.configs};
}

} // namespace tideline
