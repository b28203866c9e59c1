// SPDX-License-Identifier: GPL-3.0-or-later
// What Kafka's controller answered to registrations, heartbeats, ISR changes, elections, reassignments and
// topics, step by step, and every partition and broker after each step.
//
// The recorder called the parts of the controller below its request handling, so the offset at which a
// controlled shutdown began was never noted and a broker is let go with its next heartbeat.
#include "engine/cluster/alter_config.h"
#include "engine/cluster/alter_partition.h"
#include "engine/cluster/broker_heartbeat.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/create_topic.h"
#include "engine/cluster/delete_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"
#include "engine/cluster/register_broker.h"
#include "tests/conformance/controller_json.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::control;
using namespace tideline::vectors;

namespace {

// "t-0": the topic and the number within it.
struct PartitionName
{
    std::string topic;
    std::int32_t number = 0;
};

PartitionName partitionNamed(const std::string& name)
{
    const std::size_t dash = name.rfind('-');
    return {name.substr(0, dash), std::stoi(name.substr(dash + 1))};
}

Json brokersOf(const ClusterControl& control)
{
    Json brokers = Json::object();
    for (const auto& [broker, registration] : control.brokers.all()) {
        const char* state = registration.fenced                 ? "fenced"
                            : registration.inControlledShutdown ? "shutdown"
                                                                : "active";
        brokers[std::to_string(broker)] = {registration.brokerEpoch, state};
    }
    return brokers;
}

Json partitionsOf(const ClusterControl& control)
{
    Json partitions = Json::object();
    for (PartitionIndex index = 0; index < control.topics.nextPartition(); ++index) {
        if (const Partition* partition = control.topics.partition(index)) {
            const std::string topic = control.topics.topic(partition->topic)->name;
            partitions[topic + "-" + std::to_string(partition->number)] = toJson(partition->registration);
        }
    }
    return partitions;
}

// What differs in `after`; null: it is gone.
Json changes(const Json& before, const Json& after)
{
    Json changed = Json::object();
    for (const auto& [name, partition] : before.items()) {
        if (!after.contains(name))
            changed[name] = nullptr;
    }
    for (const auto& [name, partition] : after.items()) {
        if (!before.contains(name) || before.at(name) != partition)
            changed[name] = partition;
    }
    return changed;
}

class RecordedController
{
public:
    explicit RecordedController(const Json& config)
    {
        ControlSettings settings;
        settings.brokerSessionTimeout = fromMillis(config.at("broker_session_timeout_ms").get<Millis>());
        settings.eligibleLeaderReplicas = config.at("elr_enabled").get<bool>();
        settings.server.minInsyncReplicas = config.at("min.insync.replicas").get<std::int32_t>();
        settings.server.uncleanLeaderElection = config.at("unclean.leader.election.enable").get<bool>();
        constexpr Offset recordedFrom = 100;
        control_ = ClusterControl(settings, recordedFrom);
        activate(control_, now_);
    }

    Json step(const Json& input)
    {
        Json outcome = answer(input);
        const Json partitions = partitionsOf(control_);
        outcome["changed"] = changes(partitions_, partitions);
        partitions_ = partitions;
        if (const Json brokers = brokersOf(control_); brokers != brokers_) {
            outcome["brokers"] = brokers;
            brokers_ = brokers;
        }
        return outcome;
    }

private:
    Json answer(const Json& input)
    {
        const std::string op = input.at("op").get<std::string>();
        if (op == "advance") {
            now_ += fromMillis(input.at("ms").get<Millis>());
            return Json::object();
        }
        if (op == "register")
            return registerOne(input);
        if (op == "heartbeat")
            return heartbeat(input);
        if (op == "fence_stale")
            return fenceStale();
        if (op == "balance_leaders")
            return job(balanceLeaders(control_));
        if (op == "unclean_check")
            return job(electUncleanLeaders(control_));
        if (op == "alter_partition")
            return alter(input);
        if (op == "create_topic")
            return create(input);
        return carryOut(decide(op, input));
    }

    Decision<Done> decide(const std::string& op, const Json& input) const
    {
        if (op == "delete_topic")
            return deleteTopic(control_, input.at("topic").get<std::string>());
        if (op == "unregister")
            return unregisterBroker(control_, input.at("broker").get<BrokerId>());
        if (op == "topic_config")
            return alterConfig(control_, {ConfigLevel::Topic,
                                          input.at("topic").get<std::string>(),
                                          kNone,
                                          {{input.at("key").get<std::string>(), text(input.at("value"))}}});
        const PartitionName partition = partitionNamed(input.at("partition").get<std::string>());
        if (op == "elect_leaders") {
            const bool unclean = input.at("type") == "UNCLEAN";
            return electLeader(control_, {partition.topic, partition.number,
                                          unclean ? ElectionKind::Unclean : ElectionKind::Preferred});
        }
        std::optional<RequestedReplicas> target;
        if (!input.at("replicas").is_null())
            target = input.at("replicas").get<RequestedReplicas>();
        return reassignPartition(control_, {partition.topic, partition.number, target});
    }

    template <class Answer>
    Json carryOut(const Decision<Answer>& decision)
    {
        control::replay(control_, decision.records);
        Json outcome = {{"error", errorName(decision.error)}};
        if (!decision.message.empty())
            outcome["message"] = decision.message;
        return outcome;
    }

    Json job(const Decision<MoreElections>& decision)
    {
        control::replay(control_, decision.records);
        return {{"more", decision.answer.more}};
    }

    Json registerOne(const Json& input)
    {
        RegisterBrokerRequest request;
        request.broker = input.at("broker").get<BrokerId>();
        request.incarnation = input.at("incarnation").get<std::int64_t>();
        request.previousEpoch = input.value("previous_epoch", std::int64_t{-1});
        const auto decision = registerBroker(control_, request, now_);
        Json outcome = carryOut(decision);
        if (decision.ok())
            outcome["epoch"] = decision.answer.brokerEpoch;
        return outcome;
    }

    Json heartbeat(const Json& input)
    {
        const BrokerHeartbeatRequest request = {
            input.at("broker").get<BrokerId>(), input.at("epoch").get<std::int64_t>(),
            input.at("want_fence").get<bool>(), input.at("want_shutdown").get<bool>(),
            input.at("offset").get<Offset>()};
        control_.sessions.heard({request.broker, request.brokerEpoch}, now_);
        const auto decision = judgeHeartbeat(control_, request);
        Json outcome = carryOut(decision);
        if (!decision.ok())
            return outcome;
        control_.sessions.answered(request.broker, decision.answer.fenced, request.metadataOffset);
        outcome["caught_up"] = decision.answer.caughtUp;
        outcome["fenced"] = decision.answer.fenced;
        outcome["in_shutdown"] = decision.answer.inControlledShutdown;
        outcome["should_shutdown"] = decision.answer.shouldShutDown;
        return outcome;
    }

    Json fenceStale()
    {
        const auto stale = control_.sessions.takeStale(now_, control_.settings.brokerSessionTimeout);
        if (stale)
            control::replay(control_, fenceStaleBroker(control_, *stale));
        return {{"more", stale.has_value()}};
    }

    Json alter(const Json& input)
    {
        const PartitionName partition = partitionNamed(input.at("partition").get<std::string>());
        AlterPartitionRequest request;
        request.broker = input.at("broker").get<BrokerId>();
        request.brokerEpoch = input.at("broker_epoch").get<std::int64_t>();
        request.topic = control_.topics.find(partition.topic);
        request.number = partition.number;
        request.leaderEpoch = input.at("leader_epoch").get<LeaderEpoch>();
        request.partitionEpoch = input.at("partition_epoch").get<std::int32_t>();
        for (const Json& member : input.at("isr"))
            request.isr.push_back({member.at(0).get<BrokerId>(), member.at(1).get<std::int64_t>()});
        request.recovery = input.at("recovery") == 1 ? LeaderRecovery::Recovering : LeaderRecovery::Recovered;
        const auto decision = alterPartition(control_, request);
        Json outcome = carryOut(decision);
        if (decision.ok()) {
            const Json after = toJson(decision.answer);
            for (const char* key : {"leader", "leader_epoch", "partition_epoch", "isr"})
                outcome[key] = after.at(key);
        }
        return outcome;
    }

    Json create(const Json& input)
    {
        CreateTopicRequest request;
        request.name = input.at("topic").get<std::string>();
        std::int32_t number = 0;
        for (const Json& replicas : input.at("assignment"))
            request.assignment.emplace_back(number++, replicas.get<RequestedReplicas>());
        if (input.contains("configs")) {
            for (const auto& [key, value] : input.at("configs").items())
                request.configs.push_back({key, text(value)});
        }
        return carryOut(createTopic(control_, request, [](std::uint32_t) { return 0U; }));
    }

    ClusterControl control_;
    Micros now_ = 0;
    Json partitions_ = Json::object();
    Json brokers_ = Json::object();
};

std::optional<Mismatch> replayCase(const VectorCase& testCase)
{
    RecordedController controller(testCase.config);
    return compareEach(testCase.input, testCase.expect,
                       [&](const Json& input) { return controller.step(input); });
}

} // namespace

class KafkaController : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayCase); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/controller.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 135,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaController)
#include "kafka_controller.moc"
