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
    case ErrorCode::InvalidTopicException:
        return "INVALID_TOPIC_EXCEPTION";
    case ErrorCode::RecordListTooLarge:
        return "RECORD_LIST_TOO_LARGE";
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
    case ErrorCode::TopicAlreadyExists:
        return "TOPIC_ALREADY_EXISTS";
    case ErrorCode::InvalidPartitions:
        return "INVALID_PARTITIONS";
    case ErrorCode::InvalidReplicationFactor:
        return "INVALID_REPLICATION_FACTOR";
    case ErrorCode::InvalidReplicaAssignment:
        return "INVALID_REPLICA_ASSIGNMENT";
    case ErrorCode::InvalidConfig:
        return "INVALID_CONFIG";
    case ErrorCode::NotController:
        return "NOT_CONTROLLER";
    case ErrorCode::InvalidRequest:
        return "INVALID_REQUEST";
    case ErrorCode::PolicyViolation:
        return "POLICY_VIOLATION";
    case ErrorCode::KafkaStorageError:
        return "KAFKA_STORAGE_ERROR";
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
    case ErrorCode::PreferredLeaderNotAvailable:
        return "PREFERRED_LEADER_NOT_AVAILABLE";
    case ErrorCode::EligibleLeadersNotAvailable:
        return "ELIGIBLE_LEADERS_NOT_AVAILABLE";
    case ErrorCode::ElectionNotNeeded:
        return "ELECTION_NOT_NEEDED";
    case ErrorCode::NoReassignmentInProgress:
        return "NO_REASSIGNMENT_IN_PROGRESS";
    case ErrorCode::InvalidTimestamp:
        return "INVALID_TIMESTAMP";
    case ErrorCode::InvalidRecord:
        return "INVALID_RECORD";
    case ErrorCode::InvalidUpdateVersion:
        return "INVALID_UPDATE_VERSION";
    case ErrorCode::UnknownTopicId:
        return "UNKNOWN_TOPIC_ID";
    case ErrorCode::DuplicateBrokerRegistration:
        return "DUPLICATE_BROKER_REGISTRATION";
    case ErrorCode::BrokerIdNotRegistered:
        return "BROKER_ID_NOT_REGISTERED";
    case ErrorCode::IneligibleReplica:
        return "INELIGIBLE_REPLICA";
    case ErrorCode::NewLeaderElected:
        return "NEW_LEADER_ELECTED";
    case ErrorCode::InvalidRegistration:
        return "INVALID_REGISTRATION";
    }
    return "UNKNOWN_SERVER_ERROR";
}

std::string_view errorText(ErrorCode code)
{
    switch (code) {
    case ErrorCode::OffsetOutOfRange:
        return "The requested offset is not within the range of offsets maintained by the server.";
    case ErrorCode::PolicyViolation:
        return "Request parameters do not satisfy the configured policy.";
    case ErrorCode::UnknownTopicOrPartition:
        return "This server does not host this topic-partition.";
    case ErrorCode::PreferredLeaderNotAvailable:
        return "The preferred leader was not available.";
    case ErrorCode::EligibleLeadersNotAvailable:
        return "Eligible topic partition leaders are not available.";
    case ErrorCode::ElectionNotNeeded:
        return "Leader election not needed for topic partition.";
    case ErrorCode::NoReassignmentInProgress:
        return "No partition reassignment is in progress.";
    case ErrorCode::UnknownTopicId:
        return "This server does not host this topic ID.";
    default:
        return "";
    }
}

bool isRetriable(ErrorCode code)
{
    switch (code) {
    case ErrorCode::None:
    case ErrorCode::OffsetOutOfRange:
    case ErrorCode::MessageTooLarge:
    case ErrorCode::RecordListTooLarge:
    case ErrorCode::PolicyViolation:
    case ErrorCode::InvalidTopicException:
    case ErrorCode::IllegalGeneration:
    case ErrorCode::InconsistentGroupProtocol:
    case ErrorCode::UnknownMemberId:
    case ErrorCode::RebalanceInProgress:
    case ErrorCode::MemberIdRequired:
    case ErrorCode::TopicAlreadyExists:
    case ErrorCode::InvalidPartitions:
    case ErrorCode::InvalidReplicationFactor:
    case ErrorCode::InvalidReplicaAssignment:
    case ErrorCode::InvalidConfig:
    case ErrorCode::InvalidRequest:
    case ErrorCode::StaleBrokerEpoch:
    case ErrorCode::NoReassignmentInProgress:
    case ErrorCode::DuplicateBrokerRegistration:
    case ErrorCode::BrokerIdNotRegistered:
    case ErrorCode::InvalidTimestamp:
    case ErrorCode::InvalidRecord:
    case ErrorCode::InvalidUpdateVersion:
    case ErrorCode::IneligibleReplica:
    case ErrorCode::NewLeaderElected:
    case ErrorCode::InvalidRegistration:
        return false;
    default:
        return true;
    }
}

} // namespace tideline
