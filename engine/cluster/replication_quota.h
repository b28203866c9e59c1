// SPDX-License-Identifier: GPL-3.0-or-later
// ReplicationQuota: how many bytes of throttled replication pass a broker in a second, one way (KIP-73).
//
// 1. The rate is what the newest eleven samples of one second hold, divided by the time since the oldest of
// them began, at least one second (replication.quota.window.num, replication.quota.window.size.seconds).
// 2. What passes is counted after it was let through, so that one response may go beyond the rate; then
// nothing passes until the rate is below the limit again.
// A plain value inside the broker's actor; times are the node's own clock, in µs.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace tideline {

class ReplicationQuota
{
public:
    static constexpr std::int64_t kUnlimited = std::numeric_limits<std::int64_t>::max();
    static constexpr Micros kSample = kMicrosPerSecond;
    static constexpr std::size_t kSamples = 11;

    void setLimit(std::int64_t bytesPerSecond) { limit_ = bytesPerSecond; } // >= 0
    bool limited() const { return limit_ != kUnlimited; }
    std::int64_t limit() const { return limit_; }

    void record(std::int64_t bytes, Micros now);
    bool exceeded(Micros now) const;

    struct Sample
    {
        Micros began = 0;
        std::int64_t bytes = 0;
        TIDELINE_FIELDS(Sample, began, bytes)
    };
    TIDELINE_FIELDS(ReplicationQuota, limit_, samples_)

private:
    std::int64_t limit_ = kUnlimited; // bytes a second
    std::vector<Sample> samples_;     // by time; the newest kSamples
};

// Whether a list of throttled replicas, "*" or "0:1,2:3" of partition numbers and brokers, has this one.
// Source: ReplicationQuotaManager and ThrottledReplicaListValidator of Kafka.
bool isThrottledReplica(std::string_view list, std::int32_t partition, std::int32_t broker);

} // namespace tideline
