// SPDX-License-Identifier: GPL-3.0-or-later
// Purgatory: requests that a broker has taken and cannot answer yet: acks=all without its replicas, a fetch
// without data.
//
// Each has a deadline; one timer is armed for the earliest one. Numbers are never used twice, so that a
// partition may keep the number of a request that is long answered. The name is Kafka's. A plain value inside
// the broker's actor.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/time.h"
#include "engine/clients/group_coordinator.h"
#include "engine/cluster/message.h"

#include <map>
#include <set>
#include <utility>
#include <variant>
#include <vector>

namespace tideline {

struct PendingProduce
{
    ReplyTo to;
    std::vector<ProduceResponse::Part> parts; // those still waiting stand at REQUEST_TIMED_OUT
    std::int32_t remaining = 0;
    TIDELINE_FIELDS(PendingProduce, to, parts, remaining)
};
struct PendingWrite
{
    Stored then;
    TIDELINE_FIELDS(PendingWrite, then)
};
struct PendingFetch
{
    ReplyTo to;
    FetchRequest request;
    // By part: base offset of the segment in which its fetch offset lay when the fetch came.
    std::vector<Offset> segments;
    TIDELINE_FIELDS(PendingFetch, to, request, segments)
};
using Pending = std::variant<PendingProduce, PendingWrite, PendingFetch>;

class Purgatory
{
public:
    std::int64_t add(Pending pending, Micros deadline, Effects& out)
    {
        const std::int64_t number = next_++;
        pending_.emplace(number, std::make_pair(deadline, std::move(pending)));
        deadlines_.emplace(deadline, number);
        if (deadline < armedFor_) {
            armedFor_ = deadline;
            out.timer(deadline, Timer{TimerKind::Purgatory, 0, 0});
        }
        return number;
    }
    Pending* find(std::int64_t number)
    {
        const auto found = pending_.find(number);
        return found == pending_.end() ? nullptr : &found->second.second;
    }
    // Removes it and returns it; it must be there.
    Pending take(std::int64_t number)
    {
        const auto found = pending_.find(number);
        TIDELINE_ASSERT(found != pending_.end());
        Pending pending = std::move(found->second.second);
        deadlines_.erase({found->second.first, number});
        pending_.erase(found);
        return pending;
    }
    // A timer rang: number of something whose deadline has come, or -1 when there is none. The last timer is
    // then armed again; one that an earlier deadline has superseded is not, or there would be ever more.
    std::int64_t due(Micros now, Effects& out)
    {
        if (!deadlines_.empty() && deadlines_.begin()->first <= now)
            return deadlines_.begin()->second;
        if (now < armedFor_)
            return -1;
        armedFor_ = kNever;
        if (!deadlines_.empty()) {
            armedFor_ = deadlines_.begin()->first;
            out.timer(armedFor_, Timer{TimerKind::Purgatory, 0, 0});
        }
        return -1;
    }
    void forgetAll()
    {
        pending_.clear();
        deadlines_.clear();
        armedFor_ = kNever;
    }
    TIDELINE_FIELDS(Purgatory, pending_, next_, armedFor_)

private:
    std::map<std::int64_t, std::pair<Micros, Pending>> pending_;
    std::set<std::pair<Micros, std::int64_t>> deadlines_; // derived from pending_
    std::int64_t next_ = 1;
    Micros armedFor_ = kNever;
};

} // namespace tideline
