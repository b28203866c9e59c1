// SPDX-License-Identifier: GPL-3.0-or-later
// Brokers killed, stopped, shut down and started again in a running cluster: what the controller wrote, how
// the partition was registered, what every replica kept and what a client saw.
#include "engine/cluster/judge_admin.h"
#include "engine/log/record_batch_reader.h"
#include "engine/log/record_batch_writer.h"
#include "tests/conformance/cluster_lab.h"
#include "tests/conformance/recorded_step.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <algorithm>
#include <vector>

using namespace tideline;
using namespace tideline::vectors;

namespace {

constexpr Micros kHeartbeat = 500 * kMicrosPerMilli;
constexpr Micros kQuiet = 12 * kMicrosPerSecond; // twice the session time-out

// The settings of the recorded brokers.
Scenario scenarioOf(const Json& config)
{
    Scenario scenario;
    scenario.duration = 86'400'000'000'000;
    ClusterConfig& cluster = scenario.cluster;
    cluster.eligibleLeaderReplicas = config.at("elr").get<bool>();
    cluster.brokerHeartbeatInterval = kHeartbeat;
    cluster.brokerSessionTimeout = 6 * kMicrosPerSecond;
    cluster.replicaLagTimeMax = 3 * kMicrosPerSecond;
    cluster.replicaFetchWaitMax = 100 * kMicrosPerMilli;
    cluster.replicaFetchBackoff = 200 * kMicrosPerMilli;
    cluster.autoLeaderRebalance = false;
    cluster.uncleanElectionInterval = kMicrosPerSecond;
    TopicSpec topic;
    topic.name = "t";
    topic.assignment = {config.at("replicas").get<std::vector<BrokerId>>()};
    topic.replicationFactor = static_cast<std::int32_t>(topic.assignment[0].size());
    topic.minInsyncReplicas = config.at("min.insync.replicas").get<std::int32_t>();
    topic.uncleanLeaderElection = config.at("unclean.leader.election.enable").get<bool>();
    scenario.topics = {topic};
    ProducerSpec client; // who asks; nothing happens at its source
    client.name = "client";
    client.topic = "t";
    client.generator.emplace();
    client.generator->recordsPerSecond = 0;
    scenario.producers = {client};
    return scenario;
}

std::vector<BrokerId> listOf(const BrokerIds& brokers)
{
    return {brokers.begin(), brokers.end()};
}

Json jsonOf(const PartitionChange& change)
{
    Json json = Json::object();
    if (change.leader)
        json["leader"] = *change.leader;
    if (change.isr)
        json["isr"] = listOf(*change.isr);
    if (change.elr)
        json["elr"] = listOf(*change.elr);
    if (change.lastKnownElr)
        json["lastKnownElr"] = listOf(*change.lastKnownElr);
    if (change.recovery)
        json["recovery"] = *change.recovery == LeaderRecovery::Recovered ? "RECOVERED" : "RECOVERING";
    return json;
}

Json jsonOf(const PartitionRegistration& partition)
{
    Json json{{"leader", partition.leader},
              {"leaderEpoch", partition.leaderEpoch},
              {"partitionEpoch", partition.partitionEpoch},
              {"replicas", listOf(partition.replicas)},
              {"isr", listOf(partition.isr)}};
    if (!partition.elr.empty())
        json["elr"] = listOf(partition.elr);
    if (!partition.lastKnownElr.empty())
        json["lastKnownElr"] = listOf(partition.lastKnownElr);
    if (partition.recovery == LeaderRecovery::Recovering)
        json["recovery"] = "RECOVERING";
    return json;
}

// "offset:value", and with `epochs` "@leaderEpoch" after it.
Json recordsOf(const std::vector<LogBatch>& batches, bool epochs)
{
    Json records = Json::array();
    for (const LogBatch& batch : batches) {
        forEachRecord(batch.bytes.bytes(), [&](const RecordView& record) {
            std::string text = std::to_string(batch.baseOffset + record.offset) + ":" +
                               std::string(record.value.value_or(Bytes()));
            if (epochs)
                text += "@" + std::to_string(batch.leaderEpoch);
            records.push_back(text);
        });
    }
    return records;
}

Json logOf(const Replica& replica)
{
    std::vector<LogBatch> batches;
    for (std::size_t i = 0; i < replica.log.batchCount(); ++i)
        batches.push_back(replica.log.batch(i));
    Json epochs = Json::array();
    for (const EpochEntry& entry : replica.log.epochs())
        epochs.push_back({entry.epoch, entry.startOffset});
    return {{"leo", replica.leo()}, {"log", recordsOf(batches, true)}, {"epochs", epochs}};
}

class RecordedCluster
{
public:
    // `order`: that in which brokers are killed that were killed together.
    RecordedCluster(const Json& config, const std::vector<BrokerId>& order)
        : order_(order)
        , lab_(start(config))
        , told_(lab_.world().metadata().offset)
    {}

    Json step(const Json& step)
    {
        Json seen = Json::object();
        const std::string what = step.at("do").get<std::string>();
        if (what == "produce")
            seen["result"] = produce(step);
        else if (what == "electLeaders")
            seen["result"] = admin(ElectLeader{"t", 0, step.at("kind") == "unclean"});
        else if (what == "alterConfig")
            seen["result"] = admin(AlterTopicConfig{"t", step.at("key").get<std::string>(),
                                                    step.at("value").get<std::string>()});
        else if (what != "create" && what != "wait")
            disturb(what, step);
        wait(step);
        observe(seen, step.contains("consumer"));
        return seen;
    }

private:
    static ClusterLab start(const Json& config)
    {
        ClusterLab lab(scenarioOf(config));
        lab.run(kMicrosPerSecond);
        return lab;
    }

    const PartitionRegistration& partition() const { return lab_.world().metadata().partition(0); }
    bool answers(BrokerId broker) const { return lab_.node(broker).alive && !lab_.node(broker).paused; }

    Json produce(const Json& step)
    {
        const BrokerId leader = partition().leader;
        if (leader == kNone)
            return {{"error", "LEADER_NOT_AVAILABLE"}};
        if (!answers(leader))
            return {{"error", "NETWORK_EXCEPTION"}};
        RecordBatchWriter writer;
        for (const Json& value : step.at("records")) {
            const BatchFault fault =
                writer.append(toMillis(lab_.world().now), std::nullopt, value.get_ref<const std::string&>());
            if (fault != BatchFault::None)
                return {{"error", "the batch cannot be written"}};
        }
        ProduceRequest request;
        const std::string acks = step.at("acks").get<std::string>();
        request.acks = acks == "all" ? -1 : std::stoi(acks);
        request.timeout = step.at("timeoutMs").get<std::int64_t>() * kMicrosPerMilli;
        LogBatch batch;
        batch.records = writer.recordCount();
        batch.maxTimestamp = writer.maxTimestamp();
        if (writer.close(batch.bytes) != BatchFault::None)
            return {{"error", "the batch cannot be closed"}};
        request.parts.push_back({0, std::move(batch)});
        if (request.acks == 0) {
            lab_.send(leader, std::move(request));
            return {{"error", "NONE"}, {"baseOffset", -1}};
        }
        const auto answer = lab_.ask(leader, std::move(request), 30 * kMicrosPerSecond);
        const auto* produced = answer ? answer->as<ProduceResponse>() : nullptr;
        if (!produced)
            return {{"error", "no answer"}};
        const ProduceResponse::Part& part = produced->parts.at(0);
        return {{"error", std::string(errorName(part.error))}, {"baseOffset", part.baseOffset}};
    }

    Json admin(const AdminRequest& request)
    {
        const auto decision = judgeAdmin(lab_.controller().control(), request);
        if (decision.ok())
            std::visit([this](const auto& command) { lab_.act(command); }, request);
        return {{"error", std::string(errorName(decision.error))}};
    }

    // The broker that is named, or all that the step leaves in another state.
    void disturb(const std::string& what, const Json& step)
    {
        if (what == "kill -9" && step.value("wait", "").find("only controller") != std::string::npos)
            lab_.act(KillController{1});
        if (what == "start" && step.contains("controller"))
            lab_.act(StartController{1});
        bool another = false;
        for (const BrokerId id : order_) {
            if (step.contains("broker") ? step.at("broker") != id : !changes(what, id, step))
                continue;
            if (another && what == "kill -9")
                lab_.run(kHeartbeat); // the phases of their heartbeats tell who is fenced first
            another = true;
            if (what == "kill -9")
                lab_.act(KillBroker{id});
            else if (what == "SIGSTOP")
                lab_.act(PauseBroker{id});
            else if (what == "SIGCONT")
                lab_.act(ResumeBroker{id});
            else if (what == "clean shutdown")
                lab_.act(StopBroker{id});
            else if (what == "start")
                lab_.act(StartBroker{id});
        }
    }
    bool changes(const std::string& what, BrokerId id, const Json& step) const
    {
        const std::string after = step.at("brokers").at(std::to_string(id)).get<std::string>();
        const Node& node = lab_.node(id);
        if (what == "kill -9")
            return node.alive && after.starts_with("dead");
        if (what == "SIGSTOP")
            return !node.paused && after.starts_with("stopped");
        return what == "SIGCONT" && node.paused;
    }

    void wait(const Json& step)
    {
        const std::string until = step.value("wait", "");
        if (step.contains("ms"))
            lab_.run(step.at("ms").get<std::int64_t>() * kMicrosPerMilli);
        else if (until.starts_with("0.4 s"))
            lab_.run(400 * kMicrosPerMilli);
        else if (until != "none" && !unsettled(step))
            lab_.settle(kQuiet);
        else
            lab_.run(300 * kMicrosPerMilli); // a few fetches: followers learn the high watermark
    }
    // Recorded before a time-out had passed: somebody is gone and not fenced yet.
    static bool unsettled(const Json& step)
    {
        const Json& brokers = step.at("brokers");
        return std::any_of(brokers.begin(), brokers.end(), [](const Json& state) {
            return state.get_ref<const std::string&>().ends_with("not fenced yet");
        });
    }

    void observe(Json& seen, bool client)
    {
        for (BrokerId id = 1; id <= 3; ++id)
            seen["brokers"][std::to_string(id)] = stateOf(id);
        seen["changes"] = Json::array();
        for (const MetadataRecord& record : lab_.metadataSince(told_)) {
            const auto* change = std::get_if<control::PartitionChangeRecord>(&record);
            if (change && change->partition == 0)
                seen["changes"].push_back(jsonOf(change->change));
        }
        told_ = lab_.world().metadata().offset;
        seen["partition"] = jsonOf(partition());
        seen["logs"] = Json::object();
        for (const BrokerId id : partition().replicas) {
            const Replica* replica = lab_.broker(id).replica(0);
            if (replica && !lab_.node(id).paused)
                seen["logs"][std::to_string(id)] = logOf(*replica);
        }
        if (client)
            ask(seen);
    }

    std::string stateOf(BrokerId id) const
    {
        const bool alive = lab_.node(id).alive;
        if (alive && !lab_.node(id).paused)
            return "running";
        const bool fenced = !lab_.world().metadata().alive(id);
        return std::string(alive ? "stopped" : "dead") + (fenced ? ",fenced" : ",not fenced yet");
    }

    void ask(Json& seen)
    {
        const BrokerId leader = partition().leader;
        if (leader == kNone || !answers(leader))
            return;
        FetchRequest fetch;
        fetch.maxWait = 0;
        fetch.parts.push_back({0, 0, partition().leaderEpoch, 1'048'576});
        const auto fetched = lab_.ask(leader, std::move(fetch), kMicrosPerSecond);
        if (const auto* data = fetched ? fetched->as<FetchResponse>() : nullptr) {
            const FetchResponse::Part& part = data->parts.at(0);
            seen["consumer"] = {{"error", std::string(errorName(part.error))},
                                {"hw", part.highWatermark},
                                {"logStart", lab_.broker(leader).replica(0)->log.startOffset()},
                                {"records", recordsOf(part.batches, false)}};
        }
        ListOffsetsRequest list;
        list.partitions = {0};
        const auto listed = lab_.ask(leader, std::move(list), kMicrosPerSecond);
        if (const auto* offsets = listed ? listed->as<ListOffsetsResponse>() : nullptr) {
            const ListOffsetsResponse::Part& part = offsets->parts.at(0);
            if (part.error == ErrorCode::None)
                seen["latest"] = {{"offset", part.offset}, {"leaderEpoch", partition().leaderEpoch}};
            else
                seen["latest"] = {{"error", std::string(errorName(part.error))}};
        }
    }

    std::vector<BrokerId> order_;
    ClusterLab lab_;
    Offset told_ = 0;
};

// What of a recorded step is outcome; the rest says what was done.
Json outcomeIn(const Json& step)
{
    return partOf(step, {"result", "brokers", "changes", "partition", "consumer", "latest", "logs"});
}

std::optional<Mismatch> replayInOrder(const VectorCase& testCase, const std::vector<BrokerId>& order)
{
    RecordedCluster cluster(testCase.config, order);
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const Json& step = testCase.input[i];
        const Json seen = cluster.step(step);
        std::vector<Json> outcomes;
        for (const Json& alternative : alternatives(step))
            outcomes.push_back(outcomeIn(alternative));
        const bool recorded = std::any_of(outcomes.begin(), outcomes.end(), [&](const Json& outcome) {
            return outcome == recordedPart(seen, outcome);
        });
        if (!recorded)
            return compare(static_cast<std::ptrdiff_t>(i), outcomes.at(0),
                           recordedPart(seen, outcomes.at(0)));
    }
    return std::nullopt;
}

// Who is fenced first of brokers that were killed together depends on the phases of their heartbeats, which
// were not recorded.
std::optional<Mismatch> replayCase(const VectorCase& testCase)
{
    return inSomeOrder([&testCase](const auto& order) { return replayInOrder(testCase, order); });
}

VectorFileRules rules()
{
    VectorFileRules rules;
    rules.path = "kafka/cluster-failover.jsonl";
    rules.recordedFrom = "Apache Kafka 4.4.0";
    rules.minimumCases = 270;
    return rules;
}

} // namespace

class KafkaClusterFailoverTest : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { test_.addRows(); }
    void replay() { test_.judge(replayCase); }
    void verdict() { test_.verdict(); }

private:
    VectorTest test_{rules()};
};

QTEST_APPLESS_MAIN(KafkaClusterFailoverTest)
#include "kafka_cluster_failover.moc"
