// SPDX-License-Identifier: GPL-3.0-or-later
// ErrorCode: Kafka's error codes, under Kafka's names and numbers (org.apache.kafka.common.protocol.Errors).
#pragma once

#include <cstdint>
#include <string_view>

namespace tideline {

enum class ErrorCode : std::int16_t {
    None = 0,
    OffsetOutOfRange = 1,
    CorruptMessage = 2,
    UnknownTopicOrPartition = 3,
    LeaderNotAvailable = 5,
    NotLeaderOrFollower = 6,
    RequestTimedOut = 7,
    MessageTooLarge = 10,
    NetworkException = 13,
    CoordinatorLoadInProgress = 14,
    CoordinatorNotAvailable = 15,
    NotCoordinator = 16,
    NotEnoughReplicas = 19,
    NotEnoughReplicasAfterAppend = 20,
    IllegalGeneration = 22,
    InconsistentGroupProtocol = 23,
    UnknownMemberId = 25,
    RebalanceInProgress = 27,
    NotController = 41,
    FetchSessionIdNotFound = 70,
    FencedLeaderEpoch = 74,
    UnknownLeaderEpoch = 75,
    StaleBrokerEpoch = 77,
    OffsetNotAvailable = 78,
    MemberIdRequired = 79,
    DuplicateBrokerRegistration = 101,
    BrokerIdNotRegistered = 102,
    InvalidUpdateVersion = 95,
    IneligibleReplica = 107,
};

// "NOT_ENOUGH_REPLICAS": the name as Kafka writes it.
std::string_view errorName(ErrorCode code);

// Whether a client may send the same request again (RetriableException in Kafka's client).
bool isRetriable(ErrorCode code);

} // namespace tideline
