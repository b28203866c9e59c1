// SPDX-License-Identifier: GPL-3.0-or-later
// QuorumError: the error codes of the quorum's requests, under Kafka's names and numbers.
#pragma once

#include <cstdint>
#include <string_view>

namespace tideline {

enum class QuorumError : std::int16_t {
    UnknownServerError = -1,
    None = 0,
    NotLeaderOrFollower = 6,
    RequestTimedOut = 7,
    BrokerNotAvailable = 8,
    UnsupportedVersion = 35,
    InvalidRequest = 42,
    FencedLeaderEpoch = 74,
    UnknownLeaderEpoch = 75,
    SnapshotNotFound = 98,
    PositionOutOfRange = 99,
    InvalidVoterKey = 125,
    VoterNotFound = 127,
};

// "FENCED_LEADER_EPOCH": the name as Kafka writes it.
constexpr std::string_view quorumErrorName(QuorumError error)
{
    switch (error) {
    case QuorumError::UnknownServerError:
        return "UNKNOWN_SERVER_ERROR";
    case QuorumError::None:
        return "NONE";
    case QuorumError::NotLeaderOrFollower:
        return "NOT_LEADER_OR_FOLLOWER";
    case QuorumError::RequestTimedOut:
        return "REQUEST_TIMED_OUT";
    case QuorumError::BrokerNotAvailable:
        return "BROKER_NOT_AVAILABLE";
    case QuorumError::UnsupportedVersion:
        return "UNSUPPORTED_VERSION";
    case QuorumError::InvalidRequest:
        return "INVALID_REQUEST";
    case QuorumError::FencedLeaderEpoch:
        return "FENCED_LEADER_EPOCH";
    case QuorumError::UnknownLeaderEpoch:
        return "UNKNOWN_LEADER_EPOCH";
    case QuorumError::SnapshotNotFound:
        return "SNAPSHOT_NOT_FOUND";
    case QuorumError::PositionOutOfRange:
        return "POSITION_OUT_OF_RANGE";
    case QuorumError::InvalidVoterKey:
        return "INVALID_VOTER_KEY";
    case QuorumError::VoterNotFound:
        return "VOTER_NOT_FOUND";
    }
    return "UNKNOWN_SERVER_ERROR";
}

} // namespace tideline
