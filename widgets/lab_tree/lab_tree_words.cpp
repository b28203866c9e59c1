// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lab_tree/lab_tree_words.h"

#include "widgets/cluster/controller_words.h"

#include "widgets/groups/group_words.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::widgets {

namespace {

using model::LabTreeSection;
using model::LabTreeTone;
using model::LabTreeWords;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::LabTreeWords)
};

template <class Items, class Match>
auto find(const Items& items, Match match) -> const typename Items::value_type*
{
    const auto found = std::find_if(items.begin(), items.end(), match);
    return found == items.end() ? nullptr : &*found;
}

QString sectionText(LabTreeSection section)
{
    switch (section) {
    case LabTreeSection::Producers:
        return Text::tr("Producers");
    case LabTreeSection::Topics:
        return Text::tr("Topics");
    case LabTreeSection::Brokers:
        return Text::tr("Brokers");
    case LabTreeSection::Controllers:
        return Text::tr("Controllers");
    case LabTreeSection::Groups:
        return Text::tr("Consumer groups");
    case LabTreeSection::Pipelines:
        return Text::tr("Pipelines");
    case LabTreeSection::Queues:
        return Text::tr("Queues");
    }
    return {};
}

LabTreeWords producerWords(const Frame& frame, ProducerIndex index)
{
    LabTreeWords words{producerText(index, *frame.names), {}, LabTreeTone::Plain};
    const auto* producer = find(frame.cluster.producers, [&](const auto& one) { return one.index == index; });
    if (!producer)
        return words;
    const QString acks =
        producer->acks == -1 ? QStringLiteral("acks=all") : QStringLiteral("acks=%1").arg(producer->acks);
    const QString spread = producer->partitioner == Partitioner::RoundRobin ? Text::tr("round robin")
                           : producer->keyed                                ? Text::tr("by key")
                                                                            : Text::tr("sticky");
    words.detail = Text::tr("%1 · %2").arg(acks, spread);
    if (producer->failed > 0) {
        words.detail += Text::tr(" · %1 given up").arg(countText(producer->failed));
        words.tone = LabTreeTone::Attention;
    }
    return words;
}

LabTreeWords topicWords(const Frame& frame, TopicIndex index)
{
    LabTreeWords words{topicText(index, *frame.names), {}, LabTreeTone::Plain};
    const Directory::Topic& topic = frame.names->topics[static_cast<std::size_t>(index)];
    const auto count = static_cast<std::int64_t>(topic.partitions.size());
    const QString partitions =
        count == 1 ? Text::tr("1 partition") : Text::tr("%1 partitions").arg(countText(count));
    words.detail = Text::tr("%1 · rf %2").arg(partitions).arg(topic.replicationFactor);
    return words;
}

LabTreeWords brokerWords(const Frame& frame, BrokerId id)
{
    LabTreeWords words{brokerText(id), {}, LabTreeTone::Plain};
    const auto* broker = find(frame.cluster.brokers, [&](const auto& one) { return one.id == id; });
    if (!broker)
        return words;
    if (broker->state != BrokerState::Running) {
        words.detail =
            Text::tr("%1 since %2").arg(brokerStateText(broker->state), shortTimeText(broker->since));
        words.tone = broker->state == BrokerState::Stopped ? LabTreeTone::Bad : LabTreeTone::Attention;
    } else if (broker->disk != DiskState::Sound || broker->diskDelay > 0) {
        words.detail = broker->disk != DiskState::Sound ? Text::tr("disk %1").arg(diskStateText(broker->disk))
                                                        : Text::tr("disk slow");
        words.tone = LabTreeTone::Attention;
    } else if (broker->inSync < broker->replicas) {
        words.detail =
            Text::tr("in %1 of %2 ISRs").arg(countText(broker->inSync), countText(broker->replicas));
        words.tone = LabTreeTone::Attention;
    } else {
        words.detail = Text::tr("leads %1").arg(countText(broker->leaders));
    }
    return words;
}

LabTreeWords controllerWords(const Frame& frame, std::int32_t id)
{
    LabTreeWords words{Text::tr("controller %1").arg(id), {}, LabTreeTone::Plain};
    const auto* controller = find(frame.cluster.controllers, [&](const auto& one) { return one.id == id; });
    if (controller)
        words.detail = controllerStateText(*controller, frame.cluster);
    return words;
}

LabTreeWords groupWords(const Frame& frame, GroupIndex index)
{
    LabTreeWords words{groupText(index, *frame.names), {}, LabTreeTone::Plain};
    const auto* group = find(frame.cluster.groups, [&](const auto& one) { return one.index == index; });
    if (!group)
        return words;
    words.detail = Text::tr("%1 · lag %2").arg(groupStateText(group->state), countText(group->lag));
    if (group->state == GroupState::Unknown)
        words.tone = LabTreeTone::Bad;
    else if (group->state == GroupState::Empty)
        words.tone = LabTreeTone::Quiet;
    else if (group->state != GroupState::Stable)
        words.tone = LabTreeTone::Attention;
    return words;
}

LabTreeWords memberWords(const Frame& frame, MemberIndex index)
{
    LabTreeWords words{memberText(index, *frame.names), {}, LabTreeTone::Plain};
    for (const ClusterFrame::Group& group : frame.cluster.groups) {
        const auto* member = find(group.members, [&](const auto& one) { return one.index == index; });
        if (!member)
            continue;
        const auto partitions = static_cast<std::int64_t>(member->partitions.size());
        if (member->state == MemberState::Stable && partitions == 0)
            words.detail = Text::tr("idle");
        else if (member->state == MemberState::Stable)
            words.detail = Text::tr("reads %1 · lag %2").arg(countText(partitions), countText(member->lag));
        else
            words.detail =
                Text::tr("%1 since %2").arg(memberStateText(member->state), shortTimeText(member->since));
        if (member->state == MemberState::Crashed)
            words.tone = LabTreeTone::Bad;
        else if (member->state == MemberState::Stopped)
            words.tone = LabTreeTone::Quiet;
        else if (member->state != MemberState::Stable)
            words.tone = LabTreeTone::Attention;
    }
    return words;
}

LabTreeWords pipelineWords(const Frame& frame, PipelineIndex index)
{
    LabTreeWords words{pipelineText(index, *frame.names), {}, LabTreeTone::Plain};
    const auto* pipeline = find(frame.cluster.pipelines, [&](const auto& one) { return one.index == index; });
    if (!pipeline)
        return words;
    words.detail = pipeline->watermark ? Text::tr("watermark %1").arg(dataTimeText(*pipeline->watermark))
                                       : Text::tr("no watermark yet");
    if (pipeline->dropped > 0) {
        words.detail += Text::tr(" · %1 dropped").arg(countText(pipeline->dropped));
        words.tone = LabTreeTone::Attention;
    }
    return words;
}

LabTreeWords queueWords(const Frame& frame, std::int32_t index)
{
    LabTreeWords words{queueText(index, *frame.names), {}, LabTreeTone::Plain};
    const auto* queue = find(frame.cluster.queues, [&](const auto& one) { return one.index == index; });
    if (!queue)
        return words;
    words.detail =
        Text::tr("%1 wait · %2 gone").arg(countText(queue->waiting), countText(queue->acknowledged));
    if (queue->onDisk > 0)
        words.tone = LabTreeTone::Attention;
    return words;
}

} // namespace

QString diskStateText(DiskState state)
{
    switch (state) {
    case DiskState::Sound:
        return Text::tr("sound");
    case DiskState::Full:
        return Text::tr("full");
    case DiskState::Failed:
        return Text::tr("failed");
    }
    return {};
}

QString brokerStateText(BrokerState state)
{
    switch (state) {
    case BrokerState::Running:
        return Text::tr("running");
    case BrokerState::Fenced:
        return Text::tr("fenced");
    case BrokerState::Stopped:
        return Text::tr("stopped");
    case BrokerState::Paused:
        return Text::tr("paused");
    }
    return {};
}

LabTreeWords labTreeWords(LabTreeSection section, const Selection& selection, const Frame& frame)
{
    switch (selection.kind) {
    case Selection::Kind::Producer:
        return producerWords(frame, selection.index);
    case Selection::Kind::Topic:
        return topicWords(frame, selection.index);
    case Selection::Kind::Broker:
        return brokerWords(frame, selection.index);
    case Selection::Kind::Controller:
        return controllerWords(frame, selection.index);
    case Selection::Kind::Group:
        return groupWords(frame, selection.index);
    case Selection::Kind::Member:
        return memberWords(frame, selection.index);
    case Selection::Kind::Pipeline:
        return pipelineWords(frame, selection.index);
    case Selection::Kind::Queue:
        return queueWords(frame, selection.index);
    default:
        return {sectionText(section), {}, LabTreeTone::Plain};
    }
}

} // namespace tideline::widgets
