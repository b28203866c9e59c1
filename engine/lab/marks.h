// SPDX-License-Identifier: GPL-3.0-or-later
// isMark: which facts the timeline shows: those that a person would want to jump to.
#pragma once

#include "engine/lab/fact.h"

namespace tideline {

inline bool isMark(const FactBody& body)
{
    return std::visit(
        [](const auto& fact) {
            using T = std::decay_t<decltype(fact)>;
            if constexpr (std::is_same_v<T, LeaderElected>)
                return fact.previous != kNone || fact.epoch > 0;
            else if constexpr (std::is_same_v<T, PaneFired> || std::is_same_v<T, RecordsAppended> ||
                               std::is_same_v<T, OffsetsCommitted> || std::is_same_v<T, PartitionsAssigned> ||
                               std::is_same_v<T, PartitionsRevoked> || std::is_same_v<T, ProduceRefused> ||
                               std::is_same_v<T, QuorumVoteGranted> || std::is_same_v<T, MemberJoined> ||
                               std::is_same_v<T, OffsetResetTo> || std::is_same_v<T, SegmentRolled> ||
                               std::is_same_v<T, SegmentsDeleted> || std::is_same_v<T, LogCompacted> ||
                               std::is_same_v<T, TopicCreated> || std::is_same_v<T, LogDeleted> ||
                               std::is_same_v<T, BrokerRegistered> || std::is_same_v<T, SnapshotCreated> ||
                               std::is_same_v<T, SnapshotLoaded> || std::is_same_v<T, SnapshotFetched> ||
                               std::is_same_v<T, MetadataLogStartMoved>)
                return false;
            else
                return true;
        },
        body);
}

} // namespace tideline
