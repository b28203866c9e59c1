// SPDX-License-Identifier: GPL-3.0-or-later
// FetchPurgatory: the fetches that a leader holds because it has nothing new for them.
//
// One is answered when the log or the high watermark has grown, when the node stops leading, or when its wait
// is over: then with what was true when it came. In the order of fetch offset, then of arrival. A plain
// value.
#pragma once

#include "engine/base/fields.h"
#include "engine/quorum/raft_step.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace tideline {

struct ParkedFetch
{
    RaftTicket ticket = 0;
    RaftFetchRequest request;
    RaftAnswer answer; // as of its arrival
    Micros deadline = kNever;
    TIDELINE_FIELDS(ParkedFetch, ticket, request, answer, deadline)
};

class FetchPurgatory
{
public:
    void park(ParkedFetch fetch)
    {
        const std::pair<Offset, std::int64_t> key{fetch.request.end.offset, next_++};
        parked_.emplace(key, std::move(fetch));
    }
    // Takes out the first one.
    std::optional<ParkedFetch> takeFirst()
    {
        return parked_.empty() ? std::nullopt : std::optional(take(parked_.begin()));
    }
    // Takes out the one whose wait ended first, of those whose wait has ended.
    std::optional<ParkedFetch> takeExpired(Micros now)
    {
        const auto first = earliest();
        if (first == parked_.end() || first->second.deadline > now)
            return std::nullopt;
        return take(first);
    }
    Micros nextDeadline() const
    {
        Micros next = kNever;
        for (const auto& [key, fetch] : parked_)
            next = std::min(next, fetch.deadline);
        return next;
    }
    void forgetAll() { parked_.clear(); }

    TIDELINE_FIELDS(FetchPurgatory, parked_, next_)

private:
    using Parked = std::map<std::pair<Offset, std::int64_t>, ParkedFetch>;

    Parked::iterator earliest()
    {
        return std::min_element(parked_.begin(), parked_.end(), [](const auto& a, const auto& b) {
            return std::pair(a.second.deadline, a.first.second) <
                   std::pair(b.second.deadline, b.first.second);
        });
    }
    ParkedFetch take(Parked::iterator place)
    {
        ParkedFetch fetch = std::move(place->second);
        parked_.erase(place);
        return fetch;
    }

    Parked parked_;
    std::int64_t next_ = 0;
};

} // namespace tideline
