// SPDX-License-Identifier: GPL-3.0-or-later
// Nanoseconds a record of the window operator and what stands around it.
#include "engine/base/random.h"
#include "engine/stream/flink/aggregating_window_operator.h"
#include "engine/stream/flink/partition_watermarks.h"
#include "engine/stream/key_table.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

using namespace tideline;
using namespace tideline::flink;

namespace {

struct Input
{
    KeyId key;
    Millis time;
    std::int64_t value;
};

// One million records a second of event time, up to 2 s out of order.
std::vector<Input> inputs(std::size_t count, KeyId keys)
{
    Random random(1, 1);
    std::vector<Input> result(count);
    for (std::size_t i = 0; i < count; ++i)
        result[i] = {static_cast<KeyId>(random.below(keys)),
                     static_cast<Millis>(i / 1000) - static_cast<Millis>(random.below(2000)),
                     random.between(1, 1000)};
    return result;
}

void run(benchmark::State& state, const WindowSpec& spec, KeyId keys, Millis outOfOrderness)
{
    const std::vector<Input> records = inputs(1 << 20, keys);
    AggregatingWindowOperator windows(spec);
    Panes fired;
    std::size_t i = 0;
    Millis base = 0;
    for (auto _ : state) {
        const Input& record = records[i];
        benchmark::DoNotOptimize(windows.add(record.key, base + record.time, record.value, fired));
        if (i % 1000 == 0) {
            windows.advanceWatermark(base + static_cast<Millis>(i / 1000) - outOfOrderness - 1, fired);
            fired.clear();
        }
        if (++i == records.size()) {
            i = 0;
            base += static_cast<Millis>(records.size() / 1000);
        }
    }
    state.SetItemsProcessed(state.iterations());
}

void tumblingCount(benchmark::State& state)
{
    run(state, WindowSpec::tumbling(1000), static_cast<KeyId>(state.range(0)), 2000);
}
BENCHMARK(tumblingCount)->Arg(1000)->Arg(100000);

void tumblingCountWithLateRecords(benchmark::State& state)
{
    run(state, WindowSpec::tumbling(1000, 500), 1000, 1500);
}
BENCHMARK(tumblingCountWithLateRecords);

void slidingCountOfFiveWindows(benchmark::State& state)
{
    run(state, WindowSpec::sliding(1000, 200), 1000, 2000);
}
BENCHMARK(slidingCountOfFiveWindows);

void copyAndFirstWrite(benchmark::State& state)
{
    AggregatingWindowOperator windows(WindowSpec::tumbling(1000));
    Panes fired;
    for (const Input& record : inputs(1 << 16, 1000))
        windows.add(record.key, record.time, record.value, fired);
    for (auto _ : state) {
        AggregatingWindowOperator copy = windows;
        benchmark::DoNotOptimize(copy.add(7, 60, 1, fired));
    }
}
BENCHMARK(copyAndFirstWrite);

void internKnownKey(benchmark::State& state)
{
    KeyTable table;
    std::vector<std::string> keys;
    for (int i = 0; i < 1000; ++i)
        keys.push_back("sensor-" + std::to_string(i));
    for (const std::string& key : keys)
        table.intern(key);
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(table.intern(keys[i]));
        i = i + 389 < keys.size() ? i + 389 : i + 389 - keys.size();
    }
}
BENCHMARK(internKnownKey);

void partitionWatermarks(benchmark::State& state)
{
    PartitionWatermarkSpec spec;
    spec.outOfOrderness = 2000;
    spec.afterEveryRecord = state.range(0) != 0;
    PartitionWatermarks watermarks(spec, 6, 0);
    Signals out;
    Millis time = 0;
    SplitId partition = 0;
    for (auto _ : state) {
        watermarks.onRecord(partition, ++time / 1000, out);
        partition = partition == 5 ? 0 : partition + 1;
        if (out.size() > 100)
            out.clear();
    }
}
BENCHMARK(partitionWatermarks)->Arg(0)->Arg(1)->ArgName("afterEveryRecord");

} // namespace
