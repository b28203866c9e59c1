// SPDX-License-Identifier: GPL-3.0-or-later
// Message: every request and response that travels between nodes, under the names of Kafka's protocol.
//
// Messages are immutable once sent and shared by whoever holds them. `wireBytes` is what the link is charged
// with; it counts the batches exactly and the rest of a request by a fixed overhead. Plain values.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/broker_messages.h"
#include "engine/cluster/client_messages.h"
#include "engine/cluster/group_messages.h"
#include "engine/cluster/produce_messages.h"
#include "engine/cluster/quorum_messages.h"
#include "engine/cluster/replication_messages.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace tideline {

class Hasher;

// Where an answer goes: the connection on which the request came.
struct ReplyTo
{
    NodeIndex node = kNone;
    std::int32_t connection = 0; // an answer on a closed connection is lost
    std::int32_t correlation = 0;
    TIDELINE_FIELDS(ReplyTo, node, connection, correlation)
};

// Every kind of message, once. A new kind is added here.
using MessageKinds =
    std::tuple<ProduceRequest, ProduceResponse, ReplicaFetchRequest, ReplicaFetchResponse,
               AlterPartitionRequest, AlterPartitionResponse, RegisterBrokerRequest, RegisterBrokerResponse,
               BrokerHeartbeatRequest, BrokerHeartbeatResponse, QuorumRequest, QuorumResponse,
               MetadataRequest, MetadataResponse, FetchRequest, FetchResponse, ListOffsetsRequest,
               ListOffsetsResponse, FindCoordinatorRequest, FindCoordinatorResponse, JoinGroupRequest,
               JoinGroupResponse, SyncGroupRequest, SyncGroupResponse, HeartbeatRequest, HeartbeatResponse,
               LeaveGroupRequest, LeaveGroupResponse, OffsetCommitRequest, OffsetCommitResponse,
               OffsetFetchRequest, OffsetFetchResponse, ApiVersionsRequest, ApiVersionsResponse>;

// One request or response of any kind: its kind and the shared, immutable content. Small and cheap to copy.
class MessageBody
{
public:
    template <class Kind>
        requires(!std::is_same_v<Kind, MessageBody>)
    MessageBody(Kind content)
        : kind_(kindOf<Kind>())
        , content_(std::make_shared<const Kind>(std::move(content)))
    {}

    // The content when it is of that kind, else nullptr.
    template <class Kind>
    const Kind* as() const
    {
        return kind_ == kindOf<Kind>() ? static_cast<const Kind*>(content_.get()) : nullptr;
    }
    std::size_t kind() const { return kind_; }

    // Place of a kind in the list of kinds.
    template <class Kind>
    static consteval std::size_t kindOf()
    {
        return kindIn<Kind>(static_cast<MessageKinds*>(nullptr));
    }

private:
    template <class Kind, class... Kinds>
    static consteval std::size_t kindIn(std::tuple<Kinds...>*)
    {
        static_assert((std::is_same_v<Kind, Kinds> + ...) == 1, "not in MessageKinds");
        std::size_t place = 0;
        (void)((std::is_same_v<Kind, Kinds> ? true : (++place, false)) || ...);
        return place;
    }

    std::size_t kind_;
    std::shared_ptr<const void> content_;
};

void hashValue(Hasher& hasher, const MessageBody& body);

struct Message
{
    NodeIndex from = kNone;
    NodeIndex to = kNone;
    std::int32_t correlation = 0; // of the request; an answer repeats it
    std::int32_t connection = 0;  // number of the connection between the two nodes
    Micros sent = 0;              // µs of the run
    MessageBody body;
    TIDELINE_FIELDS(Message, from, to, correlation, connection, sent, body)
};

// What a message is called where a person aims at one: a request by its name in Kafka ("Produce";
// "ReplicaFetch" is a follower's Fetch), its answer with "Response" behind it. First every kind in the order
// of MessageKinds, "Quorum" being any call between the nodes of the metadata quorum; then each of those calls
// in the order of RaftRequest ("QuorumFetch" is the Fetch of the metadata log).
inline constexpr std::size_t kMessageKinds = std::tuple_size_v<MessageKinds>;
using MessageNames = std::array<std::string_view, kMessageKinds + 2 * std::variant_size_v<RaftRequest>>;
inline constexpr MessageNames kMessageNames = {"Produce",
                                               "ProduceResponse",
                                               "ReplicaFetch",
                                               "ReplicaFetchResponse",
                                               "AlterPartition",
                                               "AlterPartitionResponse",
                                               "RegisterBroker",
                                               "RegisterBrokerResponse",
                                               "BrokerHeartbeat",
                                               "BrokerHeartbeatResponse",
                                               "Quorum",
                                               "QuorumResponse",
                                               "Metadata",
                                               "MetadataResponse",
                                               "Fetch",
                                               "FetchResponse",
                                               "ListOffsets",
                                               "ListOffsetsResponse",
                                               "FindCoordinator",
                                               "FindCoordinatorResponse",
                                               "JoinGroup",
                                               "JoinGroupResponse",
                                               "SyncGroup",
                                               "SyncGroupResponse",
                                               "Heartbeat",
                                               "HeartbeatResponse",
                                               "LeaveGroup",
                                               "LeaveGroupResponse",
                                               "OffsetCommit",
                                               "OffsetCommitResponse",
                                               "OffsetFetch",
                                               "OffsetFetchResponse",
                                               "ApiVersions",
                                               "ApiVersionsResponse",
                                               "Vote",
                                               "VoteResponse",
                                               "BeginQuorumEpoch",
                                               "BeginQuorumEpochResponse",
                                               "EndQuorumEpoch",
                                               "EndQuorumEpochResponse",
                                               "QuorumFetch",
                                               "QuorumFetchResponse",
                                               "UpdateRaftVoter",
                                               "UpdateRaftVoterResponse",
                                               "FetchSnapshot",
                                               "FetchSnapshotResponse"};
static_assert(!kMessageNames.back().empty(), "every message has a name");

// Place of the name in kMessageNames; nothing when no message has it.
std::optional<std::size_t> messageNamed(std::string_view name);

// Place of the narrowest name of the message: that of its call when it belongs to the quorum, else its kind.
std::size_t narrowestName(const MessageBody& body);

// Bytes that the message takes on a link.
std::int64_t wireBytes(const MessageBody& body);

} // namespace tideline
