// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/fault_offers.h"

#include "widgets/faults/link_offers.h"
#include "widgets/faults/partition_offer.h"
#include "widgets/faults/topic_offer.h"
#include "widgets/groups/group_words.h"
#include "widgets/lab_tree/lab_tree_words.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::FaultOffers)
};

FaultOffer refused(const QString& reason)
{
    return {{}, reason};
}

FaultOffer single(Command command)
{
    return {{{QString(), std::move(command)}}, {}};
}

FaultOffer processOffer(Fault fault, const ClusterFrame::Broker& broker)
{
    const bool lives = broker.state == BrokerState::Running || broker.state == BrokerState::Fenced;
    const QString state = Text::tr("%1 is %2").arg(brokerText(broker.id), brokerStateText(broker.state));
    switch (fault) {
    case Fault::KillBroker:
        return broker.state != BrokerState::Stopped ? single(KillBroker{broker.id}) : refused(state);
    case Fault::StopBroker:
        return lives ? single(StopBroker{broker.id}) : refused(state);
    case Fault::StartBroker:
        return broker.state == BrokerState::Stopped ? single(StartBroker{broker.id}) : refused(state);
    case Fault::PauseBroker:
        return lives ? single(PauseBroker{broker.id}) : refused(state);
    case Fault::ResumeBroker:
        return broker.state == BrokerState::Paused ? single(ResumeBroker{broker.id}) : refused(state);
    default:
        break;
    }
    FaultOffer offer;
    for (const Micros delay :
         {Micros{0}, Micros{100'000}, Micros{1'000'000}, Micros{5'000'000}, Micros{30'000'000}})
        offer.choices.push_back(
            {delay == 0 ? Text::tr("as fast as before") : Text::tr("by %1 a fetch").arg(durationText(delay)),
             SlowFollower{broker.id, delay}});
    return offer;
}

FaultOffer diskOffer(Fault fault, const ClusterFrame::Broker& broker)
{
    const QString disk = Text::tr("%1: %2").arg(brokerText(broker.id), diskStateText(broker.disk));
    FaultOffer offer;
    switch (fault) {
    case Fault::PowerLoss:
        return broker.state != BrokerState::Stopped
                   ? single(PowerLoss{broker.id})
                   : refused(Text::tr("%1 is %2").arg(brokerText(broker.id), brokerStateText(broker.state)));
    case Fault::FillDisk:
        return broker.disk == DiskState::Sound ? single(FillDisk{broker.id}) : refused(disk);
    case Fault::FailDisk:
        return broker.disk != DiskState::Failed ? single(FailDisk{broker.id}) : refused(disk);
    case Fault::RepairDisk:
        return broker.disk != DiskState::Sound ? single(RepairDisk{broker.id}) : refused(disk);
    default:
        break;
    }
    for (const Micros delay :
         {Micros{0}, Micros{10'000}, Micros{100'000}, Micros{1'000'000}, Micros{5'000'000}})
        offer.choices.push_back({delay == 0 ? Text::tr("as fast as before")
                                            : Text::tr("by %1 an append").arg(durationText(delay)),
                                 SlowDisk{broker.id, delay}});
    return offer;
}

// What can be done to the selected broker: to its process, or to its disk.
FaultOffer brokerOffer(Fault fault, const Selection& selection, const Frame& frame,
                       FaultOffer (*offer)(Fault, const ClusterFrame::Broker&))
{
    if (selection.kind != Selection::Kind::Broker)
        return refused(Text::tr("Select a broker first"));
    const auto& brokers = frame.cluster.brokers;
    const auto broker = std::find_if(brokers.begin(), brokers.end(),
                                     [&](const auto& one) { return one.id == selection.index; });
    if (broker == brokers.end())
        return refused(Text::tr("This run has no broker %1").arg(selection.index));
    return offer(fault, *broker);
}

QString controllerChoice(const ClusterFrame::Controller& controller, const Frame& frame)
{
    return frame.cluster.combinedRoles ? Text::tr("controller %1, with broker %1").arg(controller.id)
                                       : Text::tr("controller %1").arg(controller.id);
}

std::optional<Command> controllerCommand(Fault fault, const ClusterFrame::Controller& controller)
{
    const bool stands = controller.alive && !controller.paused;
    if (fault == Fault::KillController && controller.alive)
        return KillController{controller.id};
    if (fault == Fault::StopController && stands)
        return StopController{controller.id};
    if (fault == Fault::StartController && !controller.alive)
        return StartController{controller.id};
    if (fault == Fault::PauseController && stands)
        return PauseController{controller.id};
    if (fault == Fault::ResumeController && controller.paused)
        return ResumeController{controller.id};
    return std::nullopt;
}

// The selected one, or all to which it applies.
FaultOffer controllerOffer(Fault fault, const Selection& selection, const Frame& frame)
{
    FaultOffer offer;
    for (const ClusterFrame::Controller& controller : frame.cluster.controllers) {
        const bool other = selection.kind == Selection::Kind::Controller && selection.index != controller.id;
        if (const auto command = controllerCommand(fault, controller); command && !other)
            offer.choices.push_back({controllerChoice(controller, frame), *command});
    }
    if (!offer.choices.empty())
        return offer;
    if (fault == Fault::StartController)
        offer.reason = Text::tr("No controller is stopped");
    else
        offer.reason = fault == Fault::ResumeController ? Text::tr("No controller is paused")
                                                        : Text::tr("No controller runs");
    return offer;
}

// All brokers, in the order of their ids.
FaultOffer restartOffer(const Frame& frame)
{
    if (frame.cluster.rollingRestart)
        return refused(Text::tr("A rolling restart is under way"));
    RollingRestart restart;
    for (const ClusterFrame::Broker& broker : frame.cluster.brokers) {
        if (broker.state == BrokerState::Stopped || broker.state == BrokerState::Paused)
            return refused(Text::tr("%1 is %2").arg(brokerText(broker.id), brokerStateText(broker.state)));
        restart.brokers.push_back(broker.id);
    }
    return restart.brokers.empty() ? refused(Text::tr("This run has no broker")) : single(std::move(restart));
}

// The selected broker's rack, or all of which a broker runs.
FaultOffer rackOffer(const Selection& selection, const Frame& frame)
{
    FaultOffer offer{{}, Text::tr("No broker is in a rack (broker.rack)")};
    for (const ClusterFrame::Broker& broker : frame.cluster.brokers) {
        if (broker.rack.empty())
            continue;
        offer.reason = Text::tr("No broker of the rack runs");
        const FaultChoice choice{Text::tr("rack %1").arg(QString::fromStdString(broker.rack)),
                                 KillRack{broker.rack}};
        const bool offered =
            std::any_of(offer.choices.begin(), offer.choices.end(),
                        [&](const FaultChoice& other) { return other.command == choice.command; });
        if (broker.state != BrokerState::Stopped && !offered)
            offer.choices.push_back(choice);
    }
    if (selection.kind != Selection::Kind::Broker)
        return offer;
    std::erase_if(offer.choices, [&](const FaultChoice& choice) {
        return std::none_of(frame.cluster.brokers.begin(), frame.cluster.brokers.end(),
                            [&](const ClusterFrame::Broker& broker) {
                                return broker.id == selection.index &&
                                       choice.command == Command(KillRack{broker.rack});
                            });
    });
    return offer;
}

const ClusterFrame::Member* memberOf(const Selection& selection, const Frame& frame)
{
    if (selection.kind != Selection::Kind::Member)
        return nullptr;
    for (const ClusterFrame::Group& group : frame.cluster.groups) {
        for (const ClusterFrame::Member& member : group.members) {
            if (member.index == selection.index)
                return &member;
        }
    }
    return nullptr;
}

FaultOffer consumerOffer(Fault fault, const Selection& selection, const Frame& frame)
{
    const ClusterFrame::Member* member = memberOf(selection, frame);
    if (!member || static_cast<std::size_t>(member->index) >= frame.names->members.size())
        return refused(Text::tr("Select a member of a consumer group first"));
    const std::string& name = frame.names->members[static_cast<std::size_t>(member->index)].name;
    const bool dead = member->state == MemberState::Stopped || member->state == MemberState::Crashed;
    const bool paused = member->state == MemberState::Paused;
    const QString state =
        Text::tr("%1: %2").arg(QString::fromStdString(name), memberStateText(member->state));
    switch (fault) {
    case Fault::CrashConsumer:
        return !dead ? single(CrashConsumer{name}) : refused(state);
    case Fault::StopConsumer:
        return !dead && !paused ? single(StopConsumer{name}) : refused(state);
    case Fault::StartConsumer:
        return dead ? single(StartConsumer{name}) : refused(state);
    case Fault::PauseConsumer:
        return !dead && !paused ? single(PauseConsumer{name}) : refused(state);
    default:
        return paused ? single(ResumeConsumer{name}) : refused(state);
    }
}

FaultOffer addConsumerOffer(const Selection& selection, const Frame& frame)
{
    GroupIndex group = kNone;
    if (selection.kind == Selection::Kind::Group)
        group = selection.index;
    else if (selection.kind == Selection::Kind::Member &&
             static_cast<std::size_t>(selection.index) < frame.names->members.size())
        group = frame.names->members[static_cast<std::size_t>(selection.index)].group;
    if (group < 0 || static_cast<std::size_t>(group) >= frame.names->groups.size())
        return refused(Text::tr("Select a consumer group first"));
    return single(AddConsumer{frame.names->groups[static_cast<std::size_t>(group)]});
}

FaultOffer rateOffer(const Selection& selection, const Frame& frame)
{
    if (selection.kind != Selection::Kind::Producer)
        return refused(Text::tr("Select a producer first"));
    const auto& producers = frame.cluster.producers;
    const auto producer = std::find_if(producers.begin(), producers.end(),
                                       [&](const auto& one) { return one.index == selection.index; });
    if (producer == producers.end() ||
        static_cast<std::size_t>(producer->index) >= frame.names->producers.size())
        return refused(Text::tr("This run has no such producer"));
    const std::string& name = frame.names->producers[static_cast<std::size_t>(producer->index)];
    if (producer->replaysLog)
        return refused(Text::tr("%1 replays a log at the log's own rate").arg(QString::fromStdString(name)));
    const std::int64_t rate = producer->recordsPerSecond;
    std::vector<std::int64_t> rates{0, 1, 10, 100, 1'000, 10'000, rate / 2, rate * 2};
    std::sort(rates.begin(), rates.end());
    rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
    FaultOffer offer;
    for (const std::int64_t one : rates) {
        if (one != rate)
            offer.choices.push_back(
                {one == 0 ? Text::tr("nothing") : Text::tr("%1 records/s").arg(countText(one)),
                 ChangeRate{name, one}});
    }
    return offer;
}

} // namespace

FaultOffer faultOffer(Fault fault, const Selection& selection, const Frame& frame)
{
    if (!frame.names)
        return refused(Text::tr("Nothing is running"));
    if (frame.ended)
        return refused(Text::tr("The run has ended; go back in time first"));
    switch (fault) {
    case Fault::KillBroker:
    case Fault::StopBroker:
    case Fault::StartBroker:
    case Fault::PauseBroker:
    case Fault::ResumeBroker:
    case Fault::SlowFollower:
        return brokerOffer(fault, selection, frame, processOffer);
    case Fault::CutLink:
    case Fault::CutOneWay:
    case Fault::Isolate:
    case Fault::HealLink:
    case Fault::HealAll:
    case Fault::ChangeLink:
    case Fault::ResetLink:
    case Fault::SkewClock:
    case Fault::Aim:
    case Fault::CancelAim:
        return linkOffer(fault, selection, frame);
    case Fault::KillController:
    case Fault::StopController:
    case Fault::StartController:
    case Fault::PauseController:
    case Fault::ResumeController:
        return controllerOffer(fault, selection, frame);
    case Fault::ElectLeader:
    case Fault::Reassign:
    case Fault::AlterConfig:
    case Fault::DeleteRecords:
        return partitionOffer(fault, selection, *frame.names);
    case Fault::PowerLoss:
    case Fault::SlowDisk:
    case Fault::FillDisk:
    case Fault::FailDisk:
    case Fault::RepairDisk:
        return brokerOffer(fault, selection, frame, diskOffer);
    case Fault::CreateTopic:
    case Fault::AddPartitions:
    case Fault::DeleteTopic:
        return topicOffer(fault, selection, *frame.names);
    case Fault::RollingRestart:
        return restartOffer(frame);
    case Fault::CancelRestart:
        return frame.cluster.rollingRestart ? single(CancelRollingRestart{})
                                            : refused(Text::tr("No rolling restart is under way"));
    case Fault::KillRack:
        return rackOffer(selection, frame);
    case Fault::AddConsumer:
        return addConsumerOffer(selection, frame);
    case Fault::ChangeRate:
        return rateOffer(selection, frame);
    default:
        return consumerOffer(fault, selection, frame);
    }
}

} // namespace tideline::widgets
