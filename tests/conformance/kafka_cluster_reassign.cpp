// SPDX-License-Identifier: GPL-3.0-or-later
// What an admin client was answered by a running cluster when it created, deleted, reassigned and configured
// topics, and how the partitions were when everything had become stable.
#include "tests/conformance/admin_cluster.h"
#include "tests/conformance/recorded_step.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <algorithm>
#include <set>
#include <vector>

using namespace tideline;
using namespace tideline::vectors;

namespace {

// The first broker that is placed as a replica and never in sync. Which one is dead is not written in the
// cases.
BrokerId deadBroker(const VectorCase& testCase)
{
    std::set<BrokerId> replicas;
    std::set<BrokerId> inSync;
    for (const Json& step : testCase.input) {
        if (const BrokerId broker = startedBroker(step); broker != kNone)
            return broker;
        if (!step.contains("partitions") || !step.at("partitions").is_object())
            continue;
        for (const Json& partition : step.at("partitions")) {
            if (!partition.is_object())
                continue;
            for (const Json& broker : partition.at("replicas"))
                replicas.insert(broker.get<BrokerId>());
            for (const Json& broker : partition.at("isr"))
                inSync.insert(broker.get<BrokerId>());
        }
    }
    for (const BrokerId broker : replicas) {
        if (!inSync.contains(broker))
            return broker;
    }
    return kNone;
}

// What of a recorded step is outcome; the rest says what was done.
Json outcomeIn(const Json& step)
{
    Json outcome =
        partOf(step, {"result", "listed", "partitions", "partitionCount", "replicationFactor_made"});
    if (step.contains("partitions") && step.at("partitions").is_number())
        outcome.erase("partitions"); // how many were asked for
    return outcome;
}

std::optional<Mismatch> replayCase(const VectorCase& testCase)
{
    AdminCluster cluster(testCase.config, deadBroker(testCase));
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const std::vector<Json> steps = alternatives(testCase.input[i]);
        const Json seen = cluster.step(steps.at(0));
        const bool recorded = std::any_of(steps.begin(), steps.end(),
                                          [&](const Json& step) { return outcomeIn(step) == seen; });
        if (!recorded)
            return compare(static_cast<std::ptrdiff_t>(i), outcomeIn(steps.at(0)), seen);
    }
    return std::nullopt;
}

} // namespace

class KafkaClusterReassign : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayCase); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/cluster-reassign.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 28,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaClusterReassign)
#include "kafka_cluster_reassign.moc"
