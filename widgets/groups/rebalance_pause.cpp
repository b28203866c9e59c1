// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/rebalance_pause.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace tideline::widgets {

namespace {

bool reads(const GroupsFrame::Segment& segment)
{
    return segment.state == MemberState::Stable && !segment.partitions.empty();
}

// A member that is stopped, crashed or paused does not wait for the group.
bool takesPart(MemberState state)
{
    return state == MemberState::FindingCoordinator || state == MemberState::Joining ||
           state == MemberState::Syncing;
}

// Length of [start, end) that none of the spans covers.
Micros uncovered(std::vector<std::pair<Micros, Micros>> spans, Micros start, Micros end)
{
    std::sort(spans.begin(), spans.end());
    Micros bare = 0;
    Micros covered = start;
    for (const auto& [from, to] : spans) {
        bare += std::max<Micros>(0, std::min(from, end) - covered);
        covered = std::max(covered, std::min(to, end));
    }
    return bare + std::max<Micros>(0, end - covered);
}

} // namespace

RebalancePause rebalancePause(const GroupsFrame::Rebalance& rebalance, Micros now)
{
    const Micros start = rebalance.started;
    const Micros end = std::max(start, rebalance.ended != 0 ? rebalance.ended : now);
    RebalancePause pause;
    std::map<MemberIndex, Micros> waited;
    std::vector<std::pair<Micros, Micros>> reading;
    for (const GroupsFrame::Segment& segment : rebalance.segments) {
        Micros& wait = waited[segment.member];
        if (reads(segment))
            reading.emplace_back(segment.from, segment.to);
        else if (takesPart(segment.state))
            wait += std::max<Micros>(0, std::min(segment.to, end) - std::max(segment.from, start));
    }
    for (const auto& [member, wait] : waited) {
        if (wait <= pause.longest)
            continue;
        pause.longest = wait;
        pause.member = member;
    }
    pause.all = uncovered(std::move(reading), start, end);
    return pause;
}

} // namespace tideline::widgets
