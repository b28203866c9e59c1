// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever somebody writes into a scenario: it is refused in sentences, or it runs, keeps every invariant and
// passes the audit.
#include "engine/lab/engine.h"
#include "engine/lab/scenario_reader.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>

using namespace tideline;

namespace {

// What a fuzzer can run many times a second.
bool small(const Scenario& scenario)
{
    const auto partitions =
        std::accumulate(scenario.topics.begin(), scenario.topics.end(), std::int64_t{0},
                        [](std::int64_t sum, const TopicSpec& topic) { return sum + topic.partitions; });
    const bool slow =
        std::all_of(scenario.producers.begin(), scenario.producers.end(), [](const ProducerSpec& producer) {
            return producer.generator && producer.generator->recordsPerSecond <= 500 &&
                   producer.generator->keys <= 1'000;
        });
    const bool few = std::all_of(scenario.groups.begin(), scenario.groups.end(),
                                 [](const GroupSpec& group) { return group.members <= 8; });
    return scenario.cluster.brokers <= 6 && partitions <= 40 &&
           scenario.cluster.offsetsTopicNumPartitions <= 60 && slow && few && scenario.script.size() <= 50;
}

[[noreturn]] void fail(const std::string& why)
{
    std::fprintf(stderr, "%s\n", why.c_str());
    std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const ScenarioRead read = readScenario(text, {});
    if (const auto* problems = std::get_if<ScenarioProblems>(&read)) {
        if (problems->sentences.empty())
            fail("refused without a sentence");
        return 0;
    }
    const Scenario& scenario = std::get<Scenario>(read);
    if (!small(scenario))
        return 0;
    Engine engine(scenario);
    engine.advanceSome(std::min<Micros>(scenario.duration, 15 * kMicrosPerSecond), 30'000);
    if (engine.invariantBroken())
        fail("an invariant broke");
    for (const std::string& sentence : engine.audit())
        fail(sentence);
    return 0;
}
