// SPDX-License-Identifier: GPL-3.0-or-later
// ChartsFrame: the series of the Charts view, never more points than buckets. Plain values.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace tideline {

struct ChartsFrame
{
    enum class Chart : std::uint8_t { Throughput, Lag, Latency, UnderReplicated, WatermarkLag };
    enum class Line : std::uint8_t {
        Produced,
        Delivered,
        PartitionLag,
        LatencyMedian,
        Latency99,
        UnderReplicated,
        Offline,
        PipelineLag,
        QueueDelivered,
        QueueWaiting
    };
    struct Series
    {
        Chart chart = Chart::Throughput;
        Line line = Line::Produced;
        std::int32_t index =
            kNone; // group (Delivered, latency), partition (PartitionLag), pipeline (PipelineLag), queue
        GroupIndex group = kNone;                      // PartitionLag: whose
        std::vector<std::pair<Micros, double>> points; // records/s, records, ms, partitions, ms
    };
    std::vector<Series> series;
    Micros bucket = 0; // µs that one point stands for
};

} // namespace tideline
