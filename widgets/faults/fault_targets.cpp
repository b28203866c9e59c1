// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/fault_targets.h"

#include "widgets/theme/name_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace tideline::widgets {

namespace {

struct Target
{
    Selection selection;
    QString name;
};

void addTarget(std::vector<Target>& targets, Selection::Kind kind, std::int32_t index, const QString& name)
{
    Target target;
    target.selection.kind = kind;
    target.selection.index = index;
    target.name = name;
    targets.push_back(std::move(target));
}

std::vector<Target> targetsOf(Fault fault, const Frame& frame)
{
    std::vector<Target> targets;
    switch (fault) {
    case Fault::KillBroker:
    case Fault::StopBroker:
    case Fault::StartBroker:
    case Fault::PauseBroker:
    case Fault::ResumeBroker:
    case Fault::SlowFollower:
    case Fault::PowerLoss:
    case Fault::SlowDisk:
    case Fault::FillDisk:
    case Fault::FailDisk:
    case Fault::RepairDisk:
    case Fault::CutLink:
    case Fault::CutOneWay:
    case Fault::Isolate:
    case Fault::HealAll:
    case Fault::ChangeLink:
    case Fault::Aim:
        for (const ClusterFrame::Broker& broker : frame.cluster.brokers)
            addTarget(targets, Selection::Kind::Broker, broker.id, brokerText(broker.id));
        break;
    case Fault::AddConsumer:
        for (std::size_t i = 0; i < frame.names->groups.size(); ++i)
            addTarget(targets, Selection::Kind::Group, static_cast<std::int32_t>(i),
                      groupText(static_cast<GroupIndex>(i), *frame.names));
        break;
    case Fault::ChangeRate:
        for (const ClusterFrame::Producer& producer : frame.cluster.producers)
            addTarget(targets, Selection::Kind::Producer, producer.index,
                      producerText(producer.index, *frame.names));
        break;
    case Fault::ElectLeader:
    case Fault::Reassign:
    case Fault::AlterConfig:
    case Fault::DeleteRecords:
        for (const Directory::Topic& topic : frame.names->topics) {
            if (topic.internal || topic.deleted)
                continue;
            for (const PartitionIndex partition : topic.partitions)
                addTarget(targets, Selection::Kind::Partition, partition,
                          partitionText(partition, *frame.names));
        }
        break;
    case Fault::AddPartitions:
    case Fault::DeleteTopic:
        for (std::size_t t = 0; t < frame.names->topics.size(); ++t)
            addTarget(targets, Selection::Kind::Topic, static_cast<std::int32_t>(t),
                      topicText(static_cast<TopicIndex>(t), *frame.names));
        break;
    case Fault::CreateTopic:
    case Fault::RollingRestart:
    case Fault::CancelRestart:
    case Fault::CancelAim:
    case Fault::KillRack:
    case Fault::KillController:
    case Fault::StopController:
    case Fault::StartController:
    case Fault::PauseController:
    case Fault::ResumeController:
    case Fault::HealLink:
    case Fault::ResetLink:
        break; // offers what there is by itself
    case Fault::SkewClock:
        for (const ClusterFrame::Broker& broker : frame.cluster.brokers)
            addTarget(targets, Selection::Kind::Broker, broker.id, brokerText(broker.id));
        for (const ClusterFrame::Producer& producer : frame.cluster.producers)
            addTarget(targets, Selection::Kind::Producer, producer.index,
                      producerText(producer.index, *frame.names));
        break;
    default:
        for (const ClusterFrame::Group& group : frame.cluster.groups) {
            for (const ClusterFrame::Member& member : group.members)
                addTarget(targets, Selection::Kind::Member, member.index,
                          memberText(member.index, *frame.names));
        }
        break;
    }
    return targets;
}

// Both ends of a link offer to cut it or to slow it: once is enough.
bool isOffered(const std::vector<FaultChoice>& choices, const Command& command)
{
    Command turned = command;
    auto* cut = std::get_if<CutLink>(&turned);
    auto* change = std::get_if<ChangeLink>(&turned);
    if (!cut && !change)
        return false;
    if (change)
        std::swap(change->from, change->to);
    else if (!cut->oneWay)
        std::swap(cut->from, cut->to);
    return std::any_of(choices.begin(), choices.end(), [&](const FaultChoice& choice) {
        return choice.command == command || choice.command == turned;
    });
}

// Whether the words of a fault's choices say whom it hits.
bool namesItsEnds(Fault fault)
{
    return fault == Fault::CutLink || fault == Fault::CutOneWay || fault == Fault::ChangeLink ||
           fault == Fault::Aim;
}

} // namespace

FaultOffer faultOfferOrTargets(Fault fault, const Selection& selection, const Frame& frame)
{
    FaultOffer own = faultOffer(fault, selection, frame);
    if (!own.choices.empty() || !frame.names || frame.ended)
        return own;
    FaultOffer all;
    for (const Target& target : targetsOf(fault, frame)) {
        for (FaultChoice& choice : faultOffer(fault, target.selection, frame).choices) {
            if (isOffered(all.choices, choice.command))
                continue;
            if (!namesItsEnds(fault))
                choice.text = choice.text.isEmpty()
                                  ? target.name
                                  : QCoreApplication::translate("tideline::widgets::FaultTargets", "%1: %2")
                                        .arg(target.name, choice.text);
            all.choices.push_back(std::move(choice));
        }
        if (all.choices.size() > kMostFaultTargets)
            return own;
    }
    return all.choices.empty() ? own : all;
}

} // namespace tideline::widgets
