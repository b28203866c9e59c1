// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/message.h"

#include "engine/base/hash.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::int64_t kHeaderBytes = 40;    // size, api key, version, correlation, client id
constexpr std::int64_t kPartitionBytes = 30; // what a request says about one partition

std::int64_t batchBytes(const std::vector<LogBatch>& batches)
{
    std::int64_t sum = 0;
    for (const LogBatch& batch : batches)
        sum += static_cast<std::int64_t>(batch.bytes.size());
    return sum;
}

std::int64_t bodyBytes(const ProduceRequest& body)
{
    std::int64_t sum = 0;
    for (const ProduceRequest::Part& part : body.parts)
        sum += kPartitionBytes + static_cast<std::int64_t>(part.batch.bytes.size());
    return sum;
}

template <class Response>
    requires requires(const Response& r) { r.parts[0].batches; }
std::int64_t bodyBytes(const Response& body)
{
    std::int64_t sum = 0;
    for (const auto& part : body.parts)
        sum += kPartitionBytes + batchBytes(part.batches) + part.cutOff;
    return sum;
}

std::int64_t bodyBytes(const QuorumResponse& body)
{
    std::int64_t bytes = kPartitionBytes;
    if (const auto* fetched = std::get_if<RaftFetchAnswer>(&body.answer.body)) {
        for (const RaftBatch& batch : fetched->batches)
            bytes += batch.bytes();
    } else if (const auto* piece = std::get_if<FetchSnapshotAnswer>(&body.answer.body)) {
        bytes += piece->bytes;
    }
    return bytes;
}

template <class Body>
std::int64_t bodyBytes(const Body& body)
{
    if constexpr (requires { body.parts.size(); })
        return kPartitionBytes * static_cast<std::int64_t>(body.parts.size());
    else
        return kPartitionBytes;
}

// Place in RaftRequest of the call that is answered.
std::size_t callOf(const RaftAnswerBody& body)
{
    if (std::holds_alternative<VoteAnswer>(body))
        return RaftRequest(VoteRequest{}).index();
    if (std::holds_alternative<RaftFetchAnswer>(body))
        return RaftRequest(RaftFetchRequest{}).index();
    if (std::holds_alternative<FetchSnapshotAnswer>(body))
        return RaftRequest(FetchSnapshotRequest{}).index();
    switch (std::get<Acknowledgement>(body).of) {
    case AcknowledgedCall::BeginQuorumEpoch:
        return RaftRequest(BeginQuorumEpochRequest{}).index();
    case AcknowledgedCall::EndQuorumEpoch:
        return RaftRequest(EndQuorumEpochRequest{}).index();
    case AcknowledgedCall::UpdateRaftVoter:
        return RaftRequest(UpdateRaftVoterRequest{}).index();
    }
    return 0;
}

// visit(content) with the content's own kind.
template <class Visit, class... Kinds>
void visitContent(const MessageBody& body, Visit&& visit, std::tuple<Kinds...>*)
{
    (void)((body.as<Kinds>() ? (visit(*body.as<Kinds>()), true) : false) || ...);
}

constexpr MessageKinds* kKinds = nullptr;

} // namespace

std::optional<std::size_t> messageNamed(std::string_view name)
{
    const auto found = std::find(kMessageNames.begin(), kMessageNames.end(), name);
    if (found == kMessageNames.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - kMessageNames.begin());
}

std::size_t narrowestName(const MessageBody& body)
{
    if (const auto* request = body.as<QuorumRequest>())
        return kMessageKinds + 2 * request->request.index();
    if (const auto* response = body.as<QuorumResponse>())
        return kMessageKinds + 2 * callOf(response->answer.body) + 1;
    return body.kind();
}

std::int64_t wireBytes(const MessageBody& body)
{
    std::int64_t bytes = kHeaderBytes;
    visitContent(
        body, [&bytes](const auto& content) { bytes += bodyBytes(content); }, kKinds);
    return bytes;
}

void hashValue(Hasher& hasher, const MessageBody& body)
{
    hasher(body.kind());
    visitContent(
        body, [&hasher](const auto& content) { hashValue(hasher, content); }, kKinds);
}

} // namespace tideline
