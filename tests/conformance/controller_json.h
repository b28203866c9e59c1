// SPDX-License-Identifier: GPL-3.0-or-later
// A partition registration under the names that the vectors of Kafka's controller give its fields.
#pragma once

#include "engine/cluster/leader_election.h"
#include "tests/conformance/vector_file.h"

#include <optional>
#include <string>
#include <vector>

namespace tideline::vectors {

inline Json toJson(const BrokerIds& ids)
{
    return Json(std::vector<BrokerId>(ids.begin(), ids.end()));
}

// Lists that are mostly empty appear only when they are not, and so does the recovery.
inline Json toJson(const PartitionRegistration& partition)
{
    Json object = {{"replicas", toJson(partition.replicas)},
                   {"isr", toJson(partition.isr)},
                   {"leader", partition.leader},
                   {"leader_epoch", partition.leaderEpoch},
                   {"partition_epoch", partition.partitionEpoch}};
    const auto putUnlessEmpty = [&](const char* key, const BrokerIds& ids) {
        if (!ids.empty())
            object[key] = toJson(ids);
    };
    putUnlessEmpty("elr", partition.elr);
    putUnlessEmpty("last_known_elr", partition.lastKnownElr);
    putUnlessEmpty("adding", partition.adding);
    putUnlessEmpty("removing", partition.removing);
    if (partition.recovery == LeaderRecovery::Recovering)
        object["recovery"] = "RECOVERING";
    return object;
}

// A configuration value as text; null: none.
inline std::optional<std::string> text(const Json& value)
{
    if (value.is_null())
        return std::nullopt;
    return value.is_string() ? value.get<std::string>() : value.dump();
}

} // namespace tideline::vectors
