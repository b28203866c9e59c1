// SPDX-License-Identifier: GPL-3.0-or-later
// Names of things as text, from a run's directory; a number that names nothing reads "?". Pure functions.
#pragma once

#include "engine/lab/frame.h"

#include <QString>

namespace tideline::widgets {

QString partitionText(PartitionIndex partition, const Directory& names); // "orders-0"
QString nodeText(NodeIndex node, const Directory& names);                // "broker 1", "sensors"
QString brokerText(BrokerId broker);                                     // "broker 1"
QString topicText(TopicIndex topic, const Directory& names);
QString producerText(ProducerIndex producer, const Directory& names);
QString groupText(GroupIndex group, const Directory& names);
QString memberText(MemberIndex member, const Directory& names);
QString pipelineText(PipelineIndex pipeline, const Directory& names);
QString queueText(std::int32_t queue, const Directory& names);

} // namespace tideline::widgets
