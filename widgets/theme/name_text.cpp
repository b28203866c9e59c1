// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/name_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

template <class T>
const T* at(const std::vector<T>& all, std::int32_t index)
{
    return index >= 0 && index < static_cast<std::int32_t>(all.size()) ? &all[static_cast<std::size_t>(index)]
                                                                       : nullptr;
}

QString named(const std::string* name)
{
    return name ? QString::fromStdString(*name) : QStringLiteral("?");
}

} // namespace

QString partitionText(PartitionIndex partition, const Directory& names)
{
    const Directory::Topic* topic = names.topicOf(partition);
    if (!topic)
        return QStringLiteral("?");
    // A view of a thousand partitions asks for as many: one piece of memory each. Topic names are ASCII.
    const QString number = QString::number(names.partitions[static_cast<std::size_t>(partition)].number);
    const auto letters = static_cast<qsizetype>(topic->name.size());
    QString text;
    text.reserve(letters + 1 + number.size());
    text += QLatin1String(topic->name.data(), letters);
    text += u'-';
    text += number;
    return text;
}

QString nodeText(NodeIndex node, const Directory& names)
{
    if (node < 0)
        return QStringLiteral("?");
    if (node < names.brokers)
        return brokerText(node + 1);
    NodeIndex rest = node - names.brokers;
    if (rest < names.controllers)
        return QCoreApplication::translate("Name", "controller %1").arg(rest + 1);
    rest -= names.controllers;
    const auto producers = static_cast<NodeIndex>(names.producers.size());
    if (rest < producers)
        return producerText(rest, names);
    rest -= producers;
    const auto pipelines = static_cast<NodeIndex>(names.pipelines.size());
    return rest < pipelines ? pipelineText(rest, names) : memberText(rest - pipelines, names);
}

QString brokerText(BrokerId broker)
{
    return QCoreApplication::translate("Name", "broker %1").arg(broker);
}

QString topicText(TopicIndex topic, const Directory& names)
{
    const Directory::Topic* found = at(names.topics, topic);
    return named(found ? &found->name : nullptr);
}

QString producerText(ProducerIndex producer, const Directory& names)
{
    return named(at(names.producers, producer));
}

QString groupText(GroupIndex group, const Directory& names)
{
    return named(at(names.groups, group));
}

QString memberText(MemberIndex member, const Directory& names)
{
    const Directory::Member* found = at(names.members, member);
    return named(found ? &found->name : nullptr);
}

QString pipelineText(PipelineIndex pipeline, const Directory& names)
{
    return named(at(names.pipelines, pipeline));
}

QString queueText(std::int32_t queue, const Directory& names)
{
    return named(at(names.queues, queue));
}

} // namespace tideline::widgets
