// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/replication_quota.h"

#include "engine/base/random.h"

#include <algorithm>
#include <string>

namespace tideline {

void ReplicationQuota::record(std::int64_t bytes, Micros now)
{
    if (samples_.empty() || now - samples_.back().began >= kSample)
        samples_.push_back({now, 0});
    samples_.back().bytes += bytes;
    if (samples_.size() > kSamples)
        samples_.erase(samples_.begin());
}

bool ReplicationQuota::exceeded(Micros now) const
{
    if (!limited())
        return false;
    std::int64_t bytes = 0;
    Micros began = now;
    for (const Sample& sample : samples_) {
        if (now - sample.began >= static_cast<Micros>(kSamples) * kSample)
            continue;
        bytes += sample.bytes;
        began = std::min(began, sample.began);
    }
    const Micros elapsed = std::max(now - began, kSample);
    return static_cast<Int128>(bytes) * kMicrosPerSecond > static_cast<Int128>(limit_) * elapsed;
}

bool isThrottledReplica(std::string_view list, std::int32_t partition, std::int32_t broker)
{
    if (list == "*")
        return true;
    const std::string wanted = std::to_string(partition) + ":" + std::to_string(broker);
    while (!list.empty()) {
        const std::size_t comma = list.find(',');
        std::string_view entry = list.substr(0, comma);
        while (!entry.empty() && entry.front() == ' ')
            entry.remove_prefix(1);
        while (!entry.empty() && entry.back() == ' ')
            entry.remove_suffix(1);
        if (entry == wanted)
            return true;
        list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    }
    return false;
}

} // namespace tideline
