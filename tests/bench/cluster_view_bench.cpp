// SPDX-License-Identifier: GPL-3.0-or-later
// What a frame of the Cluster view costs: layout and painting into a 1920x1080 image, with data that changes
// every frame. Counters give the median and the 95th percentile of the run in milliseconds.
#include "tests/support/sample_frames.h"
#include "widgets/cluster/cluster_layout.h"
#include "widgets/scene/scene_painter.h"

#include <QApplication>
#include <QPainter>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

using namespace tideline;
using namespace tideline::widgets;

namespace {

constexpr int kFrames = 32; // different ones, shown in turn
constexpr int kCells = 20;  // a replica: as many as the engine shows of twelve partitions; none of more

void clusterView(benchmark::State& state)
{
    const auto partitions = static_cast<int>(state.range(0));
    std::vector<Frame> frames;
    for (int step = 0; step < kFrames; ++step)
        frames.push_back(partitions > 2'000 ? samples::scale(100, partitions, step * 8)
                                            : samples::cluster(partitions, step, kCells));
    QImage image(1920, 1080, QImage::Format_RGB32);
    const FontMetrics metrics;
    ScenePainter scenePainter;
    std::vector<double> times; // ms
    std::size_t next = 0;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        const Scene scene = layoutCluster(frames[next++ % frames.size()], image.size(), {}, metrics);
        QPainter painter(&image);
        scenePainter.paint(painter, scene, Theme::dark());
        painter.end();
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    state.counters["p50_ms"] = times[times.size() / 2];
    state.counters["p95_ms"] = times[times.size() * 95 / 100];
}

} // namespace

BENCHMARK(clusterView)->Arg(12)->Arg(1'000)->Arg(20'000)->Unit(benchmark::kMillisecond)->MinTime(2);

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("FONTCONFIG_FILE", TIDELINE_SOURCE_DIR "/resources/fonts/fonts.conf");
    QApplication application(argc, argv);
    loadFonts();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
