// SPDX-License-Identifier: GPL-3.0-or-later
// A metadata log written by hand, for tests of who follows it.
#pragma once

#include "engine/cluster/cluster_control.h"
#include "engine/cluster/metadata_batch.h"
#include "engine/quorum/raft_log.h"

#include <memory>
#include <utility>
#include <vector>

namespace tideline::tests {

class MetadataLog
{
public:
    void write(control::Record record)
    {
        control::replay(control_, record);
        records_.push_back(std::move(record));
    }
    // A broker that is alive; a second time: started anew.
    void broker(BrokerId id, const std::string& rack = {})
    {
        const control::BrokerRegistration* before = control_.brokers.find(id);
        const std::int64_t incarnation = before ? before->incarnation + 1 : 1;
        write(control::RegisterBrokerRecord{id, incarnation, end(), rack, true, false});
        unfence(id);
    }
    void fence(BrokerId id) { change(id, true); }
    void unfence(BrokerId id) { change(id, false); }
    void topic(TopicIndex topic, const std::string& name) { write(control::TopicRecord{topic, name}); }
    void partition(TopicIndex topic, std::int32_t number, const BrokerIds& replicas, const BrokerIds& isr,
                   BrokerId leader)
    {
        PartitionRegistration registration;
        registration.replicas = replicas;
        registration.isr = isr;
        registration.leader = leader;
        write(control::PartitionRecord{control_.topics.nextPartition(), topic, number, registration});
    }
    void change(PartitionIndex partition, std::optional<BrokerId> leader, std::optional<BrokerIds> isr)
    {
        PartitionChange change;
        change.leader = leader;
        change.isr = isr;
        write(control::PartitionChangeRecord{partition, change});
    }

    Offset end() const { return control_.nextOffset; }
    MetadataImage image() const { return imageOf(control_); }
    control::Records from(Offset offset) const { return {records_.begin() + offset, records_.end()}; }
    // These as one batch of the quorum's log.
    RaftBatch batchFrom(Offset offset, LeaderEpoch epoch) const
    {
        auto batch = std::make_shared<MetadataBatch>();
        batch->records = from(offset);
        batch->image = image();
        const auto records = static_cast<std::int32_t>(batch->records.size());
        return {offset, epoch, records, false, RaftPayload(std::move(batch))};
    }

private:
    void change(BrokerId id, bool fenced)
    {
        const std::int64_t epoch = control_.brokers.find(id)->brokerEpoch;
        write(control::BrokerRegistrationChangeRecord{id, epoch, fenced, {}});
    }

    control::ClusterControl control_{{}, 0};
    std::vector<control::Record> records_;
};

// Brokers 1 to `brokers`, alive, and one topic whose partitions are all led by broker 1 alone.
inline MetadataImage ledByBrokerOne(std::int32_t brokers, std::int32_t partitions)
{
    MetadataLog log;
    for (BrokerId id = 1; id <= brokers; ++id)
        log.broker(id);
    log.topic(0, "t");
    for (std::int32_t p = 0; p < partitions; ++p)
        log.partition(0, p, {1}, {1}, 1);
    return log.image();
}

} // namespace tideline::tests
