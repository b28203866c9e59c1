// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/error_code.h"

namespace tideline {

std::string_view errorName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::None:
        return "NONE";
    case ErrorCode::OffsetOutOfRange:
        return "OFFSET_OUT_OF_RANGE";
    case ErrorCode::CorruptMessage:
        return "CORRUPT_MESSAGE";
    case ErrorCode::UnknownTopicOrPartition:
        return "UNKNOWN_TOPIC_OR_PARTITION";
    case ErrorCode::LeaderNotAvailable:
        return "LEADER_NOT_AVAILABLE";
    case ErrorCode::NotLeaderOrFollower:
        return "NOT_LEADER_OR_FOLLOWER";
    case ErrorCode::RequestTimedOut:
        return "REQUEST_TIMED_OUT";
    case ErrorCode::MessageTooLarge:
        return "MESSAGE_TOO_LARGE";
    case ErrorCode::NetworkException:
        return "NETWORK_EXCEPTION";
    case ErrorCode::CoordinatorLoadInProgress:
        return "COORDINATOR_LOAD_IN_PROGRESS";
    case ErrorCode::CoordinatorNotAvailable:
        return "COORDINATOR_NOT_AVAILABLE";
    case ErrorCode::NotCoordinator:
        return "NOT_COORDINATOR";
    case ErrorCode::NotEnoughReplicas:
        return "NOT_ENOUGH_REPLICAS";
    case ErrorCode::NotEnoughReplicasAfterAppend:
        return "NOT_ENOUGH_REPLICAS_AFTER_APPEND";
    case ErrorCode::IllegalGeneration:
        return "ILLEGAL_GENERATION";
    case ErrorCode::InconsistentGroupProtocol:
        return "INCONSISTENT_GROUP_PROTOCOL";
    case ErrorCode::UnknownMemberId:
        return "UNKNOWN_MEMBER_ID";
    case ErrorCode::RebalanceInProgress:
        return "REBALANCE_IN_PROGRESS";
    case ErrorCode::NotController:
        return "NOT_CONTROLLER";
    case ErrorCode::FetchSessionIdNotFound:
        return "FETCH_SESSION_ID_NOT_FOUND";
    case ErrorCode::FencedLeaderEpoch:
        return "FENCED_LEADER_EPOCH";
    case ErrorCode::UnknownLeaderEpoch:
        return "UNKNOWN_LEADER_EPOCH";
    case ErrorCode::StaleBrokerEpoch:
        return "STALE_BROKER_EPOCH";
    case ErrorCode::OffsetNotAvailable:
        return "OFFSET_NOT_AVAILABLE";
    case ErrorCode::MemberIdRequired:
        return "MEMBER_ID_REQUIRED";
    case ErrorCode::DuplicateBrokerRegistration:
        return "DUPLICATE_BROKER_REGISTRATION";
    case ErrorCode::BrokerIdNotRegistered:
        return "BROKER_ID_NOT_REGISTERED";
    case ErrorCode::InvalidUpdateVersion:
        return "INVALID_UPDATE_VERSION";
    case ErrorCode::IneligibleReplica:
        return "INELIGIBLE_REPLICA";
    }
    return "UNKNOWN_SERVER_ERROR";
}

bool isRetriable(ErrorCode code)
{
    switch (code) {
    case ErrorCode::None:
    case ErrorCode::OffsetOutOfRange:
    case ErrorCode::MessageTooLarge:
    case ErrorCode::IllegalGeneration:
    case ErrorCode::InconsistentGroupProtocol:
    case ErrorCode::UnknownMemberId:
    case ErrorCode::RebalanceInProgress:
    case ErrorCode::MemberIdRequired:
    case ErrorCode::StaleBrokerEpoch:
    case ErrorCode::DuplicateBrokerRegistration:
    case ErrorCode::BrokerIdNotRegistered:
    case ErrorCode::InvalidUpdateVersion:
    case ErrorCode::IneligibleReplica:
        return false;
    default:
        return true;
    }
}

} // namespace tideline
