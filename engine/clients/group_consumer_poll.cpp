// SPDX-License-Identifier: GPL-3.0-or-later
// GroupConsumer: positions, polling, processing and committing.
#include "engine/clients/group_consumer.h"

#include "engine/log/batch_frame.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_timestamps.h"

#include <algorithm>

namespace tideline {

void GroupConsumer::findPositions(Step step)
{
    const std::vector<PartitionIndex> missing = fetch_.withoutPosition();
    if (missing.empty() || positionsAsked_ || coordinator_ == kNone || backingOff(step))
        return;
    positionsAsked_ = true;
    ask(coordinatorNode(), OffsetFetchRequest{group_, missing}, Asked{Asked::What::OffsetFetch, kNone, {}},
        spec(step).requestTimeout, step);
}

void GroupConsumer::onCommittedOffsets(const OffsetFetchResponse& response, Step step)
{
    if (response.error != ErrorCode::None) {
        positionsAsked_ = false;
        coordinator_ = kNone;
        backOff(step);
        return;
    }
    std::vector<std::pair<BrokerId, ListOffsetsRequest>> resets;
    const std::vector<PartitionIndex> missing = fetch_.withoutPosition();
    for (const PartitionOffset& committed : response.offsets) {
        if (std::find(missing.begin(), missing.end(), committed.partition) == missing.end())
            continue;
        bool outOfRange = false;
        for (const FetchClient::Partition& partition : fetch_.partitions())
            outOfRange = outOfRange || (partition.index == committed.partition && partition.needsReset);
        if (committed.offset >= 0 && !outOfRange) {
            fetch_.setPosition(committed.partition, committed.offset);
            continue;
        }
        const BrokerId leader = metadata_.leaderOf(committed.partition);
        if (leader == kNone) {
            metadata_.wantUpdate();
            continue;
        }
        auto reset = std::find_if(resets.begin(), resets.end(),
                                  [=](const auto& entry) { return entry.first == leader; });
        if (reset == resets.end()) {
            resets.emplace_back(leader,
                                ListOffsetsRequest{spec(step).offsetReset == OffsetReset::Latest, {}});
            reset = std::prev(resets.end());
        }
        reset->second.partitions.push_back(committed.partition);
    }
    for (auto& [leader, request] : resets)
        ask(Topology::brokerNode(leader), std::move(request), Asked{Asked::What::ListOffsets, leader, {}},
            spec(step).requestTimeout, step);
    if (resets.empty()) {
        positionsAsked_ = false;
        if (!fetch_.withoutPosition().empty())
            backOff(step);
    }
}

void GroupConsumer::onListedOffsets(const ListOffsetsResponse& response, Step step)
{
    const std::vector<PartitionIndex> missing = fetch_.withoutPosition();
    for (const ListOffsetsResponse::Part& part : response.parts) {
        if (std::find(missing.begin(), missing.end(), part.partition) == missing.end())
            continue; // it has a position by now, or is another member's
        if (part.error != ErrorCode::None) {
            metadata_.wantUpdate();
            backOff(step);
            continue;
        }
        Offset before = kUnknownOffset;
        for (const FetchClient::Partition& partition : fetch_.partitions()) {
            if (partition.index == part.partition)
                before = partition.position;
        }
        fetch_.setPosition(part.partition, part.offset);
        step.out.fact(OffsetResetTo{index_, part.partition, before, part.offset});
    }
    const bool more =
        std::any_of(outstanding_.all().begin(), outstanding_.all().end(),
                    [](const auto& request) { return request.tag.what == Asked::What::ListOffsets; });
    positionsAsked_ = more;
}

// poll(), again and again, as long as there is something to hand out and the application's work takes no
// time.
void GroupConsumer::poll(Step step)
{
    while (state_ == MemberState::Stable && processing_ == 0 && !waitingForCommit_) {
        lastPoll_ = step.now;
        if (rejoinWanted_) {
            prepareRejoin(step);
            if (state_ == MemberState::FindingCoordinator)
                advance(step);
            return;
        }
        const GroupSpec& config = spec(step);
        if (config.commit == CommitOrder::Auto && step.now - lastAutoCommit_ >= config.autoCommitInterval) {
            lastAutoCommit_ = step.now;
            commit(Asked::Then::Nothing, step);
        }
        findPositions(step);
        inHand_ = fetch_.poll(config.maxPollRecords);
        sendFetches(step);
        if (inHand_.empty())
            return;
        if (config.commit == CommitOrder::BeforeProcessing)
            commit(Asked::Then::Process, step);
        else
            process(step);
    }
}

void GroupConsumer::sendFetches(Step step)
{
    const GroupSpec& config = spec(step);
    const FetchLimits limits{config.fetchMaxWait, config.fetchMinBytes, config.fetchMaxBytes,
                             config.maxPartitionFetchBytes, rack(step.topology)};
    bool oldMetadata = false;
    for (auto& [broker, request] : fetch_.requests(metadata_, limits, step.now, oldMetadata))
        ask(Topology::brokerNode(broker), std::move(request), Asked{Asked::What::Fetch, broker, {}},
            config.requestTimeout, step);
    if (oldMetadata) {
        metadata_.wantUpdate();
        askForMetadata(step);
    }
}

void GroupConsumer::process(Step step)
{
    std::int64_t records = 0;
    for (const PolledSlice& slice : inHand_)
        records += slice.records;
    processing_ = ++processingCount_;
    processingSince_ = step.now;
    const Micros work = records * spec(step).processing;
    if (work == 0)
        processed(step);
    else
        step.out.timer(step.now + work, Timer{TimerKind::Processing, processing_, 0});
}

void GroupConsumer::processed(Step step)
{
    std::int64_t records = 0;
    for (const PolledSlice& slice : inHand_)
        records += slice.records;
    deliver(records, step);
    inHand_.clear();
    processing_ = 0;
    if (spec(step).commit == CommitOrder::AfterProcessing)
        commit(Asked::Then::PollAgain, step);
}

// The first `records` records in hand are processed.
void GroupConsumer::deliver(std::int64_t records, Step step)
{
    for (const PolledSlice& slice : inHand_) {
        const auto done = static_cast<std::int32_t>(std::min<std::int64_t>(records, slice.records));
        if (done <= 0)
            return;
        records -= done;
        measureLatency(slice, step);
        if (slice.batch.compacted == 0)
            step.out.saw(RecordsDelivered{index_, slice.partition, slice.batch.producer,
                                          slice.batch.firstK + (slice.offset - slice.batch.baseOffset), done,
                                          slice.offset});
        else
            deliverWhatIsLeft(slice, done, step);
    }
}

// Of a batch that compaction has thinned: what lies in the first `offsets` offsets of the slice, neighbours
// as one.
void GroupConsumer::deliverWhatIsLeft(const PolledSlice& slice, std::int32_t offsets, Step step) const
{
    RecordsDelivered run{index_, slice.partition, slice.batch.producer, 0, 0, 0};
    forEachRecord(slice.batch.bytes.bytes(), [&](const RecordView& record) {
        const Offset offset = slice.batch.baseOffset + record.offset;
        if (offset < slice.offset || offset >= slice.offset + offsets)
            return;
        if (run.records > 0 && offset != run.baseOffset + run.records) {
            step.out.saw(run);
            run.records = 0;
        }
        if (run.records++ == 0) {
            run.firstK = slice.batch.firstK + record.offset;
            run.baseOffset = offset;
        }
    });
    if (run.records > 0)
        step.out.saw(run);
}

// The application stops in the middle of its work: what it has processed is delivered, and the positions go
// back to what it has not.
void GroupConsumer::interrupt(Step step)
{
    std::int64_t done = 0;
    if (processing_ != 0 && spec(step).processing > 0)
        done = (step.now - processingSince_) / spec(step).processing;
    deliver(done, step);
    std::vector<PartitionOffset> left;
    for (const PolledSlice& slice : inHand_) {
        const std::int64_t ofThis = std::min<std::int64_t>(done, slice.records);
        done -= ofThis;
        const bool first = std::none_of(left.begin(), left.end(), [&slice](const PartitionOffset& other) {
            return other.partition == slice.partition;
        });
        if (ofThis < slice.records && first)
            left.push_back({slice.partition, slice.offset + ofThis});
    }
    for (const PartitionOffset& position : left)
        fetch_.setPosition(position.partition, position.offset);
    inHand_.clear();
    processing_ = 0;
}

// Takes the age of the records that are handed over. What they say matters to nobody here.
void GroupConsumer::measureLatency(const PolledSlice& slice, const Step& step)
{
    if (slice.offset == slice.batch.baseOffset && checkBatch(slice.batch.bytes.bytes()) != BatchFault::None)
        return; // check.crcs: a consumer would stop here with CORRUPT_MESSAGE; the audit reports it
    const DataTime& time = step.topology.dataTimeOf(slice.partition, metadata_.image());
    Histogram& histogram = latency_.edit();
    const Offset first = slice.offset - slice.batch.baseOffset;
    // Neighbours usually share a millisecond: count them together.
    Millis shared = -1;
    std::int64_t same = 0;
    const auto flush = [&] {
        if (same > 0)
            histogram.add(step.now - time.runTime(shared), same);
        same = 0;
    };
    const auto count = [&](Millis timestamp) {
        if (timestamp != shared) {
            flush();
            shared = timestamp;
        }
        ++same;
    };
    if (slice.batch.compacted == 0) {
        forEachTimestamp(slice.batch.bytes.bytes(), first, first + slice.records, count);
    } else {
        forEachRecord(slice.batch.bytes.bytes(), [&](const RecordView& record) {
            if (record.offset >= first && record.offset < first + slice.records)
                count(record.timestamp);
        });
    }
    flush();
}

void GroupConsumer::commit(Asked::Then then, Step step)
{
    const std::vector<PartitionOffset> positions = fetch_.positions();
    const bool waits = then != Asked::Then::Nothing;
    if (positions.empty() || coordinator_ == kNone) {
        if (waits) {
            waitingForCommit_ = true;
            onCommitted(nullptr, then, step);
        }
        return;
    }
    waitingForCommit_ = waitingForCommit_ || waits;
    ask(coordinatorNode(), OffsetCommitRequest{group_, index_, memberId_, generation_, positions},
        Asked{Asked::What::Commit, kNone, then}, spec(step).requestTimeout, step);
}

// Whatever became of a commit, the application goes on; a refused one is told by the coordinator, and the
// records come again.
void GroupConsumer::onCommitted(const OffsetCommitResponse* response, Asked::Then then, Step step)
{
    const ErrorCode error = response ? response->error : ErrorCode::NetworkException;
    if (error == ErrorCode::NotCoordinator || error == ErrorCode::CoordinatorNotAvailable ||
        error == ErrorCode::NetworkException) {
        coordinator_ = kNone;
        backOff(step);
    }
    if (error == ErrorCode::RebalanceInProgress)
        rejoinWanted_ = true;
    if (then == Asked::Then::Nothing || state_ != MemberState::Stable || !waitingForCommit_)
        return;
    waitingForCommit_ = false;
    if (error == ErrorCode::UnknownMemberId || error == ErrorCode::IllegalGeneration) {
        if (error == ErrorCode::UnknownMemberId)
            memberId_.clear();
        lose(step); // CommitFailedException
        return;
    }
    if (then == Asked::Then::Process) {
        process(step);
    } else if (then == Asked::Then::Rejoin) {
        revoke(false, step);
        setState(MemberState::FindingCoordinator, step);
    }
}

} // namespace tideline
