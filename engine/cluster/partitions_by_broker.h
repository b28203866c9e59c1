// SPDX-License-Identifier: GPL-3.0-or-later
// PartitionsByBroker: for each broker the partitions that it leads, is in sync with or may be elected for,
// and the partitions that the controller's jobs look after (Kafka's BrokersToIsrs and its kin).
//
// What happens to a broker concerns a few of many partitions, so they are kept and never searched for. A
// copyable value that follows the partition registrations; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/cluster/control_records.h"
#include "engine/cluster/partition_set.h"

#include <map>

namespace tideline::control {

struct PartitionsOfBroker
{
    PartitionSet leads;
    PartitionSet inIsr;
    PartitionSet inElr;
    TIDELINE_FIELDS(PartitionsOfBroker, leads, inIsr, inElr)
};

class PartitionsByBroker
{
public:
    // The registration of a partition has become another. Before it was created and after it was removed, a
    // partition has the default registration with no replicas.
    void changed(PartitionIndex partition, const PartitionRegistration& before,
                 const PartitionRegistration& after);

    const PartitionsOfBroker& of(BrokerId broker) const;
    bool leads(BrokerId broker) const { return !of(broker).leads.empty(); }
    const PartitionSet& leaderless() const { return leaderless_; }
    // Led by another than replicas[0], or by nobody.
    const PartitionSet& imbalanced() const { return imbalanced_; }
    const PartitionSet& reassigning() const { return reassigning_; }
    // Whose ELR or last known ELR is not empty.
    const PartitionSet& withElr() const { return withElr_; }

    TIDELINE_FIELDS(PartitionsByBroker, brokers_, leaderless_, imbalanced_, reassigning_, withElr_)

private:
    Cow<std::map<BrokerId, PartitionsOfBroker>> brokers_;
    PartitionSet leaderless_;
    PartitionSet imbalanced_;
    PartitionSet reassigning_;
    PartitionSet withElr_;
};

} // namespace tideline::control
