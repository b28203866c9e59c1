// SPDX-License-Identifier: GPL-3.0-or-later
// RollUps: the run over time, for charts and the timeline: at most 1 024 points a line, however long the run
// is.
//
// Every line has a point a bucket; when a line is full, neighbours are merged and the bucket doubles.
// Counters add up, gauges keep the larger value. Kept per cluster, group and pipeline, and per partition for
// at most 64 partitions a group. Samples are taken at fixed times of the run, never when somebody looks. A
// value; copies share until written.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/lab/frame.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace tideline {

class RollUps
{
public:
    static constexpr std::size_t kPoints = 1024;
    static constexpr Micros kFirstBucket = 100'000;
    static constexpr std::int32_t kPartitionsAGroup = 64;

    enum class Merge : std::uint8_t { Add, Largest };
    // The point of a gauge that nobody read in that bucket: there was nothing to measure.
    static constexpr std::int64_t kNothing = std::numeric_limits<std::int64_t>::min();
    struct Line
    {
        ChartsFrame::Chart chart = ChartsFrame::Chart::Throughput;
        ChartsFrame::Line line = ChartsFrame::Line::Produced;
        std::int32_t index = kNone;
        GroupIndex group = kNone;
        Merge merge = Merge::Largest;
        std::int64_t current = 0; // of the bucket that is not over; kNothing as in points
        std::vector<std::int64_t> points;
        TIDELINE_FIELDS(Line, chart, line, index, group, merge, current, points)
    };

    // Adds a line; returns its number.
    std::size_t addLine(ChartsFrame::Chart chart, ChartsFrame::Line line, std::int32_t index,
                        GroupIndex group, Merge merge);
    void count(std::size_t line, std::int64_t amount) { lines_[line].edit().current += amount; }
    void gauge(std::size_t line, std::int64_t value)
    {
        Line& edited = lines_[line].edit();
        edited.current = edited.current > value ? edited.current : value;
    }
    // The bucket is over: its points are written.
    void closeBucket();
    // When the bucket that runs now is over, µs.
    Micros nextClose() const { return (closed_ + 1) * bucket_; }
    Micros bucket() const { return bucket_; }
    std::size_t lineCount() const { return lines_.size(); }
    const Line& line(std::size_t i) const { return *lines_[i]; }

    TIDELINE_FIELDS(RollUps, bucket_, closed_, lines_)

private:
    void halve();

    Micros bucket_ = kFirstBucket;
    std::int64_t closed_ = 0;
    std::vector<Cow<Line>> lines_;
};

} // namespace tideline
