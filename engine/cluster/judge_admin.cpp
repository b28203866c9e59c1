// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/judge_admin.h"

#include "engine/cluster/alter_config.h"
#include "engine/cluster/create_partitions.h"
#include "engine/cluster/create_topic.h"
#include "engine/cluster/delete_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"

namespace tideline {

namespace {

struct Judge
{
    const control::ClusterControl& control;
    const DrawBelow& draw;

    control::Decision<control::Done> operator()(const ElectLeader& request) const
    {
        const ElectionKind kind = request.unclean ? ElectionKind::Unclean : ElectionKind::Preferred;
        return control::electLeader(control, {request.topic, request.partition, kind});
    }
    control::Decision<control::Done> operator()(const ReassignPartition& request) const
    {
        control::ReassignPartitionRequest asked{request.topic, request.partition, std::nullopt};
        if (!request.replicas.empty())
            asked.target = request.replicas;
        return control::reassignPartition(control, asked);
    }
    control::Decision<control::Done> operator()(const AlterTopicConfig& request) const
    {
        return control::alterConfig(
            control,
            {control::ConfigLevel::Topic, request.topic, kNone, {change(request.key, request.value)}});
    }
    control::Decision<control::Done> operator()(const AlterBrokerConfig& request) const
    {
        const control::ConfigLevel level =
            request.broker == kNone ? control::ConfigLevel::Cluster : control::ConfigLevel::Broker;
        return control::alterConfig(control,
                                    {level, {}, request.broker, {change(request.key, request.value)}});
    }
    control::Decision<control::Done> operator()(const CreateTopic& request) const
    {
        control::CreateTopicRequest asked;
        asked.name = request.topic;
        asked.partitions = request.partitions;
        asked.replicationFactor = request.replicationFactor;
        for (std::size_t p = 0; p < request.assignment.size(); ++p)
            asked.assignment.emplace_back(static_cast<std::int32_t>(p), request.assignment[p]);
        for (const auto& [key, value] : request.configs)
            asked.configs.push_back(change(key, value));
        const auto decision = control::createTopic(control, asked, draw);
        if (!decision.ok())
            return control::Refusal{decision.error, decision.message};
        control::Decision<control::Done> done;
        done.records = decision.records;
        return done;
    }
    control::Decision<control::Done> operator()(const CreatePartitions& request) const
    {
        control::CreatePartitionsRequest asked{request.topic, request.count, std::nullopt};
        if (!request.assignment.empty())
            asked.assignments.emplace(request.assignment.begin(), request.assignment.end());
        return control::createPartitions(control, asked, draw);
    }
    control::Decision<control::Done> operator()(const DeleteTopic& request) const
    {
        return control::deleteTopic(control, request.topic);
    }

    static control::ConfigChange change(const std::string& key, const std::string& value)
    {
        return {key, value.empty() ? std::nullopt : std::optional(value)};
    }
};

} // namespace

control::Decision<control::Done> judgeAdmin(const control::ClusterControl& control,
                                            const AdminRequest& request, const DrawBelow& draw)
{
    return std::visit(Judge{control, draw}, request);
}

control::Decision<control::Done> judgeAdmin(const control::ClusterControl& control,
                                            const AdminRequest& request)
{
    return judgeAdmin(control, request, [](std::uint32_t) { return 0U; });
}

} // namespace tideline
