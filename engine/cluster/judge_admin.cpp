// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/judge_admin.h"

#include "engine/cluster/alter_config.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"

namespace tideline {

namespace {

struct Judge
{
    const control::ClusterControl& control;

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
        control::ConfigChange change{request.key, std::nullopt};
        if (!request.value.empty())
            change.value = request.value;
        return control::alterConfig(control, {control::ConfigLevel::Topic, request.topic, kNone, {change}});
    }
};

} // namespace

control::Decision<control::Done> judgeAdmin(const control::ClusterControl& control,
                                            const AdminRequest& request)
{
    return std::visit(Judge{control}, request);
}

} // namespace tideline
