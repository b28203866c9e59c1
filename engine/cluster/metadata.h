// SPDX-License-Identifier: GPL-3.0-or-later
// MetadataImage: what replaying the controller's log gives: brokers, topics with their partitions, and
// configuration.
//
// Controller, brokers and clients all hold images of one log at different offsets, and share the pages in
// which these agree. The rules that write the log, and the one way in which it takes effect, stand in
// cluster_control.h. A copyable value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/cluster/broker_registry.h"
#include "engine/cluster/control_records.h"
#include "engine/cluster/topic_configs.h"
#include "engine/cluster/topic_registry.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

namespace control {
struct ClusterControl;
}

using MetadataRecord = control::Record;

struct MetadataImage
{
    Offset offset = 0; // records replayed
    control::BrokerRegistry brokers;
    control::TopicRegistry topics;
    control::TopicConfigs configs;

    // With leader epoch -1 and no replicas when there is no such partition (yet, or any more).
    const PartitionRegistration& partition(PartitionIndex index) const;
    // Partitions of a topic by number; empty when there is no such topic (yet, or any more).
    const std::vector<PartitionIndex>& partitionsOf(const std::string& topic) const;
    // Registered, not fenced and not shutting down.
    bool alive(BrokerId id) const { return brokers.active(id); }
    // -1 when the broker is not registered.
    std::int64_t brokerEpoch(BrokerId id) const;
    // min(min.insync.replicas, replicas): a partition with fewer replicas can still be written. At least 1.
    // `broker`: as its leader has it configured; kNone: as the cluster has.
    std::int32_t effectiveMinIsr(PartitionIndex index, BrokerId broker = kNone) const;

    TIDELINE_FIELDS(MetadataImage, offset, brokers, topics, configs)
};

// The image of the log as far as this controller has replayed it.
MetadataImage imageOf(const control::ClusterControl& control);

} // namespace tideline
