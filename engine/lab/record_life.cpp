// SPDX-License-Identifier: GPL-3.0-or-later
// lifeOfRecord: what became of one record, found by running again and watching.
#include "engine/lab/engine.h"
#include "engine/lab/observer.h"
#include "engine/lab/world.h"
#include "engine/log/record_batch_reader.h"

#include <algorithm>

namespace tideline {

namespace {

class LifeObserver : public Observer
{
public:
    LifeObserver(const World& world, RecordLife& life)
        : world_(world)
        , life_(life)
    {}

    WatchedRecord watched() const override { return {life_.partition, life_.offset}; }

    void onEffect(Micros time, NodeIndex, const Effect& effect) override
    {
        using Step = RecordLife::Step;
        if (const auto* produced = std::get_if<RecordsProduced>(&effect)) {
            if (isMine(*produced))
                add({Step::Sent, time});
        } else if (const auto* sent = std::get_if<BatchSent>(&effect)) {
            if (isMine(*sent)) {
                RecordLife::Entry entry{Step::BatchSent, time};
                entry.records = sent->records;
                add(entry);
            }
        } else if (const auto* acknowledged = std::get_if<RecordsAcknowledged>(&effect)) {
            if (isMine(*acknowledged)) {
                RecordLife::Entry entry{Step::Acknowledged, time};
                entry.records = acknowledged->records;
                add(entry);
            }
        } else if (const auto* failed = std::get_if<RecordsFailed>(&effect)) {
            if (isMine(*failed)) {
                RecordLife::Entry entry{Step::GivenUp, time};
                entry.error = failed->error;
                add(entry);
            }
        } else if (const auto* delivered = std::get_if<RecordsDelivered>(&effect)) {
            if (isMine(*delivered)) {
                RecordLife::Entry entry{Step::Delivered, time};
                entry.member = delivered->member;
                entry.offset = delivered->baseOffset + (life_.k - delivered->firstK);
                add(entry);
            }
        } else if (const auto* counted = std::get_if<RecordCounted>(&effect)) {
            static constexpr Step kSteps[] = {Step::Counted, Step::CountedLate, Step::CountedAfterFiring,
                                              Step::Dropped};
            RecordLife::Entry entry{kSteps[counted->fate], time};
            entry.pipeline = counted->pipeline;
            add(entry);
            waiting_.push_back(counted->pipeline);
        }
    }

    void onFact(const Fact& fact) override
    {
        using Step = RecordLife::Step;
        if (const auto* truncated = std::get_if<LogTruncated>(&fact.body)) {
            if (truncated->partition == life_.partition)
                cutOff(truncated->broker, truncated->to, fact.time);
        } else if (const auto* unflushed = std::get_if<UnflushedRecordsLost>(&fact.body)) {
            if (unflushed->partition == life_.partition)
                cutOff(unflushed->broker, unflushed->to, fact.time);
        } else if (const auto* fired = std::get_if<PaneFired>(&fact.body)) {
            const bool mine = std::find(waiting_.begin(), waiting_.end(), fired->pipeline) != waiting_.end();
            if (mine && life_.eventTime >= fired->start && life_.eventTime < fired->end &&
                windows_++ < kMostWindows) {
                RecordLife::Entry entry{Step::WindowFired, fact.time};
                entry.pipeline = fired->pipeline;
                entry.start = fired->start;
                entry.end = fired->end;
                add(entry);
            }
        }
        lookAtLogs(fact.time);
    }

    // After each message the logs may hold the record where they did not before.
    void onMessage(Micros time, const Message&) override { lookAtLogs(time); }

    void lookAtLogs(Micros time)
    {
        using Step = RecordLife::Step;
        for (const Cow<Broker>& broker : world_.brokers) {
            const Replica* replica = broker->replica(life_.partition);
            if (!replica)
                continue;
            Copy& copy = copyOn(broker->id());
            if (copy.offset == kUnknownOffset)
                copy.offset = find(*replica, copy.searched);
            if (copy.offset != kUnknownOffset && !copy.told) {
                copy.told = true;
                RecordLife::Entry entry{
                    replica->role == Replica::Role::Leader ? Step::Appended : Step::Replicated, time};
                entry.broker = broker->id();
                entry.offset = copy.offset;
                entry.epoch = replica->leaderEpoch;
                add(entry);
            }
            const bool leads = replica->role == Replica::Role::Leader;
            if (leads && !committed_ && copy.offset != kUnknownOffset &&
                replica->highWatermark > copy.offset) {
                committed_ = true;
                RecordLife::Entry entry{Step::HighWatermarkPassed, time};
                entry.broker = broker->id();
                entry.offset = copy.offset;
                add(entry);
            }
        }
    }

private:
    static constexpr int kMostWindows = 20;

    struct Copy
    {
        BrokerId broker = 0;
        Offset offset = kUnknownOffset;
        Offset searched = 0; // offsets below are known not to hold it
        bool told = false;
    };

    template <class What>
    bool isMine(const What& what) const
    {
        return what.partition == life_.partition && what.producer == life_.producer &&
               what.firstK <= life_.k && life_.k < what.firstK + what.records;
    }
    Copy& copyOn(BrokerId broker)
    {
        for (Copy& copy : copies_) {
            if (copy.broker == broker)
                return copy;
        }
        copies_.push_back({broker, kUnknownOffset, 0, false});
        return copies_.back();
    }
    bool holds(BrokerId broker, Offset truncatedTo)
    {
        const Copy& copy = copyOn(broker);
        return copy.offset != kUnknownOffset && copy.offset >= truncatedTo;
    }
    void cutOff(BrokerId broker, Offset to, Micros time)
    {
        if (!holds(broker, to))
            return;
        RecordLife::Entry entry{RecordLife::Step::Truncated, time};
        entry.broker = broker;
        add(entry);
        forget(broker);
    }
    void forget(BrokerId broker) { copyOn(broker) = {broker, kUnknownOffset, 0, false}; }

    Offset find(const Replica& replica, Offset& searched) const
    {
        searched = std::min(searched, replica.leo());
        for (std::size_t i = replica.log.find(searched); i < replica.log.batchCount(); ++i) {
            const LogBatch& batch = replica.log.batch(i);
            searched = batch.endOffset();
            if (batch.producer == life_.producer && batch.firstK <= life_.k &&
                life_.k < batch.firstK + batch.records)
                return batch.baseOffset + (life_.k - batch.firstK);
        }
        return kUnknownOffset;
    }
    void add(RecordLife::Entry entry)
    {
        constexpr std::size_t kMostEntries = 200;
        if (life_.entries.size() < kMostEntries)
            life_.entries.push_back(entry);
    }

    const World& world_;
    RecordLife& life_;
    std::vector<Copy> copies_;
    std::vector<PipelineIndex> waiting_;
    bool committed_ = false;
    int windows_ = 0;
};

// Fills in identity and contents of the record that lies at the offset in this replica, if one does.
bool identifyIn(const Replica* replica, RecordLife& life)
{
    if (!replica || life.offset < replica->log.startOffset() || life.offset >= replica->leo())
        return false;
    const std::size_t place = replica->log.find(life.offset);
    if (place >= replica->log.batchCount() || replica->log.batch(place).baseOffset > life.offset)
        return false; // compaction took it
    const LogBatch& batch = replica->log.batch(place);
    life.producer = batch.producer;
    life.k = batch.firstK + (life.offset - batch.baseOffset);
    bool found = false;
    forEachRecord(batch.bytes.bytes(), [&](const RecordView& record) {
        if (batch.baseOffset + record.offset != life.offset)
            return;
        found = true;
        life.eventTime = record.timestamp;
        life.key = std::string(record.key.value_or(Bytes()));
        life.value = std::string(record.value.value_or(Bytes()));
    });
    return found; // else compaction took it
}

// The leader says which record it is; another replica only where there is no leader: it may hold another one
// that it has yet to cut off.
bool identify(const World& world, RecordLife& life)
{
    bool found = identifyIn(world.leaderReplica(life.partition), life);
    for (std::size_t i = 0; !found && i < world.brokers.size(); ++i)
        found = identifyIn(world.brokers[i]->replica(life.partition), life);
    return found && life.producer != kNone;
}

} // namespace

std::optional<RecordLife> lifeOfRecord(Engine start, PartitionIndex partition, Offset offset, Micros until,
                                       bool (*keepGoing)(void*), void* context)
{
    RecordLife life;
    life.partition = partition;
    life.offset = offset;
    constexpr std::int64_t kEventsBetweenQuestions = 5000;
    const auto run = [&](Engine& engine, Observer* observer) {
        while (engine.advanceSome(until, kEventsBetweenQuestions, observer) == kEventsBetweenQuestions) {
            if (keepGoing && !keepGoing(context))
                return false;
        }
        return true;
    };
    // Which record it is, is known at the end; what became of it, from the beginning on.
    Engine end = start;
    if (!run(end, nullptr) || !identify(end.world(), life))
        return std::nullopt;
    LifeObserver observer(start.world(), life);
    if (!run(start, &observer))
        return std::nullopt;
    const DataTime& time = end.world().topology->dataTimeOf(partition, end.world().metadata());
    life.entries.insert(life.entries.begin(),
                        RecordLife::Entry{RecordLife::Step::Happened, time.runTime(life.eventTime)});
    std::stable_sort(life.entries.begin(), life.entries.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    return life;
}

} // namespace tideline
