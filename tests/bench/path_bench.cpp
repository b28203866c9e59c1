// SPDX-License-Identifier: GPL-3.0-or-later
// The path workload against the bare loop, in turn and in one process: CPU time per record, and the ratio
// that machines agree on.
#include "engine/lab/engine.h"
#include "engine/lab/scenario_reader.h"
#include "tests/bench/bare_loop.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <vector>

namespace {

using namespace tideline;

constexpr std::int64_t kFirst = 100'000;
constexpr std::int64_t kLate = 10'000'000;

double cpuSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Scenario pathScenario()
{
    auto read = readScenarioFile(TIDELINE_SOURCE_DIR "/tests/bench/path.tideline", {});
    return std::get<Scenario>(std::move(read));
}

std::int64_t delivered(const Engine& engine)
{
    const LedgerNumbers numbers = engine.ledger(0);
    return numbers.once + numbers.repeated;
}

// CPU seconds a record for the slice in which the group is given `records` more.
double slice(Engine& engine, std::int64_t records)
{
    const std::int64_t before = delivered(engine);
    const double start = cpuSeconds();
    while (delivered(engine) < before + records && !engine.ended())
        engine.advanceSome(engine.scenario().duration, 200);
    return (cpuSeconds() - start) /
           static_cast<double>(std::max<std::int64_t>(1, delivered(engine) - before));
}

double bare(std::int64_t records)
{
    const double start = cpuSeconds();
    benchmark::DoNotOptimize(bench::bareLoop(records));
    return (cpuSeconds() - start) / static_cast<double>(records);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// A million records of the path, five times, each between two bare loops that together take about as long: a
// machine that gets slower or faster meanwhile does so for both.
void PathAgainstBareLoop(benchmark::State& state)
{
    constexpr std::int64_t kRecords = 1'000'000;
    constexpr std::int64_t kBareRecords = 2'500'000;
    std::vector<double> path;
    std::vector<double> loop;
    std::vector<double> ratios;
    for (auto _ : state) {
        Engine engine(pathScenario());
        slice(engine, kFirst);
        for (int i = 0; i < 5; ++i) {
            const double before = bare(kBareRecords);
            path.push_back(slice(engine, kRecords));
            loop.push_back((before + bare(kBareRecords)) / 2);
            ratios.push_back(path.back() / loop.back());
        }
    }
    state.counters["path_ns"] = median(path) * 1e9;
    state.counters["bare_ns"] = median(loop) * 1e9;
    state.counters["ratio"] = median(ratios);
}

// The slice of 100 000 records that ends at ten million against the first one, interleaved.
void LongLogAgainstShortLog(benchmark::State& state)
{
    std::vector<double> early;
    std::vector<double> late;
    for (auto _ : state) {
        Engine full(pathScenario());
        while (delivered(full) < kLate - kFirst && !full.ended())
            full.advanceSome(full.scenario().duration, 500);
        for (int i = 0; i < 5; ++i) {
            Engine fresh(pathScenario());
            early.push_back(slice(fresh, kFirst));
            Engine copy = full;
            late.push_back(slice(copy, kFirst));
        }
    }
    state.counters["early_ns"] = median(early) * 1e9;
    state.counters["late_ns"] = median(late) * 1e9;
    state.counters["ratio"] = median(late) / median(early);
}

// A copy of an engine with 20 000 partitions, replication factor 3.
void CopyOfLargeEngine(benchmark::State& state)
{
    Scenario scenario;
    scenario.cluster.brokers = 100;
    scenario.topics.push_back({"large", 20'000, 3, 1});
    Engine engine(scenario);
    engine.advanceTo(2 * kMicrosPerSecond);
    for (auto _ : state) {
        Engine copy = engine;
        benchmark::DoNotOptimize(copy);
    }
}

} // namespace

BENCHMARK(PathAgainstBareLoop)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(LongLogAgainstShortLog)->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK(CopyOfLargeEngine)->Unit(benchmark::kMicrosecond);
