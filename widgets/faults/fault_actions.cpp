// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/fault_offers.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::FaultActions)
};

QKeySequence keys(char letter)
{
    return QKeySequence(QStringLiteral("Ctrl+Alt+%1").arg(QLatin1Char(letter)));
}

// There are more acts than letters.
QKeySequence shiftKeys(char letter)
{
    return QKeySequence(QStringLiteral("Ctrl+Alt+Shift+%1").arg(QLatin1Char(letter)));
}

FaultAction brokerAction(Fault fault)
{
    switch (fault) {
    case Fault::KillBroker:
        return {Text::tr("Kill broker"), Text::tr("The process ends; what it wrote stays on its disk"),
                keys('K')};
    case Fault::StopBroker:
        return {Text::tr("Stop broker"),
                Text::tr("A clean stop: its leaderships go to others first, then the process ends"),
                keys('D')};
    case Fault::StartBroker:
        return {Text::tr("Start broker"),
                Text::tr("The killed or stopped process starts again and registers with the controller"),
                keys('B')};
    case Fault::PauseBroker:
        return {Text::tr("Pause broker"),
                Text::tr("The process and its clock stop, as in a long garbage collection"), keys('P')};
    case Fault::ResumeBroker:
        return {Text::tr("Resume broker"), Text::tr("The paused process goes on"), keys('R')};
    default:
        return {Text::tr("Slow follower"),
                Text::tr("Its fetches from leaders take longer, until it falls out of ISRs"), keys('L')};
    }
}

FaultAction linkAction(Fault fault)
{
    switch (fault) {
    case Fault::CutLink:
        return {Text::tr("Cut link"), Text::tr("Nothing passes between two ends until the link heals"),
                keys('X')};
    case Fault::CutOneWay:
        return {Text::tr("Cut one way"), Text::tr("One end hears nothing from the other, which hears it"),
                shiftKeys('1')};
    case Fault::Isolate:
        return {Text::tr("Isolate"), Text::tr("Cuts every link between the node and all others"),
                shiftKeys('2')};
    case Fault::HealLink:
        return {Text::tr("Heal link"), Text::tr("What was held on a cut link passes again"), keys('H')};
    case Fault::HealAll:
        return {Text::tr("Heal all its links"), Text::tr("Every cut link of the node passes again"),
                shiftKeys('3')};
    case Fault::ChangeLink:
        return {Text::tr("Slow link"), Text::tr("A link gets another latency or bandwidth"), shiftKeys('4')};
    case Fault::ResetLink:
        return {Text::tr("Reset link"), Text::tr("A slow link is as the cluster's links are again"),
                shiftKeys('5')};
    case Fault::SkewClock:
        return {Text::tr("Skew clock"),
                Text::tr("What the node stamps is off; its time-outs go by another clock and are not"),
                shiftKeys('6')};
    default:
        return {Text::tr("Lose a message"),
                Text::tr("The next message of a kind is lost, which is beyond TCP"), shiftKeys('7')};
    }
}

FaultAction controllerAction(Fault fault)
{
    switch (fault) {
    case Fault::KillController:
        return {Text::tr("Kill controller"),
                Text::tr(
                    "The process ends; without an active one nobody is fenced, elected or taken into an ISR"),
                keys('Q')};
    case Fault::StopController:
        return {Text::tr("Stop controller"),
                Text::tr("A clean stop: another one leads the quorum first, then the process ends"),
                keys('N')};
    case Fault::StartController:
        return {Text::tr("Start controller"), Text::tr("The killed or stopped controller starts again"),
                keys('W')};
    case Fault::PauseController:
        return {Text::tr("Pause controller"),
                Text::tr("The process and its clock stop; the others elect anew"), keys('Y')};
    default:
        return {Text::tr("Resume controller"),
                Text::tr("The paused process goes on and learns that it no longer leads"), keys('Z')};
    }
}

} // namespace

FaultAction faultAction(Fault fault)
{
    switch (fault) {
    case Fault::KillController:
    case Fault::StopController:
    case Fault::StartController:
    case Fault::PauseController:
    case Fault::ResumeController:
        return controllerAction(fault);
    case Fault::CrashConsumer:
        return {Text::tr("Crash consumer"),
                Text::tr("It dies without LeaveGroup; the group learns of it by session.timeout.ms"),
                keys('C')};
    case Fault::StopConsumer:
        return {Text::tr("Stop consumer"), Text::tr("A clean close(): it commits and leaves the group"),
                keys('O')};
    case Fault::StartConsumer:
        return {Text::tr("Start consumer"),
                Text::tr("A crashed or stopped consumer starts again as a new member"), keys('S')};
    case Fault::PauseConsumer:
        return {Text::tr("Pause consumer"),
                Text::tr("It stops polling and heartbeating, but its process lives"), keys('U')};
    case Fault::ResumeConsumer:
        return {Text::tr("Resume consumer"), Text::tr("The paused consumer goes on"), keys('E')};
    case Fault::AddConsumer:
        return {Text::tr("Add consumer"), Text::tr("One more member joins the group"), keys('A')};
    case Fault::ChangeRate:
        return {Text::tr("Change rate"), Text::tr("The generator goes on at another rate"), keys('T')};
    case Fault::ElectLeader:
        return {Text::tr("Elect leader"),
                Text::tr("The controller elects the partition's preferred leader, or an unclean one"),
                keys('V')};
    case Fault::Reassign:
        return {Text::tr("Reassign"), Text::tr("The partition's replicas move to other brokers"), keys('M')};
    case Fault::DeleteRecords:
        return {Text::tr("Delete records"),
                Text::tr("The partition's log start moves up to the high watermark"), shiftKeys('0')};
    case Fault::PowerLoss:
        return {Text::tr("Power loss"), Text::tr("The broker dies, and what was not yet on its disk is gone"),
                shiftKeys('8')};
    case Fault::SlowDisk:
        return {Text::tr("Slow disk"), Text::tr("Each append on the broker takes longer"), keys('J')};
    case Fault::FillDisk:
        return {Text::tr("Fill disk"),
                Text::tr("The next write fails, and the broker ends itself; nothing that is there is lost"),
                keys('I')};
    case Fault::FailDisk:
        return {Text::tr("Fail disk"), Text::tr("The broker ends itself, and its disk is lost"), keys('F')};
    case Fault::RepairDisk:
        return {Text::tr("Repair disk"),
                Text::tr("A full disk gets room; a failed one is replaced by an empty one"), shiftKeys('9')};
    case Fault::AlterConfig:
        return {Text::tr("Alter config"),
                Text::tr("A configuration of the topic or of brokers gets another value"), keys('G')};
    case Fault::CreateTopic:
        return {Text::tr("Create topic"), Text::tr("The controller places its partitions on the brokers"),
                shiftKeys('N')};
    case Fault::AddPartitions:
        return {Text::tr("Add partitions"),
                Text::tr("The topic gets more partitions: keys go elsewhere from then on"), shiftKeys('P')};
    case Fault::DeleteTopic:
        return {Text::tr("Delete topic"), Text::tr("The topic and its records are gone at once"),
                shiftKeys('D')};
    case Fault::RollingRestart:
        return {Text::tr("Rolling restart"),
                Text::tr("One broker after the other is stopped cleanly and started, each only when nothing "
                         "is under-replicated"),
                shiftKeys('R')};
    case Fault::CancelRestart:
        return {
            Text::tr("Cancel restart"),
            Text::tr("The rolling restart stops nothing more; a broker that it has stopped stays stopped"),
            shiftKeys('C')};
    case Fault::CancelAim:
        return {Text::tr("Cancel aim"), Text::tr("A fault that waits for a message does so no more"),
                shiftKeys('A')};
    case Fault::KillRack:
        return {Text::tr("Kill rack"), Text::tr("Every broker that runs in a rack is killed at once"),
                shiftKeys('K')};
    case Fault::CutLink:
    case Fault::CutOneWay:
    case Fault::Isolate:
    case Fault::HealLink:
    case Fault::HealAll:
    case Fault::ChangeLink:
    case Fault::ResetLink:
    case Fault::SkewClock:
    case Fault::Aim:
        return linkAction(fault);
    default:
        return brokerAction(fault);
    }
}

} // namespace tideline::widgets
