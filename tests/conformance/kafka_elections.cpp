// SPDX-License-Identifier: GPL-3.0-or-later
// What Kafka's controller made of a requested change of one partition: the record it wrote and the partition
// after it.
#include "engine/cluster/leader_election.h"
#include "tests/conformance/controller_json.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::vectors;

namespace {

std::optional<BrokerIds> idsAt(const Json& object, const char* key)
{
    if (!object.contains(key))
        return std::nullopt;
    BrokerIds ids;
    for (const Json& id : object.at(key))
        ids.push(id.get<BrokerId>());
    return ids;
}

LeaderRecovery recoveryOf(const std::string& name)
{
    return name == "RECOVERING" ? LeaderRecovery::Recovering : LeaderRecovery::Recovered;
}

const char* nameOf(LeaderRecovery recovery)
{
    return recovery == LeaderRecovery::Recovering ? "RECOVERING" : "RECOVERED";
}

ElectionKind kindOf(const std::string& name)
{
    return name == "PREFERRED" ? ElectionKind::Preferred
           : name == "UNCLEAN" ? ElectionKind::Unclean
                               : ElectionKind::Online;
}

PartitionRegistration partitionOf(const Json& before)
{
    PartitionRegistration partition;
    partition.replicas = idsAt(before, "replicas").value_or(BrokerIds{});
    partition.isr = idsAt(before, "isr").value_or(BrokerIds{});
    partition.elr = idsAt(before, "elr").value_or(BrokerIds{});
    partition.lastKnownElr = idsAt(before, "last_known_elr").value_or(BrokerIds{});
    partition.adding = idsAt(before, "adding").value_or(BrokerIds{});
    partition.removing = idsAt(before, "removing").value_or(BrokerIds{});
    partition.leader = before.at("leader").get<BrokerId>();
    partition.recovery = recoveryOf(before.value("recovery", "RECOVERED"));
    partition.leaderEpoch = before.at("leader_epoch").get<LeaderEpoch>();
    partition.partitionEpoch = before.at("partition_epoch").get<std::int32_t>();
    return partition;
}

RequestedChange requestOf(const Json& input)
{
    RequestedChange request;
    request.election = kindOf(input.at("election").get<std::string>());
    request.isr = idsAt(input, "target_isr");
    request.replicas = idsAt(input, "target_replicas");
    request.adding = idsAt(input, "target_adding");
    request.removing = idsAt(input, "target_removing");
    if (input.contains("target_recovery"))
        request.recovery = recoveryOf(input.at("target_recovery").get<std::string>());
    request.uncleanRestarted = idsAt(input, "unclean_restarted").value_or(BrokerIds{});
    return request;
}

Json recordOf(const PartitionChange& change)
{
    if (change.empty())
        return Json();
    Json record = Json::object();
    const auto put = [&](const char* key, const std::optional<BrokerIds>& ids) {
        if (ids)
            record[key] = toJson(*ids);
    };
    put("isr", change.isr);
    put("elr", change.elr);
    put("last_known_elr", change.lastKnownElr);
    put("replicas", change.replicas);
    put("adding", change.adding);
    put("removing", change.removing);
    if (change.leader)
        record["leader"] = *change.leader;
    if (change.recovery)
        record["recovery"] = nameOf(*change.recovery);
    return record;
}

std::optional<Mismatch> replayElection(const VectorCase& testCase)
{
    const Json& input = testCase.input.at(0);
    PartitionRegistration partition = partitionOf(input.at("before"));
    ElectionRules rules;
    rules.elr = testCase.config.at("elr_enabled").get<bool>();
    rules.minIsr = testCase.config.at("min_isr").get<std::int32_t>();
    rules.useLastKnownLeader = testCase.config.value("use_last_known_leader", true);
    const BrokerIds alive = idsAt(input, "alive").value_or(BrokerIds{});
    const PartitionChange change =
        changePartition(partition, requestOf(input), rules, [&](BrokerId id) { return alive.contains(id); });
    Json actual = {{"record", recordOf(change)}};
    if (!change.empty()) {
        apply(partition, change);
        actual["after"] = toJson(partition);
    }
    return compare(0, testCase.expect, actual);
}

} // namespace

class KafkaElections : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayElection); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/elections.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 3368,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaElections)
#include "kafka_elections.moc"
