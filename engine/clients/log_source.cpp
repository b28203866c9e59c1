// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/clients/murmur2.h"
#include "engine/clients/source.h"
#include "engine/cluster/topology.h"

#include <algorithm>

namespace tideline {

LogSource::LogSource(const LogSourceSpec& spec, TapePtr tape)
    : tape_(std::move(tape))
    , pace_(spec.pace)
{
    if (tape_->rows() > 0)
        origin_ = tape_->row(0).arrival;
}

void LogSource::start(Micros now)
{
    started_ = true;
    startedAt_ = now;
}

// The data's time 0 is the first arrival, which is at the start of the run, however late the producer gets
// going.
Micros LogSource::runTime(Millis time) const
{
    return DataTime{origin_, pace_}.runTime(time);
}

Micros LogSource::nextWake() const
{
    Micros wake = kNever;
    if (!started_)
        return wake;
    if (nextRow_ < tape_->rows())
        wake = std::max(runTime(tape_->row(nextRow_).arrival), startedAt_);
    if (nextHappened_ < tape_->rows())
        wake = std::min(
            wake, std::max(runTime(tape_->row(tape_->rowByEventTime(nextHappened_)).happened), startedAt_));
    return wake;
}

void LogSource::happen(Micros now, std::vector<SourceHappening>& happenings)
{
    const auto count = [&happenings](Millis eventTime) {
        if (happenings.empty() || happenings.back().eventTime != eventTime)
            happenings.push_back({eventTime, 0, 0});
        ++happenings.back().records;
    };
    for (; nextHappened_ < tape_->rows(); ++nextHappened_) {
        const TapeRow row = tape_->row(tape_->rowByEventTime(nextHappened_));
        if (runTime(row.happened) > now)
            break;
        if (row.arrival >= row.happened)
            count(row.happened);
    }
    // What is seen before its event time counts as soon as it is seen.
    for (; earlySeen_ < tape_->rows(); ++earlySeen_) {
        const TapeRow row = tape_->row(earlySeen_);
        if (runTime(row.arrival) > now)
            break;
        if (row.arrival < row.happened)
            count(row.happened);
    }
}

bool LogSource::nextArrived(Micros now, SourceRecord& record)
{
    if (nextRow_ >= tape_->rows())
        return false;
    const TapeRow row = tape_->row(nextRow_);
    if (runTime(row.arrival) > now)
        return false;
    record.eventTime = row.happened;
    record.value = row.value;
    record.key.reset();
    if (row.hasKey) {
        record.key = row.key;
        record.keyHash = murmur2(row.key);
    }
    return true;
}

bool LogSource::ended() const
{
    return started_ && nextRow_ >= tape_->rows();
}

} // namespace tideline
