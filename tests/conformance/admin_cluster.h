// SPDX-License-Identifier: GPL-3.0-or-later
// AdminCluster: a cluster as an admin client sees it, made of the controller's rules and as little else as
// possible.
//
// Brokers that are alive catch up at once, which their leader reports one broker at a time in the order of
// their ids; a log is no more than its start and its end.
#pragma once

#include "engine/cluster/alter_config.h"
#include "engine/cluster/alter_partition.h"
#include "engine/cluster/broker_heartbeat.h"
#include "engine/cluster/cluster_control.h"
#include "engine/cluster/create_partitions.h"
#include "engine/cluster/create_topic.h"
#include "engine/cluster/delete_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"
#include "engine/cluster/register_broker.h"
#include "engine/cluster/topic_name.h"
#include "tests/conformance/controller_json.h"
#include "tests/conformance/vector_file.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace tideline::vectors {

using namespace tideline::control;

// As the cluster names the fields.
inline Json registrationJson(const PartitionRegistration& partition)
{
    Json object = toJson(partition);
    object["leaderEpoch"] = object["leader_epoch"];
    object["partitionEpoch"] = object["partition_epoch"];
    object.erase("leader_epoch");
    object.erase("partition_epoch");
    return object;
}

// "1:[2, 3]"
inline std::pair<std::int32_t, RequestedReplicas> assignmentOf(const std::string& text)
{
    const std::size_t colon = text.find(':');
    return {std::stoi(text), Json::parse(text.substr(colon + 1)).get<RequestedReplicas>()};
}

inline std::string topicNameIn(const Json& step)
{
    const std::string name = step.value("topic", "");
    return name == "~" ? "" : name;
}

inline Json errorJson(ErrorCode error, const std::string& message)
{
    Json result = {{"error", errorName(error)}};
    if (error != ErrorCode::None)
        result["message"] = message.empty() ? std::string(errorText(error)) : message;
    return result;
}

// Whether the step is about a broker process that starts again, and which one it is.
inline BrokerId startedBroker(const Json& step)
{
    const std::string action = step.at("do").get<std::string>();
    const std::string prefix = "broker ";
    return action.starts_with(prefix) ? std::stoi(action.substr(prefix.size())) : kNone;
}

class AdminCluster
{
public:
    AdminCluster(const Json& config, BrokerId dead)
    {
        activate(control_, now_);
        for (const Json& broker : config.at("brokers"))
            start(broker.get<BrokerId>());
        if (dead == kNone)
            return;
        now_ += control_.settings.brokerSessionTimeout;
        for (const Json& broker : config.at("brokers")) {
            if (broker != dead)
                heartbeat(broker.get<BrokerId>());
        }
        now_ += 1;
        if (const auto stale = control_.sessions.takeStale(now_, control_.settings.brokerSessionTimeout))
            write(fenceStaleBroker(control_, *stale));
    }

    // What was seen of a step: those of its keys that are outcomes.
    Json step(const Json& step)
    {
        const Json result = act(step);
        Json seen = Json::object();
        if (step.contains("result"))
            seen["result"] = result;
        if (step.contains("listed"))
            seen["listed"] = reassignments();
        catchUp();
        if (step.contains("partitions") && step.at("partitions").is_object())
            seen["partitions"] = partitionsLike(step.at("partitions"));
        const Topic* topic = control_.topics.topic(control_.topics.find(topicNameIn(step)));
        if (step.contains("partitionCount") && topic)
            seen["partitionCount"] = topic->partitions.size();
        if (step.contains("replicationFactor_made") && topic)
            seen["replicationFactor_made"] = registration(topic->partitions.front()).replicas.size();
        return seen;
    }

private:
    struct LogRange
    {
        Offset start = 0;
        Offset end = 0;
    };

    Json act(const Json& step)
    {
        const std::string action = step.at("do").get<std::string>();
        if (const BrokerId broker = startedBroker(step); broker != kNone) {
            start(broker);
            return Json::object();
        }
        if (action.starts_with("produce"))
            return produce(step);
        if (action == "deleteRecords")
            return deleteRecords(step);
        if (action == "electLeaders")
            return elect(step);
        if (action == "unregisterBroker")
            return carryOut(unregisterBroker(control_, step.at("broker").get<BrokerId>()));
        const std::string topic = topicNameIn(step);
        if (std::string fault = unsendableTopicName(topic); !fault.empty())
            return errorJson(ErrorCode::InvalidTopicException, fault);
        if (action == "create" || action == "createTopic")
            return create(step);
        if (action == "createPartitions")
            return createMore(step);
        if (action == "deleteTopic")
            return carryOut(deleteTopic(control_, topic));
        if (action == "describeTopic") {
            const bool known = control_.topics.find(topic) != kNone;
            return errorJson(known ? ErrorCode::None : ErrorCode::UnknownTopicOrPartition, {});
        }
        if (action == "alterConfig") {
            return carryOut(alterConfig(
                control_, {ConfigLevel::Topic,
                           topic,
                           kNone,
                           {{step.at("key").get<std::string>(), text(step.value("value", Json()))}}}));
        }
        return reassign(step);
    }

    Json reassign(const Json& step)
    {
        ReassignPartitionRequest request{topicNameIn(step), step.at("partition").get<std::int32_t>(), {}};
        if (step.at("do") == "reassign")
            request.target = step.at("target").get<RequestedReplicas>();
        return carryOut(reassignPartition(control_, request));
    }

    // The client's call shows the error of an election only by name.
    Json elect(const Json& step)
    {
        const bool unclean = step.at("kind") == "unclean";
        Json result =
            carryOut(electLeader(control_, {topicNameIn(step), step.at("partition").get<int>(),
                                            unclean ? ElectionKind::Unclean : ElectionKind::Preferred}));
        result.erase("message");
        return result;
    }

    Json create(const Json& step)
    {
        CreateTopicRequest request;
        request.name = topicNameIn(step);
        request.validateOnly = step.value("validateOnly", false);
        if (step.contains("partitions") && step.at("partitions").is_number())
            request.partitions = step.at("partitions").get<std::int32_t>();
        request.replicationFactor = step.value("replicationFactor", -1);
        const Json assignment = step.value("assignment", Json::object());
        for (const auto& [key, value] : assignment.items()) {
            request.assignment.push_back(value.is_string()
                                             ? assignmentOf(value.get<std::string>())
                                             : std::pair(std::stoi(key), value.get<RequestedReplicas>()));
        }
        const Json configs = step.value("configs", Json::object());
        for (const auto& [key, value] : configs.items())
            request.configs.push_back({key, text(value)});
        return carryOut(createTopic(control_, request, anyDraw));
    }

    Json createMore(const Json& step)
    {
        CreatePartitionsRequest request{topicNameIn(step), step.at("count").get<std::int32_t>(), {}, false};
        if (step.contains("assignments"))
            request.assignments = step.at("assignments").get<std::vector<RequestedReplicas>>();
        return carryOut(createPartitions(control_, request, anyDraw));
    }

    Json produce(const Json& step)
    {
        const TopicIndex topic = control_.topics.find(topicNameIn(step));
        const PartitionIndex index = control_.topics.find(topic, step.at("partition").get<std::int32_t>());
        if (index == kNone)
            return {{"error", errorName(ErrorCode::UnknownTopicOrPartition)}, {"baseOffset", -1}};
        const auto inSync = static_cast<std::int32_t>(registration(index).isr.size());
        if (inSync < electionRules(control_, topic).minIsr)
            return {{"error", errorName(ErrorCode::NotEnoughReplicas)}, {"baseOffset", -1}};
        return {{"error", "NONE"}, {"baseOffset", logs_[index].end++}};
    }

    // A client looks for the leader of a partition that does not exist until its time is over.
    Json deleteRecords(const Json& step)
    {
        const TopicIndex topic = control_.topics.find(topicNameIn(step));
        const PartitionIndex index = control_.topics.find(topic, step.at("partition").get<std::int32_t>());
        if (index == kNone)
            return {{"error", "TimeoutException"}};
        const Offset before = step.at("before").get<Offset>();
        LogRange& log = logs_[index];
        if (before < -1 || before > log.end)
            return errorJson(ErrorCode::OffsetOutOfRange, {});
        log.start = std::max(log.start, before == -1 ? log.end : before);
        return {{"error", "NONE"}};
    }

    // A broker process starts, perhaps again, and reads the metadata.
    void start(BrokerId broker)
    {
        write(registerBroker(control_, {broker, ++starts_, {}, -1}, now_).records);
        heartbeat(broker);
    }

    void heartbeat(BrokerId broker)
    {
        const std::int64_t epoch = control_.brokers.find(broker)->brokerEpoch;
        control_.sessions.heard({broker, epoch}, now_);
        const auto decision = judgeHeartbeat(control_, {broker, epoch, false, false, control_.nextOffset});
        write(decision.records);
        control_.sessions.answered(broker, decision.answer.fenced, control_.nextOffset);
    }

    // Each leader sees each follower that is alive reach the end of its log.
    void catchUp()
    {
        for (PartitionIndex index = 0; index < control_.topics.nextPartition(); ++index) {
            for (const auto& [broker, registered] : control_.brokers.all()) {
                if (registered.active() && control_.topics.partition(index))
                    joinIsr(index, broker);
            }
        }
    }

    void joinIsr(PartitionIndex index, BrokerId broker)
    {
        const Partition& partition = *control_.topics.partition(index);
        const PartitionRegistration& before = partition.registration;
        const BrokerRegistration* leader = control_.brokers.find(before.leader);
        if (!leader || !before.replicas.contains(broker) || before.isr.contains(broker))
            return;
        AlterPartitionRequest request{before.leader,
                                      leader->brokerEpoch,
                                      partition.topic,
                                      partition.number,
                                      before.leaderEpoch,
                                      before.partitionEpoch,
                                      {},
                                      LeaderRecovery::Recovered};
        for (const BrokerId member : before.isr)
            request.isr.push_back({member, control_.brokers.find(member)->brokerEpoch});
        request.isr.push_back({broker, control_.brokers.find(broker)->brokerEpoch});
        write(alterPartition(control_, request).records);
    }

    Json reassignments() const
    {
        Json listed = Json::object();
        for (const PartitionIndex index : control_.topics.byBroker().reassigning().members()) {
            const PartitionRegistration& partition = registration(index);
            listed[nameOf(index)] = {{"replicas", toJson(partition.replicas)},
                                     {"adding", toJson(partition.adding)},
                                     {"removing", toJson(partition.removing)}};
        }
        return listed;
    }

    // All partitions of the topics that the recorder looked at.
    Json partitionsLike(const Json& recorded) const
    {
        Json partitions = Json::object();
        for (const auto& [name, partition] : recorded.items()) {
            const std::string topicName = name.substr(0, name.find('/'));
            const Topic* topic = control_.topics.topic(control_.topics.find(topicName));
            if (!topic) {
                partitions[topicName] = "gone";
                continue;
            }
            for (const PartitionIndex index : topic->partitions)
                partitions[nameOf(index)] = registrationJson(registration(index));
        }
        return partitions;
    }

    template <class Answer>
    Json carryOut(const Decision<Answer>& decision)
    {
        write(decision.records);
        return errorJson(decision.error, decision.message);
    }

    void write(const Records& records) { control::replay(control_, records); }

    const PartitionRegistration& registration(PartitionIndex index) const
    {
        return control_.topics.partition(index)->registration;
    }

    std::string nameOf(PartitionIndex index) const
    {
        const Partition& partition = *control_.topics.partition(index);
        return control_.topics.topic(partition.topic)->name + "/" + std::to_string(partition.number);
    }

    // The controller's choice of replicas was random and is not in the file.
    static std::uint32_t anyDraw(std::uint32_t) { return 0; }

    ClusterControl control_;
    Micros now_ = 0;
    std::int64_t starts_ = 0;
    std::map<PartitionIndex, LogRange> logs_;
};

} // namespace tideline::vectors
