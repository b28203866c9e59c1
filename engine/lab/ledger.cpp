// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/ledger.h"

#include <algorithm>
#include <limits>

namespace tideline {

namespace {

constexpr std::int32_t kLongestRun = std::numeric_limits<std::int32_t>::max();

// What the group has skipped of its own will, as the record numbers of a run.
RecordRanges skippedOf(const Ledger::GroupBook& book, PartitionIndex partition, RecordNumber shift)
{
    RecordRanges ranges;
    if (const auto skipped = book.skipped.find(partition); skipped != book.skipped.end()) {
        for (const auto& [from, to] : skipped->second)
            ranges.add(from + shift, to + shift, [](RecordNumber, RecordNumber, std::int64_t) {});
    }
    return ranges;
}

// The group can no longer be given [first, end): expired what a broker removed, not its concern what it
// skipped, lost the rest.
void tellGone(const std::pair<PartitionIndex, ProducerIndex>& key, const RecordRanges& removed,
              const RecordRanges& skipped, RecordNumber first, RecordNumber end, Ledger::GroupBook& book,
              std::vector<LedgerRange>& gone)
{
    const auto tell = [&](RecordNumber from, RecordNumber to, bool expired) {
        if (from >= to)
            return;
        (expired ? book.expired : book.lost) += to - from;
        gone.push_back({key.first, key.second, from, static_cast<std::int32_t>(to - from), expired});
    };
    RecordNumber told = first;
    removed.forEachGap(first, end, [&](RecordNumber from, RecordNumber to) {
        tell(told, from, true);
        std::int64_t lost = 0;
        skipped.forEachGap(from, to, [&](RecordNumber a, RecordNumber b) {
            tell(a, b, false);
            lost += b - a;
        });
        book.before += to - from - lost;
        told = to;
    });
    tell(told, end, true);
}

} // namespace

Ledger::Ledger(std::vector<std::vector<PartitionIndex>> partitionsOf)
    : partitionsOf_(std::move(partitionsOf))
    , groups_(partitionsOf_.size())
{}

bool Ledger::isRead(GroupIndex group, PartitionIndex partition) const
{
    const std::vector<PartitionIndex>& list = partitionsOf_[static_cast<std::size_t>(group)];
    return std::binary_search(list.begin(), list.end(), partition);
}

void Ledger::produced(const RecordsProduced& what)
{
    streams_[{what.partition, what.producer}].edit().produced += what.records;
}

void Ledger::moved(const RecordsMoved& what)
{
    streams_[{what.from, what.producer}].edit().produced -= what.records;
    streams_[{what.to, what.producer}].edit().produced += what.records;
}

void Ledger::failed(const RecordsFailed& what)
{
    streams_[{what.partition, what.producer}].edit().failed += what.records;
}

void Ledger::acknowledged(const RecordsAcknowledged& what,
                          std::vector<std::pair<GroupIndex, LedgerRange>>& lost)
{
    const StreamKey key{what.partition, what.producer};
    Stream& stream = streams_[key].edit();
    stream.acknowledged += what.records;
    if (what.baseOffset == kUnknownOffset)
        return;                              // acks=0: nobody knows where it lies
    if (deleted_.contains(what.partition)) { // an answer that was under way
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            if (isRead(static_cast<GroupIndex>(g), what.partition))
                groups_[g].edit().deleted += what.records;
        }
        return;
    }
    bool anybody = false;
    for (std::size_t g = 0; g < groups_.size(); ++g)
        anybody = anybody || isRead(static_cast<GroupIndex>(g), what.partition);
    if (!anybody)
        return;
    const AckRun run{what.firstK, what.records, what.baseOffset};
    const bool inRow = !stream.waiting.empty() &&
                       stream.waiting.back().firstK + stream.waiting.back().records == run.firstK &&
                       stream.waiting.back().offset + stream.waiting.back().records == run.offset &&
                       stream.waiting.back().records <= kLongestRun - run.records;
    if (inRow) {
        stream.waiting.back().records += run.records;
    } else {
        const auto at =
            std::upper_bound(stream.waiting.begin(), stream.waiting.end(), run.offset,
                             [](Offset offset, const AckRun& other) { return offset < other.offset; });
        stream.waiting.insert(at, run);
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        const auto group = static_cast<GroupIndex>(g);
        if (!isRead(group, what.partition))
            continue;
        const GroupBook& book = *groups_[g];
        const auto delivery = book.deliveries.find(key);
        // A group may have read past an offset before its acknowledgement arrives: look again from there.
        if (delivery != book.deliveries.end() && delivery->second.judgedTo > run.offset)
            groups_[g].edit().deliveries[key].judgedTo = run.offset;
        const auto position = book.position.find(what.partition);
        if (position == book.position.end() || position->second <= run.offset)
            continue;
        std::vector<LedgerRange> found;
        judge(group, key, position->second, found);
        for (const LedgerRange& range : found)
            lost.emplace_back(group, range);
    }
}

void Ledger::delivered(GroupIndex group, const RecordsDelivered& what, std::vector<LedgerRange>& again,
                       std::vector<LedgerRange>& lost)
{
    if (what.producer == kNone)
        return; // written by a broker itself
    GroupBook& book = groups_[static_cast<std::size_t>(group)].edit();
    Delivery& delivery = book.deliveries[{what.partition, what.producer}];
    delivery.ranges.add(
        what.firstK, what.firstK + what.records,
        [&](RecordNumber first, RecordNumber end, std::int64_t before) {
            const std::int64_t records = end - first;
            if (before == 0) {
                book.distinct += records;
                if (deleted_.contains(what.partition)) // it had them in hand
                    book.deleted = std::max<std::int64_t>(0, book.deleted - records);
            }
            if (before == 1)
                book.repeatedRecords += records;
            if (before >= 1) {
                book.repeats += records;
                again.push_back({what.partition, what.producer, first, static_cast<std::int32_t>(records)});
            }
        });
    Offset& position = book.position[what.partition];
    position = std::max(position, what.baseOffset + what.records);
    judgeAll(group, what.partition, position, lost);
}

void Ledger::judgeAll(GroupIndex group, PartitionIndex partition, Offset upTo, std::vector<LedgerRange>& lost)
{
    for (auto stream = streams_.lower_bound({partition, kNone});
         stream != streams_.end() && stream->first.first == partition; ++stream)
        judge(group, stream->first, upTo, lost);
}

void Ledger::removed(const RecordsRemoved& what)
{
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (!isRead(static_cast<GroupIndex>(g), what.partition))
            continue;
        streams_[{what.partition, what.producer}].edit().removed.add(
            what.firstK, what.firstK + what.records, [](RecordNumber, RecordNumber, std::int64_t) {});
        return;
    }
}

void Ledger::reset(GroupIndex group, PartitionIndex partition, Offset from, Offset to, bool ownWill,
                   std::vector<LedgerRange>& lost)
{
    if (to <= from)
        return; // what was cut off is judged when the group has read past it
    GroupBook& book = groups_[static_cast<std::size_t>(group)].edit();
    if (ownWill)
        book.skipped[partition].emplace_back(from, to);
    Offset& position = book.position[partition];
    position = std::max(position, to);
    judgeAll(group, partition, position, lost);
}

void Ledger::begins(GroupIndex group, PartitionIndex partition, Offset offset)
{
    groups_[static_cast<std::size_t>(group)].edit().begin.emplace(partition, offset);
}

void Ledger::reads(GroupIndex group, PartitionIndex partition)
{
    std::vector<PartitionIndex>& list = partitionsOf_[static_cast<std::size_t>(group)];
    const auto at = std::lower_bound(list.begin(), list.end(), partition);
    if (at == list.end() || *at != partition)
        list.insert(at, partition);
}

void Ledger::partitionDeleted(PartitionIndex partition)
{
    deleted_.insert(partition);
    for (auto stream = streams_.lower_bound({partition, kNone});
         stream != streams_.end() && stream->first.first == partition; ++stream) {
        for (std::size_t g = 0; g < groups_.size(); ++g) {
            if (isRead(static_cast<GroupIndex>(g), partition))
                deletedUnread(static_cast<GroupIndex>(g), stream->first);
        }
        stream->second.edit().waiting.clear();
    }
}

// What of a stream the group has neither read nor lost, and now never will.
void Ledger::deletedUnread(GroupIndex group, const StreamKey& key)
{
    GroupBook& book = groups_[static_cast<std::size_t>(group)].edit();
    const Delivery& delivery = book.deliveries[key];
    const auto begin = book.begin.find(key.first);
    const Offset concerns = begin == book.begin.end() ? 0 : begin->second;
    for (const AckRun& run : streams_[key]->waiting) {
        const RecordNumber shift = run.firstK - run.offset;
        const Offset from = std::max(run.offset, delivery.judgedTo);
        const Offset end = run.offset + run.records;
        if (from >= end)
            continue;
        delivery.ranges.forEachGap(from + shift, end + shift, [&](RecordNumber first, RecordNumber last) {
            const RecordNumber firstConcern = std::clamp(concerns + shift, first, last);
            book.before += firstConcern - first;
            book.deleted += last - firstConcern;
        });
    }
}

// Whether the acknowledged records below an offset have reached the group.
void Ledger::judge(GroupIndex group, const StreamKey& key, Offset upTo, std::vector<LedgerRange>& lost)
{
    Stream& stream = streams_[key].edit();
    if (stream.waiting.empty())
        return;
    GroupBook& book = groups_[static_cast<std::size_t>(group)].edit();
    Delivery& delivery = book.deliveries[key];
    const auto begin = book.begin.find(key.first);
    const Offset concerns = begin == book.begin.end() ? 0 : begin->second;
    for (const AckRun& run : stream.waiting) {
        if (run.offset >= upTo)
            break;
        const Offset from = std::max({run.offset, delivery.judgedTo, Offset{0}});
        const Offset to = std::min(run.offset + run.records, upTo);
        if (from >= to)
            continue;
        const RecordNumber shift = run.firstK - run.offset;
        const auto notSeen = [&](RecordNumber first, RecordNumber end) {
            const RecordNumber firstConcern = std::clamp(concerns + shift, first, end);
            book.before += firstConcern - first;
            if (firstConcern == end)
                return;
            delivery.lost.add(firstConcern, end, [](RecordNumber, RecordNumber, std::int64_t) {});
            tellGone(key, stream.removed, skippedOf(book, key.first, shift), firstConcern, end, book, lost);
        };
        delivery.ranges.forEachGap(from + shift, to + shift, [&](RecordNumber first, RecordNumber end) {
            delivery.lost.forEachGap(first, end, notSeen); // not told twice
        });
    }
    delivery.judgedTo = std::max(delivery.judgedTo, upTo);
    // Runs that every group has judged are done with.
    Offset done = kNever;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
        if (!isRead(static_cast<GroupIndex>(g), key.first))
            continue;
        const auto& deliveries = groups_[g]->deliveries;
        const auto found = deliveries.find(key);
        done = std::min(done, found == deliveries.end() ? 0 : found->second.judgedTo);
    }
    std::erase_if(stream.waiting, [done](const AckRun& run) { return run.offset + run.records <= done; });
}

LedgerNumbers Ledger::numbers(GroupIndex group) const
{
    LedgerNumbers numbers;
    for (const auto& [key, stream] : streams_) {
        if (!isRead(group, key.first))
            continue;
        numbers.produced += stream->produced;
        numbers.acknowledged += stream->acknowledged;
        numbers.failed += stream->failed;
    }
    const GroupBook& book = *groups_[static_cast<std::size_t>(group)];
    numbers.once = book.distinct - book.repeatedRecords;
    numbers.repeated = book.repeatedRecords;
    numbers.repeats = book.repeats;
    numbers.lost = book.lost;
    numbers.before = book.before;
    numbers.expired = book.expired;
    numbers.deleted = book.deleted;
    numbers.pending = std::max<std::int64_t>(0, numbers.acknowledged - book.distinct - book.lost -
                                                    book.before - book.expired - book.deleted);
    return numbers;
}

} // namespace tideline
