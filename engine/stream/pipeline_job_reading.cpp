// SPDX-License-Identifier: GPL-3.0-or-later
// PipelineJob: how it finds its partitions, their leaders and their records, and what it does when one of
// them is gone.
#include "engine/stream/pipeline_job.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr Micros kRetryBackoff = 100'000;
constexpr Micros kRequestTimeout = 30'000'000;
constexpr Micros kMetadataMaxAge = 300'000'000;

} // namespace

void PipelineJob::onMessage(const Message& message, Step step)
{
    const auto asked = outstanding_.answered(message.from, message.correlation);
    if (!asked)
        return;
    if (const auto* metadata = message.body.as<MetadataResponse>()) {
        const bool complete = !metadata->image.partitionsOf(spec(step).from).empty();
        metadata_.answered(metadata->image, complete, step.now, kMetadataMaxAge, kRetryBackoff);
        takePartitions(step);
    } else if (const auto* starts = message.body.as<ListOffsetsResponse>()) {
        onLogStarts(*starts, step);
    } else if (const auto* data = message.body.as<FetchResponse>()) {
        if (fetch_.onResponse(asked->tag.broker, *data)) {
            metadata_.wantUpdate();
            askForMetadata(step);
            retryLater(step.now + kRetryBackoff, step);
            consume(step);
            return; // asked again at once, the same broker would say the same
        }
        consume(step);
    }
    advance(step);
}

void PipelineJob::onConnectionClosed(NodeIndex peer, std::int32_t upTo, Step step)
{
    const auto lost = outstanding_.lost(peer, upTo);
    for (const auto& request : lost) {
        if (request.tag.metadata) {
            metadata_.lost(step.now, kRetryBackoff);
        } else if (request.tag.logStart) {
            metadata_.wantUpdate();
        } else {
            fetch_.onLost(request.tag.broker);
            metadata_.wantUpdate();
        }
    }
    if (!lost.empty())
        retryLater(step.now + kRetryBackoff, step);
}

void PipelineJob::retryLater(Micros at, Step step)
{
    if (retryAt_ <= at)
        return;
    retryAt_ = at;
    step.out.timer(at, Timer{TimerKind::ClientRetry, at, 0});
}

void PipelineJob::askForMetadata(Step step)
{
    if (const auto broker = metadata_.due(step.now, step.topology)) {
        metadata_.asked();
        outstanding_.send(Topology::brokerNode(*broker), MetadataRequest{}, Asked{true, kNone, false},
                          step.now, kRequestTimeout, step.out);
    } else if (metadata_.nextTry() != kNever && metadata_.nextTry() > step.now) {
        retryLater(metadata_.nextTry(), step);
    }
}

// Reads what its topic has: partitions that are new, and those of a topic that was made again in place of the
// ones before. What has been deleted stays a split that says nothing, as in Flink.
void PipelineJob::takePartitions(const Step& step)
{
    const std::vector<PartitionIndex>& now = metadata_.partitionsOf(spec(step).from);
    for (std::size_t number = 0; number < now.size(); ++number) {
        if (number >= partitions_.size()) {
            partitions_.push_back(kNone);
            idle_.push_back(0);
            watermarks_.addPartition(static_cast<flink::SplitId>(number));
        }
        if (partitions_[number] == now[number])
            continue;
        fetch_.add(now[number], partitions_[number], 0);
        partitions_[number] = now[number];
    }
}

std::int32_t PipelineJob::numberOf(PartitionIndex partition) const
{
    if (const control::Partition* found = metadata_.image().topics.partition(partition))
        return found->number;
    const auto place = std::find(partitions_.begin(), partitions_.end(), partition);
    return static_cast<std::int32_t>(place - partitions_.begin());
}

void PipelineJob::advance(Step step)
{
    askForMetadata(step);
    if (!metadata_.known() || ended_)
        return;
    askForLogStarts(step);
    bool oldMetadata = false;
    for (auto& [broker, request] : fetch_.requests(metadata_, FetchLimits{}, step.now, oldMetadata))
        outstanding_.send(Topology::brokerNode(broker), std::move(request), Asked{false, broker, false},
                          step.now, kRequestTimeout, step.out);
    if (oldMetadata) {
        metadata_.wantUpdate();
        askForMetadata(step);
    }
}

// What it was to read next is gone: it goes on where the log begins (Flink's OffsetsInitializer.earliest).
void PipelineJob::askForLogStarts(Step step)
{
    const auto pending = outstanding_.all();
    const bool asked =
        std::any_of(pending.begin(), pending.end(), [](const auto& request) { return request.tag.logStart; });
    const std::vector<PartitionIndex> missing = fetch_.withoutPosition();
    // A retry that is further away is the next look at the metadata, and no reason to wait.
    const bool backsOff = retryAt_ > step.now && retryAt_ <= step.now + kRetryBackoff;
    if (asked || missing.empty() || backsOff)
        return;
    std::map<BrokerId, ListOffsetsRequest> requests;
    for (const PartitionIndex partition : missing) {
        if (const BrokerId leader = metadata_.leaderOf(partition); leader != kNone)
            requests.try_emplace(leader, ListOffsetsRequest{false, {}})
                .first->second.partitions.push_back(partition);
        else
            metadata_.wantUpdate();
    }
    for (auto& [leader, request] : requests)
        outstanding_.send(Topology::brokerNode(leader), std::move(request), Asked{false, leader, true},
                          step.now, kRequestTimeout, step.out);
    askForMetadata(step);
}

void PipelineJob::onLogStarts(const ListOffsetsResponse& response, Step step)
{
    for (const ListOffsetsResponse::Part& part : response.parts) {
        if (part.error != ErrorCode::None) {
            metadata_.wantUpdate();
            retryLater(step.now + kRetryBackoff, step);
            continue;
        }
        Offset before = kUnknownOffset;
        for (const FetchClient::Partition& partition : fetch_.partitions()) {
            if (partition.index == part.partition)
                before = partition.position;
        }
        fetch_.setPosition(part.partition, part.offset);
        step.out.fact(OffsetResetTo{kNone, part.partition, before, part.offset});
    }
}

} // namespace tideline
