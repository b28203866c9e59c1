// SPDX-License-Identifier: GPL-3.0-or-later
// RaftRole: what a node of a quorum is at a moment; quorum_state.h tells how one comes from the other.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tideline {

enum class RaftRole : std::uint8_t { Unattached, Prospective, Candidate, Leader, Follower, Resigned };

// "Prospective": the name of the state as Kafka writes it.
constexpr const char* raftRoleName(RaftRole role)
{
    constexpr const char* names[] = {"Unattached", "Prospective", "Candidate",
                                     "Leader",     "Follower",    "Resigned"};
    return names[static_cast<std::size_t>(role)];
}

} // namespace tideline
