// SPDX-License-Identifier: GPL-3.0-or-later
// Broker: its log directory: when segments are deleted, compacted and written to the disk itself, and what
// happens when the disk does not play along.
#include "engine/cluster/broker.h"

#include "engine/cluster/page_cache.h"
#include "engine/cluster/replica_cleaning.h"
#include "engine/cluster/topic_log_config.h"

#include <algorithm>
#include <limits>

namespace tideline {

namespace {

constexpr Micros kInitialTaskDelay = 30'000'000; // log.initial.task.delay.ms

// Says what is gone, neighbours as one.
class RemovedRecords
{
public:
    RemovedRecords(PartitionIndex partition, Step step)
        : partition_(partition)
        , step_(step)
    {}
    void add(const LogBatch& batch)
    {
        if (batch.producer == kNone)
            return; // written by a broker itself
        const bool goesOn = run_.producer == batch.producer && run_.firstK + run_.records == batch.firstK &&
                            run_.records <= std::numeric_limits<std::int32_t>::max() - batch.records;
        if (goesOn) {
            run_.records += batch.records;
            return;
        }
        tell();
        run_ = {partition_, batch.producer, batch.firstK, batch.records};
    }
    void tell()
    {
        if (run_.records > 0)
            step_.out.saw(run_);
        run_ = {};
    }

private:
    PartitionIndex partition_;
    Step step_;
    RecordsRemoved run_;
};

} // namespace

const LogConfig& Broker::logConfig(PartitionIndex partition, const Topology& topology) const
{
    const control::Partition* known = image_.topics.partition(partition);
    const auto topic = known ? static_cast<std::size_t>(known->topic) : logConfigs_.size();
    return topic < logConfigs_.size() ? logConfigs_[topic] : topology.config.log;
}

// The topics that these records make or configure.
void Broker::noteLogConfigs(const control::Records& records, const Topology& topology)
{
    for (const control::Record& record : records) {
        TopicIndex topic = kNone;
        if (const auto* created = std::get_if<control::TopicRecord>(&record))
            topic = created->topic;
        else if (const auto* set = std::get_if<control::ConfigRecord>(&record);
                 set && set->resource.level == control::ConfigLevel::Topic)
            topic = set->resource.id;
        if (topic != kNone)
            noteLogConfig(topic, topology);
    }
}

void Broker::noteLogConfig(TopicIndex topic, const Topology& topology)
{
    const auto place = static_cast<std::size_t>(topic);
    if (logConfigs_.size() <= place)
        logConfigs_.resize(place + 1, topology.config.log);
    logConfigs_.edit(place) = logConfigOf(image_.configs, topic, topology.config.log);
}

// The broker's clock as the records of the partition tell the time: that of a log that is replayed into it.
Millis Broker::logTime(PartitionIndex partition, const Step& step) const
{
    return step.topology.dataTimeOf(partition, image_).at(step.now + step.skew);
}

void Broker::armStorageTimers(Step step)
{
    const ClusterConfig& config = step.topology.config;
    step.out.timer(step.now + kInitialTaskDelay, Timer{TimerKind::LogRetention, 0, 0});
    step.out.timer(step.now, Timer{TimerKind::LogCleaner, 0, 0}); // its thread looks before it rests
    if (config.logFlushSchedulerInterval != kNever)
        step.out.timer(step.now + kInitialTaskDelay, Timer{TimerKind::LogFlush, 0, 0});
}

void Broker::armWriteBack(Step step)
{
    step.out.timer(step.now + kWriteBackInterval, Timer{TimerKind::PageWriteBack, 0, 0});
}

bool Broker::onStorageTimer(const Timer& timer, Step step)
{
    const ClusterConfig& config = step.topology.config;
    // Armed before anything is done: what comes of this time is not why it comes again.
    const auto again = [&](Micros interval) {
        step.out.timer(saturatingAdd(step.now, interval), Timer{timer.kind, 0, 0});
    };
    switch (timer.kind) {
    case TimerKind::LogRetention:
        again(config.logRetentionCheckInterval);
        retainLogs(false, step);
        return true;
    case TimerKind::LogCleaner:
        again(config.logCleanerBackoff);
        cleanLogs(step);
        return true;
    case TimerKind::PageWriteBack:
        again(kWriteBackInterval);
        writeBack(step);
        return true;
    case TimerKind::LogFlush:
        again(config.logFlushSchedulerInterval);
        flushLogs(step);
        return true;
    default:
        return false;
    }
}

// Every replica by itself, whoever leads. Compacted logs are the cleaner's to look at, also those that
// cleanup.policy=delete says nothing of: segments below their start go. Source: LogManager.cleanupLogs and
// LogCleanerManager.deletableLogs of Kafka.
void Broker::retainLogs(bool compacted, Step step)
{
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        const Replica& seen = replicas_[i];
        if (seen.role == Replica::Role::None)
            continue;
        const LogConfig& config = logConfig(seen.partition, step.topology);
        if (config.compacts != compacted)
            continue;
        const Millis now = logTime(seen.partition, step);
        RetainedLog trial = seen.log.retained(seen.highWatermark);
        if (tideline::deleteOldSegments(trial, config.retention(), now).empty())
            continue; // nothing is written to
        Replica& replica = replicas_.edit(i);
        const Offset before = replica.log.startOffset();
        RemovedRecords removed(replica.partition, step);
        const auto deleted = replica.log.deleteOldSegments(
            replica.highWatermark, config, now, [&removed](const LogBatch& batch) { removed.add(batch); });
        removed.tell();
        step.out.fact(SegmentsDeleted{replica.partition, id_, before, replica.log.startOffset(),
                                      static_cast<std::int32_t>(deleted.size()),
                                      static_cast<std::int32_t>(deleted.back().reason)});
        logStartMoved(replica);
    }
}

// The filthiest log first, until none is dirty enough; then the cleaner rests. After each, old segments of
// all compacted logs go. Source: CleanerThread of Kafka.
void Broker::cleanLogs(Step step)
{
    bool cleaned = false;
    do {
        cleaned = cleanFilthiest(step);
        retainLogs(true, step);
    } while (cleaned);
}

bool Broker::cleanFilthiest(Step step)
{
    std::size_t filthiest = replicas_.size();
    LogToClean work;
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        const Replica& replica = replicas_[i];
        const LogConfig& config = logConfig(replica.partition, step.topology);
        if (replica.role == Replica::Role::None || !config.compacts || replica.log.segmentCount() == 1)
            continue;
        const LogToClean found =
            logToClean(replica.log, replica.highWatermark, config, logTime(replica.partition, step));
        if (!isDirtyEnough(found, config))
            continue;
        const Int128 ratio =
            static_cast<Int128>(found.cleanableBytes) * (work.cleanBytes + work.cleanableBytes);
        const Int128 best =
            static_cast<Int128>(work.cleanableBytes) * (found.cleanBytes + found.cleanableBytes);
        if (filthiest == replicas_.size() || ratio > best) {
            filthiest = i;
            work = found;
        }
    }
    if (filthiest == replicas_.size())
        return false;
    Replica& replica = replicas_.edit(filthiest);
    const Offset before = replica.log.cleanedTo();
    const ReplicaCleaning cleaning = cleanReplica(
        replica.log, work, logConfig(replica.partition, step.topology), logTime(replica.partition, step));
    RemovedRecords removed(replica.partition, step);
    for (const LogBatch& batch : cleaning.thinned)
        removed.add(batch);
    removed.tell();
    step.out.fact(LogCompacted{replica.partition, id_, replica.log.cleanedTo(),
                               static_cast<std::int32_t>(cleaning.removed),
                               static_cast<std::int32_t>(replica.log.records()), cleaning.bytesFreed});
    return replica.log.cleanedTo() > before;
}

// flush.ms. Source: LogManager.flushDirtyLogs of Kafka.
void Broker::flushLogs(Step step)
{
    const Millis now = step.wallTime();
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        const ReplicaLog& log = replicas_[i].log;
        if (log.flushedTo() < log.endOffset() &&
            now - log.lastFlush() >= logConfig(replicas_[i].partition, step.topology).flushMs)
            replicas_.edit(i).log.flush(now);
    }
}

void Broker::writeBack(Step step)
{
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        if (replicas_[i].log.wantsWriteBack())
            replicas_.edit(i).log.writeBack(step.now);
    }
}

// Followers are told with their next answer.
void Broker::logStartMoved(Replica& replica)
{
    replica.highWatermark = std::max(replica.highWatermark, replica.log.startOffset());
    if (replica.role != Replica::Role::Leader)
        return;
    for (const FollowerProgress& follower : replica.followers) {
        FetchSession& fetching = session(follower.broker);
        if (FetchSession::Part* part = fetching.find(replica.partition))
            fetching.mark(*part);
    }
}

void Broker::deleteRecords(PartitionIndex partition, Offset newStart, Step step)
{
    Replica& replica = *editReplica(partition);
    const Offset before = replica.log.startOffset();
    RemovedRecords removed(partition, step);
    for (std::size_t i = replica.log.find(before);
         i < replica.log.batchCount() && replica.log.batch(i).baseOffset < newStart; ++i) {
        LogBatch part = replica.log.batch(i); // of the last one only what lies below
        part.records = static_cast<std::int32_t>(std::min(part.endOffset(), newStart) - part.baseOffset);
        removed.add(part);
    }
    removed.tell();
    replica.log.raiseStart(newStart);
    step.out.fact(RecordsDeleted{partition, id_, before, replica.log.startOffset()});
    logStartMoved(replica);
    finish(step);
}

std::vector<Broker::Unflushed> Broker::losePower(Micros now)
{
    std::vector<Unflushed> lost;
    for (std::size_t i = 0; i < replicas_.size(); ++i) {
        Replica& replica = replicas_.edit(i);
        replica.log.writeBack(now);
        const Offset end = replica.leo();
        const Offset highWatermark = replica.highWatermark;
        const Offset after =
            replica.log.truncateTo(std::max(replica.log.flushedTo(), replica.log.startOffset()));
        replica.highWatermark = std::min(replica.highWatermark, after);
        replica.checkpointedHighWatermark = std::min(replica.checkpointedHighWatermark, after);
        replica.role = Replica::Role::None; // there is no process any more
        if (after < end)
            lost.push_back({replica.partition, end, after, highWatermark});
    }
    return lost;
}

void Broker::eraseDisk()
{
    replicas_ = {};
    cleanEpoch_ = -1;
}

// A write is due. Source: ReplicaManager.handleLogDirFailure of Kafka, which halts a broker that has lost its
// last log directory.
void Broker::haltIfUnwritable(Step step)
{
    if (disk_ != DiskState::Sound)
        step.out.endProcess(ProcessEnd::DiskFailed);
}

} // namespace tideline
