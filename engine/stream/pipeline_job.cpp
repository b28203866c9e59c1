// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/stream/pipeline_job.h"

#include "engine/lab/key_colour.h"
#include "engine/log/record_batch_reader.h"
#include "engine/stream/json_number.h"

#include <algorithm>
#include <limits>

namespace tideline {

namespace {

constexpr std::size_t kFiringsKept = 8192;

flink::PartitionWatermarkSpec watermarkSpecOf(const WatermarkSpec& spec)
{
    flink::PartitionWatermarkSpec result;
    result.outOfOrderness = spec.boundedOutOfOrderness;
    result.afterEveryRecord = spec.afterEveryRecord;
    result.interval = toMillis(spec.autoWatermarkInterval);
    if (spec.idleTimeout > 0)
        result.idleTimeout = toMillis(spec.idleTimeout);
    return result;
}

TimeFrame::Fate shownFate(Fate fate)
{
    switch (fate) {
    case Fate::CountedLate:
        return TimeFrame::Fate::BehindWatermark;
    case Fate::CountedAfterFiring:
    case Fate::PartlyDropped:
        return TimeFrame::Fate::AfterFiring;
    case Fate::Dropped:
        return TimeFrame::Fate::Dropped;
    case Fate::Counted:
    case Fate::NoWindow:
        break;
    }
    return TimeFrame::Fate::OnTime;
}

} // namespace

WindowSpec windowSpecOf(const PipelineSpec& spec)
{
    return spec.window == WindowKind::Tumbling
               ? WindowSpec::tumbling(spec.size, spec.allowedLateness, spec.offset)
               : WindowSpec::sliding(spec.size, spec.slide, spec.allowedLateness, spec.offset);
}

PipelineJob::PipelineJob(PipelineIndex index, const Topology& topology)
    : index_(index)
    , topic_(topology.topicIndex(topology.scenario->pipelines[static_cast<std::size_t>(index)].from))
    , operator_(windowSpecOf(topology.scenario->pipelines[static_cast<std::size_t>(index)]))
    , processing_(windowSpecOf(topology.scenario->pipelines[static_cast<std::size_t>(index)]))
    , watermarks_(watermarkSpecOf(topology.scenario->pipelines[static_cast<std::size_t>(index)].watermark),
                  topology.topics[static_cast<std::size_t>(topic_)].partitions, 0)
{
    partitions_ = topology.partitionsAtFirst(topic_);
    fetch_.assign(partitions_);
    for (const PartitionIndex partition : partitions_)
        fetch_.setPosition(partition, 0);
    idle_.resize(partitions_.size());
}

const PipelineSpec& PipelineJob::spec(const Step& step) const
{
    return step.topology.scenario->pipelines[static_cast<std::size_t>(index_)];
}

void PipelineJob::start(Step step)
{
    armTick(step);
    advance(step);
}

void PipelineJob::endsAt(const std::vector<Offset>& ends, Step step)
{
    ends_ = ends;
    checkEnd(step);
}

void PipelineJob::onTimer(const Timer& timer, Step step)
{
    if (timer.kind == TimerKind::WatermarkTick) {
        if (timer.a != tickAt_)
            return;
        tickAt_ = kNever;
        watermarks_.advanceProcessingTime(toMillis(step.now), signals_);
        emit(step);
        tellIdle(step);
        armTick(step);
    } else if (timer.kind == TimerKind::ClientTimeout) {
        for (const NodeIndex peer : outstanding_.silentPeers(step.now, step.out))
            step.out.close(peer);
    } else if (timer.kind == TimerKind::ClientRetry && timer.a == retryAt_) {
        retryAt_ = kNever;
    }
    advance(step);
}

void PipelineJob::consume(Step step)
{
    for (const PolledSlice& slice : fetch_.poll(std::numeric_limits<std::int64_t>::max()))
        consume(slice, step);
    checkEnd(step);
}

void PipelineJob::consume(const PolledSlice& slice, Step step)
{
    const PipelineSpec& config = spec(step);
    const DataTime time = dataTime(step);
    const Millis seen = time.at(step.now);
    const flink::SplitId split = numberOf(slice.partition);
    watermarks_.advanceProcessingTime(toMillis(step.now), signals_);
    emit(step);
    firstSeen_ = std::min(firstSeen_, seen);
    const bool sums = config.aggregate == AggregateKind::Sum;
    const Offset from = slice.offset - slice.batch.baseOffset;
    RecordBatchReader reader(slice.batch.bytes.bytes());
    RecordView record;
    Aggregate handled; // now: all of them in one moment of processing time
    while (reader.next(record)) {
        if (record.offset < from)
            continue;
        const std::int64_t value = sums ? jsonHundredths(record.value.value_or(Bytes()), config.sumField) : 0;
        const KeyId key = keys_.intern(record.key.value_or(Bytes()));
        lowest_ = std::min(lowest_, record.timestamp);
        highest_ = std::max(highest_, record.timestamp);
        const Fate fate = operator_.add(key, record.timestamp, value, lateFired_);
        handled.add(value);
        note(fate, slice, record, seen, step);
        watermarks_.onRecord(split, record.timestamp, signals_);
        if (!signals_.empty())
            emit(step);
    }
    if (handled.count > 0)
        processing_.add(seen, handled, processingFired_);
    processingFired_.clear();
    tellLate(slice, step);
}

// What the screen and an observer want to know of one record.
void PipelineJob::note(Fate fate, const PolledSlice& slice, const RecordView& record, Millis seen,
                       const Step& step)
{
    const Offset offset = slice.batch.baseOffset + record.offset;
    if (fate == Fate::Counted || fate == Fate::NoWindow) {
        if (dots_.wantsNext())
            dots_.add(Dot{record.timestamp, seen, TimeFrame::Fate::OnTime, keyColour(record.key),
                          slice.partition, offset});
        else
            dots_.skip();
    } else {
        lateDots_.add(
            Dot{record.timestamp, seen, shownFate(fate), keyColour(record.key), slice.partition, offset});
        if (fate == Fate::Dropped && dropped_.records++ == 0) {
            dropped_.offset = offset;
            dropped_.eventTime = record.timestamp;
        }
    }
    if (step.watched.partition == slice.partition && step.watched.offset == offset)
        step.out.saw(RecordCounted{index_, slice.partition, offset, record.timestamp,
                                   static_cast<std::uint8_t>(shownFate(fate))});
}

// Late firings and drops of one batch, each kind as one fact a window.
void PipelineJob::tellLate(const PolledSlice& slice, Step step)
{
    if (dropped_.records > 0)
        step.out.fact(RecordsDroppedLate{index_, slice.partition, dropped_.offset, dropped_.eventTime,
                                         dropped_.records});
    dropped_ = {};
    std::sort(lateFired_.begin(), lateFired_.end(), [](const Pane& a, const Pane& b) {
        return a.window.start != b.window.start ? a.window.start < b.window.start : a.firing < b.firing;
    });
    for (std::size_t i = 0; i < lateFired_.size();) {
        const TimeWindow window = lateFired_[i].window;
        std::int32_t firings = 0;
        const Aggregate first = lateFired_[i].aggregate;
        for (; i < lateFired_.size() && lateFired_[i].window == window; ++i)
            ++firings;
        Firings& known = firings_.edit()[window.start];
        if (known.firings == 0) { // its keys came only after the watermark had passed it
            known.firstAt = dataTime(step).at(step.now);
            known.first = first;
        }
        known.firings += firings;
        step.out.fact(PaneFired{index_, firings, window.start, window.end, known.firings - 1, firings});
        forgetOldFirings();
    }
    lateFired_.clear();
}

void PipelineJob::forgetOldFirings()
{
    while (firings_->size() > kFiringsKept)
        firings_.edit().erase(firings_.edit().begin());
}

// Carries the signals of the source to the operator, and tells what fired.
void PipelineJob::emit(Step step)
{
    if (signals_.empty())
        return;
    for (const StreamSignal& signal : signals_) {
        if (signal.kind != StreamSignal::Kind::Watermark)
            continue;
        const Millis seen = dataTime(step).at(step.now);
        if (signal.watermark != kMaxMillis)
            steps_.add(WatermarkStep{seen, signal.watermark});
        operator_.advanceWatermark(signal.watermark, fired_);
        for (std::size_t i = 0; i < fired_.size();) {
            const TimeWindow window = fired_[i].window;
            std::int32_t keys = 0;
            Aggregate all;
            for (; i < fired_.size() && fired_[i].window == window; ++i) {
                ++keys;
                all.add(fired_[i].aggregate);
            }
            firings_.edit()[window.start] = Firings{1, seen, all};
            forgetOldFirings();
            constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
            step.out.fact(PaneFired{index_, keys, window.start, window.end, 0,
                                    static_cast<std::int32_t>(std::min(all.count, kMost))});
        }
        fired_.clear();
    }
    signals_.clear();
}

void PipelineJob::tellIdle(Step step)
{
    if (spec(step).watermark.idleTimeout == 0)
        return;
    for (std::size_t p = 0; p < idle_.size(); ++p) {
        const bool idle = watermarks_.partitionIdle(static_cast<flink::SplitId>(p));
        if (idle && !idle_[p])
            step.out.fact(PartitionIdle{index_, partitions_[p]});
        idle_[p] = idle;
    }
}

void PipelineJob::checkEnd(Step step)
{
    if (ended_ || ends_.empty())
        return;
    for (const PartitionOffset& position : fetch_.positions()) {
        const auto number = static_cast<std::size_t>(numberOf(position.partition));
        if (number < ends_.size() && position.offset < ends_[number])
            return;
    }
    ended_ = true;
    step.out.fact(EndOfInput{index_});
    watermarks_.endOfInput(signals_);
    emit(step);
}

void PipelineJob::armTick(Step step)
{
    const Millis tick = watermarks_.nextTick();
    if (ended_ || tick == kMaxMillis)
        return;
    tickAt_ = fromMillis(tick);
    step.out.timer(tickAt_, Timer{TimerKind::WatermarkTick, tickAt_, 0});
}

} // namespace tideline
