// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/message.h"
#include "tests/support/gui_main.h"
#include "widgets/faults/create_topic_dialog.h"
#include "widgets/faults/fault_targets.h"
#include "widgets/faults/faults_panel.h"
#include "widgets/faults/promises_panel.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <optional>
#include <set>

using namespace tideline;
using namespace tideline::widgets;

namespace {

Selection select(Selection::Kind kind, std::int32_t index)
{
    Selection selection;
    selection.kind = kind;
    selection.index = index;
    return selection;
}

// Brokers 1 (running), 2 (stopped), 3 (paused); members billing-1 (reads), billing-2 (crashed); producer
// sensors at 200/s.
Frame sample()
{
    Frame frame;
    auto names = std::make_shared<Directory>();
    names->brokers = 3;
    names->controllers = 1;
    names->addTopic("orders", 2, false, 3);
    names->producers = {"sensors"};
    names->groups = {"billing"};
    names->members = {{"billing-1", 0}, {"billing-2", 0}};
    frame.names = names;
    for (const BrokerState state : {BrokerState::Running, BrokerState::Stopped, BrokerState::Paused}) {
        ClusterFrame::Broker broker;
        broker.id = static_cast<BrokerId>(frame.cluster.brokers.size()) + 1;
        broker.state = state;
        frame.cluster.brokers.push_back(broker);
    }
    frame.cluster.controllers.resize(1);
    frame.cluster.controllers[0].id = 1;
    ClusterFrame::Producer producer;
    producer.recordsPerSecond = 200;
    frame.cluster.producers.push_back(producer);
    ClusterFrame::Group group;
    group.members.resize(2);
    group.members[0].state = MemberState::Stable;
    group.members[1].index = 1;
    group.members[1].state = MemberState::Crashed;
    frame.cluster.groups.push_back(group);
    return frame;
}

Command lastCommand(QSignalSpy& spy)
{
    return spy.last().first().value<Command>();
}

} // namespace

class FaultsTest : public QObject
{
    Q_OBJECT
private slots:
    void offersFitTheState_data();
    void offersFitTheState();
    void cutsReachEveryPeer();
    void healsWhatIsCut();
    void aNodeIsIsolated();
    void racksThatRunAreOffered();
    void linksClocksAndMessages();
    void ratesAreOthersThanNow();
    void anEndedRunTakesNoCommand();
    void aClickAsksForTheCommand();
    void aChoiceIsAskedFor();
    void withoutASelectionItAsksWhom();
    void aTopicIsNamedFreely();
    void aLinkIsOfferedOnce();
    void everyActionHasTextTooltipAndItsOwnShortcut();
    void aDisabledActionSaysWhy();
    void guaranteesAndInvariantsAreTwoLists();
};

void FaultsTest::offersFitTheState_data()
{
    using Kind = Selection::Kind;
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("choices");
    const auto row = [](const char* name, Fault fault, Kind kind, int index, int choices) {
        QTest::newRow(name) << static_cast<int>(fault) << static_cast<int>(kind) << index << choices;
    };
    row("kill a running broker", Fault::KillBroker, Kind::Broker, 1, 1);
    row("kill a stopped broker", Fault::KillBroker, Kind::Broker, 2, 0);
    row("kill a paused broker", Fault::KillBroker, Kind::Broker, 3, 1);
    row("start a running broker", Fault::StartBroker, Kind::Broker, 1, 0);
    row("start a stopped broker", Fault::StartBroker, Kind::Broker, 2, 1);
    row("pause a running broker", Fault::PauseBroker, Kind::Broker, 1, 1);
    row("pause a paused broker", Fault::PauseBroker, Kind::Broker, 3, 0);
    row("resume a paused broker", Fault::ResumeBroker, Kind::Broker, 3, 1);
    row("kill a broker that is not there", Fault::KillBroker, Kind::Broker, 9, 0);
    row("kill nothing", Fault::KillBroker, Kind::None, kNone, 0);
    row("kill a member", Fault::KillBroker, Kind::Member, 0, 0);
    row("stop a running broker", Fault::StopBroker, Kind::Broker, 1, 1);
    row("stop a stopped broker", Fault::StopBroker, Kind::Broker, 2, 0);
    row("stop a paused broker", Fault::StopBroker, Kind::Broker, 3, 0);
    row("kill the controller", Fault::KillController, Kind::None, kNone, 1);
    row("start a controller that runs", Fault::StartController, Kind::None, kNone, 0);
    row("elect a leader", Fault::ElectLeader, Kind::Partition, 1, 2);
    row("reassign a partition", Fault::Reassign, Kind::Partition, 1, 4); // from each broker on, or cancel
    row("reassign a broker", Fault::Reassign, Kind::Broker, 1, 0);
    row("delete records of a partition", Fault::DeleteRecords, Kind::Partition, 0, 1);
    row("delete records of a broker", Fault::DeleteRecords, Kind::Broker, 1, 0);
    row("take the power from a running broker", Fault::PowerLoss, Kind::Broker, 1, 1);
    row("take the power from a stopped broker", Fault::PowerLoss, Kind::Broker, 2, 0);
    row("slow a disk", Fault::SlowDisk, Kind::Broker, 1, 5);
    row("fill a sound disk", Fault::FillDisk, Kind::Broker, 1, 1);
    row("let a sound disk fail", Fault::FailDisk, Kind::Broker, 2, 1);
    row("repair a sound disk", Fault::RepairDisk, Kind::Broker, 1, 0);
    row("fill the disk of a group", Fault::FillDisk, Kind::Group, 0, 0);
    row("configure a topic", Fault::AlterConfig, Kind::Partition, 0, 12);
    row("configure brokers", Fault::AlterConfig, Kind::Broker, 1, 9);
    row("configure a broker that is not there", Fault::AlterConfig, Kind::Broker, 9, 0);
    row("create a topic", Fault::CreateTopic, Kind::None, kNone, 4);
    row("add partitions to two", Fault::AddPartitions, Kind::Topic, 0, 2); // to 3 or 4
    row("add partitions to a partition's topic", Fault::AddPartitions, Kind::Partition, 1, 2);
    row("delete a topic", Fault::DeleteTopic, Kind::Topic, 0, 1);
    row("delete a topic that is not there", Fault::DeleteTopic, Kind::Topic, 7, 0);
    row("cancel a restart that is not under way", Fault::CancelRestart, Kind::None, kNone, 0);
    row("cancel an aim that does not wait", Fault::CancelAim, Kind::None, kNone, 0);
    row("restart while a broker is stopped", Fault::RollingRestart, Kind::None, kNone, 0);
    row("kill a rack where there are none", Fault::KillRack, Kind::None, kNone, 0);
    row("elect where nothing is", Fault::ElectLeader, Kind::Partition, 9, 0);
    row("slow a follower", Fault::SlowFollower, Kind::Broker, 1, 5);
    row("crash a reader", Fault::CrashConsumer, Kind::Member, 0, 1);
    row("crash a crashed one", Fault::CrashConsumer, Kind::Member, 1, 0);
    row("start a crashed one", Fault::StartConsumer, Kind::Member, 1, 1);
    row("start a reader", Fault::StartConsumer, Kind::Member, 0, 0);
    row("stop a reader", Fault::StopConsumer, Kind::Member, 0, 1);
    row("pause a reader", Fault::PauseConsumer, Kind::Member, 0, 1);
    row("resume a reader", Fault::ResumeConsumer, Kind::Member, 0, 0);
    row("crash a member that is not there", Fault::CrashConsumer, Kind::Member, 7, 0);
    row("add to a group", Fault::AddConsumer, Kind::Group, 0, 1);
    row("add to a member's group", Fault::AddConsumer, Kind::Member, 0, 1);
    row("add to a group that is not there", Fault::AddConsumer, Kind::Group, 4, 0);
    row("rate of a group", Fault::ChangeRate, Kind::Group, 0, 0);
    row("cut a group", Fault::CutLink, Kind::Group, 0, 0);
}

void FaultsTest::offersFitTheState()
{
    QFETCH(int, fault);
    QFETCH(int, kind);
    QFETCH(int, index);
    QFETCH(int, choices);
    const FaultOffer offer =
        faultOffer(static_cast<Fault>(fault), select(static_cast<Selection::Kind>(kind), index), sample());
    QCOMPARE(static_cast<int>(offer.choices.size()), choices);
    QCOMPARE(offer.reason.isEmpty(), choices > 0);
}

void FaultsTest::cutsReachEveryPeer()
{
    const FaultOffer broker = faultOffer(Fault::CutLink, select(Selection::Kind::Broker, 1), sample());
    // Brokers 2 and 3, the controller, the producer.
    QCOMPARE(broker.choices.size(), std::size_t(4));
    QCOMPARE(broker.choices[0].command, Command(CutLink{"broker 1", "broker 2"}));
    QCOMPARE(broker.choices[2].command, Command(CutLink{"broker 1", "controller 1"}));
    const FaultOffer producer = faultOffer(Fault::CutLink, select(Selection::Kind::Producer, 0), sample());
    QCOMPARE(producer.choices.size(), std::size_t(3));
    QCOMPARE(producer.choices[0].command, Command(CutLink{"sensors", "broker 1"}));
}

void FaultsTest::healsWhatIsCut()
{
    Frame frame = sample();
    QVERIFY(faultOffer(Fault::HealLink, {}, frame).choices.empty());
    frame.cluster.cuts = {{0, 2}, {1, 3, true}};
    const FaultOffer offer = faultOffer(Fault::HealLink, {}, frame);
    QCOMPARE(offer.choices.size(), std::size_t(2));
    QCOMPARE(offer.choices[1].text, QStringLiteral("from broker 2 to controller 1"));
    QCOMPARE(offer.choices[0].command, Command(HealLink{"broker 1", "broker 3"}));
    QCOMPARE(offer.choices[1].command, Command(HealLink{"broker 2", "controller 1"}));
}

// All of them, or that of the selected broker; broker 2, alone in rack b, is stopped.
void FaultsTest::racksThatRunAreOffered()
{
    Frame frame = sample();
    frame.cluster.brokers[0].rack = "a";
    frame.cluster.brokers[1].rack = "b";
    frame.cluster.brokers[2].rack = "c";
    const FaultOffer all = faultOffer(Fault::KillRack, {}, frame);
    QCOMPARE(all.choices.size(), std::size_t{2});
    QCOMPARE(all.choices[1].command, Command(KillRack{"c"}));
    const FaultOffer one = faultOffer(Fault::KillRack, select(Selection::Kind::Broker, 3), frame);
    QCOMPARE(one.choices.size(), std::size_t{1});
    QCOMPARE(one.choices[0].command, Command(KillRack{"c"}));
    const FaultOffer stopped = faultOffer(Fault::KillRack, select(Selection::Kind::Broker, 2), frame);
    QVERIFY(stopped.choices.empty() && !stopped.reason.isEmpty());
}

// One act, and one that undoes it.
void FaultsTest::aNodeIsIsolated()
{
    Frame frame = sample();
    const Selection broker = select(Selection::Kind::Broker, 2);
    const FaultOffer offer = faultOffer(Fault::Isolate, broker, frame);
    QCOMPARE(offer.choices.size(), std::size_t(1));
    const std::vector<std::string> others = {"broker 1", "broker 3",  "controller 1",
                                             "sensors",  "billing-1", "billing-2"};
    QCOMPARE(offer.choices[0].command, Command(CutLink{"broker 2", others}));
    QVERIFY(faultOffer(Fault::HealAll, broker, frame).choices.empty());
    frame.cluster.cuts = {{0, 1}, {1, 3, true}, {0, 2}};
    const FaultOffer heal = faultOffer(Fault::HealAll, broker, frame);
    QCOMPARE(heal.choices.size(), std::size_t(1));
    QCOMPARE(heal.choices[0].command,
             Command(HealLink{"broker 2", std::vector<std::string>{"broker 1", "controller 1"}}));
}

void FaultsTest::linksClocksAndMessages()
{
    Frame frame = sample();
    const Selection sensors = select(Selection::Kind::Producer, 0);
    const FaultOffer oneWay = faultOffer(Fault::CutOneWay, sensors, frame);
    QCOMPARE(oneWay.choices.size(), std::size_t(6));
    QCOMPARE(oneWay.choices[1].command, Command(CutLink{"broker 1", "sensors", true}));
    QCOMPARE(oneWay.choices[1].text, QStringLiteral("only from broker 1 to sensors"));
    const FaultOffer slow = faultOffer(Fault::ChangeLink, sensors, frame);
    QCOMPARE(slow.choices.size(), std::size_t(11)); // all its links, and each of three
    QCOMPARE(slow.choices[2].command, Command(ChangeLink{"sensors", "broker 1", 300'000, 0}));
    QVERIFY(faultOffer(Fault::ResetLink, {}, frame).choices.empty());
    frame.cluster.changed = {{0, 2, 300'000, 1'000}};
    QCOMPARE(faultOffer(Fault::ResetLink, {}, frame).choices.at(0).command,
             Command(ResetLink{"broker 1", "broker 3"}));
    QCOMPARE(faultOffer(Fault::SkewClock, sensors, frame).choices.at(0).command,
             Command(SkewClock{"sensors", -300'000'000}));
    QVERIFY(faultOffer(Fault::SkewClock, select(Selection::Kind::Member, 0), frame).choices.empty());
    frame.cluster.aims = {{static_cast<std::int32_t>(*messageNamed("Produce")), 4, 0}};
    const FaultOffer cancel = faultOffer(Fault::CancelAim, {}, frame);
    QCOMPARE(cancel.choices.at(0).text, QStringLiteral("at Produce from sensors to broker 1"));
    QCOMPARE(cancel.choices.at(0).command, Command(CancelAim{"Produce", "sensors", "broker 1"}));
    frame.cluster.rollingRestart = true;
    QCOMPARE(faultOffer(Fault::CancelRestart, {}, frame).choices.at(0).command,
             Command(CancelRollingRestart{}));
    QCOMPARE(faultOffer(Fault::Aim, sensors, frame).choices.at(1).command,
             Command(AimFault{"ProduceResponse", "broker 1", "sensors", 1, 0}));
    for (const Fault fault : {Fault::CutOneWay, Fault::ChangeLink, Fault::Aim})
        QVERIFY(!faultOfferOrTargets(fault, {}, frame).choices.empty());
}

void FaultsTest::ratesAreOthersThanNow()
{
    const FaultOffer offer = faultOffer(Fault::ChangeRate, select(Selection::Kind::Producer, 0), sample());
    std::set<std::int64_t> rates;
    for (const FaultChoice& choice : offer.choices)
        rates.insert(std::get<ChangeRate>(choice.command).recordsPerSecond);
    QVERIFY(rates.contains(0) && rates.contains(400));
    QVERIFY(!rates.contains(200));
    QCOMPARE(rates.size(), offer.choices.size());
}

void FaultsTest::anEndedRunTakesNoCommand()
{
    Frame frame = sample();
    frame.ended = true;
    for (int fault = 0; fault < kFaults; ++fault)
        QVERIFY(
            faultOffer(static_cast<Fault>(fault), select(Selection::Kind::Broker, 1), frame).choices.empty());
    QVERIFY(!faultOffer(Fault::KillBroker, {}, Frame()).reason.isEmpty());
}

void FaultsTest::aClickAsksForTheCommand()
{
    FaultsPanel panel;
    panel.setFrame(std::make_shared<const Frame>(sample()));
    panel.setSelection(select(Selection::Kind::Broker, 1));
    QSignalSpy asked(&panel, &FaultsPanel::commandRequested);
    QTest::mouseClick(panel.button(Fault::KillBroker), Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
    QCOMPARE(lastCommand(asked), Command(KillBroker{1}));
    QTest::mouseClick(panel.button(Fault::StartBroker), Qt::LeftButton);
    QCOMPARE(asked.count(), 1); // it runs: disabled
}

void FaultsTest::aChoiceIsAskedFor()
{
    FaultsPanel panel;
    panel.show();
    panel.setFrame(std::make_shared<const Frame>(sample()));
    panel.setSelection(select(Selection::Kind::Broker, 1));
    QSignalSpy asked(&panel, &FaultsPanel::commandRequested);
    panel.action(Fault::SlowFollower)->trigger();
    QCOMPARE(asked.count(), 0);
    auto* menu = panel.findChild<QMenu*>();
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), 5);
    menu->actions()[1]->trigger();
    QCOMPARE(lastCommand(asked), Command(SlowFollower{1, 100'000}));
    menu->close();
}

void FaultsTest::withoutASelectionItAsksWhom()
{
    const FaultOffer kill = faultOfferOrTargets(Fault::KillBroker, {}, sample());
    QCOMPARE(kill.choices.size(), std::size_t(2)); // broker 2 is stopped
    QCOMPARE(kill.choices[0].text, QStringLiteral("broker 1"));
    QCOMPARE(kill.choices[1].command, Command(KillBroker{3}));
    // A member cannot be killed as a broker: who can is offered.
    QCOMPARE(
        faultOfferOrTargets(Fault::KillBroker, select(Selection::Kind::Member, 0), sample()).choices.size(),
        std::size_t(2));
    const FaultOffer crash = faultOfferOrTargets(Fault::CrashConsumer, {}, sample());
    QCOMPARE(crash.choices.size(), std::size_t(1));
    QCOMPARE(crash.choices[0].text, QStringLiteral("billing-1"));
    // One target alone is still asked for: a person who selected nothing sees whom it hits.
    FaultsPanel panel;
    panel.show();
    panel.setFrame(std::make_shared<const Frame>(sample()));
    QSignalSpy asked(&panel, &FaultsPanel::commandRequested);
    panel.action(Fault::CrashConsumer)->trigger();
    QCOMPARE(asked.count(), 0);
    panel.findChild<QMenu*>()->actions()[0]->trigger();
    QCOMPARE(lastCommand(asked), Command(CrashConsumer{"billing-1"}));
    Frame large = sample();
    large.cluster.brokers.assign(100, large.cluster.brokers[0]);
    QVERIFY(faultOfferOrTargets(Fault::KillBroker, {}, large).choices.empty());
}

// A name that cannot be one is said to be none, and cannot be created.
void FaultsTest::aTopicIsNamedFreely()
{
    CreateTopicDialog dialog(2, QStringLiteral("topic-1"));
    auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("name"));
    auto* fault = dialog.findChild<QLabel*>(QStringLiteral("fault"));
    QPushButton* create = dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok);
    QVERIFY(create->isEnabled());
    name->setText(QStringLiteral("two words"));
    QVERIFY(!create->isEnabled());
    QVERIFY2(fault->text().contains(QStringLiteral("two words")), qPrintable(fault->text()));
    name->setText(QStringLiteral("payments"));
    dialog.findChild<QSpinBox*>(QStringLiteral("partitions"))->setValue(7);
    std::optional<CreateTopic> wanted;
    connect(&dialog, &CreateTopicDialog::topicWanted, this,
            [&](const CreateTopic& topic) { wanted = topic; });
    create->click();
    QVERIFY(wanted.has_value());
    QCOMPARE(wanted->topic, std::string("payments"));
    QCOMPARE(wanted->partitions, 7);
    QCOMPARE(wanted->replicationFactor, 2); // no more than there are brokers
    QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
}

void FaultsTest::aLinkIsOfferedOnce()
{
    std::set<std::set<std::string>> links;
    const FaultOffer offer = faultOfferOrTargets(Fault::CutLink, {}, sample());
    for (const FaultChoice& choice : offer.choices) {
        const auto& cut = std::get<CutLink>(choice.command);
        links.insert({cut.from.names.front(), cut.to.names.front()});
    }
    QCOMPARE(links.size(), offer.choices.size());
    QVERIFY(links.contains({"broker 1", "broker 2"}) && links.contains({"broker 3", "sensors"}));
}

void FaultsTest::everyActionHasTextTooltipAndItsOwnShortcut()
{
    FaultsPanel panel;
    std::set<QString> shortcuts;
    for (const QAction* action : panel.faultActions()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(!action->toolTip().isEmpty());
        QVERIFY(!action->shortcut().isEmpty());
        QVERIFY2(shortcuts.insert(action->shortcut().toString()).second, qPrintable(action->text()));
    }
    QCOMPARE(static_cast<int>(shortcuts.size()), kFaults);
}

void FaultsTest::aDisabledActionSaysWhy()
{
    FaultsPanel panel;
    Frame frame = sample();
    frame.cluster.brokers = {frame.cluster.brokers[1]}; // broker 2 alone, which is stopped
    panel.setFrame(std::make_shared<const Frame>(frame));
    QVERIFY(!panel.action(Fault::KillBroker)->isEnabled());
    QVERIFY(panel.action(Fault::KillBroker)->toolTip().contains(QStringLiteral("Select a broker first")));
    panel.setSelection(select(Selection::Kind::Broker, 2));
    QVERIFY(panel.action(Fault::KillBroker)->toolTip().contains(QStringLiteral("broker 2 is stopped")));
    QVERIFY(panel.action(Fault::StartBroker)->isEnabled());
    QVERIFY(!panel.action(Fault::StartBroker)->toolTip().contains(QStringLiteral("broker 2")));
}

void FaultsTest::guaranteesAndInvariantsAreTwoLists()
{
    PromisesPanel panel;
    Frame frame;
    frame.guarantees = {{Guarantee::Kind::NoAcknowledgedRecordLost, true, 0},
                        {Guarantee::Kind::OncePerGroup, false, 14}};
    frame.invariantChecks = 9;
    panel.setFrame(std::make_shared<const Frame>(frame));
    QCOMPARE(panel.guarantees(),
             QStringList({QStringLiteral("✓ no acknowledged record lost"),
                          QStringLiteral("✗ each record once per group: broken for 14 records")}));
    QCOMPARE(panel.invariants(), QStringList({QStringLiteral("✓ 9 kinds are checked, all hold")}));
    frame.invariantBroken = true;
    frame.guarantees.pop_back();
    panel.setFrame(std::make_shared<const Frame>(frame));
    QCOMPARE(panel.guarantees().size(), 1);
    QVERIFY(panel.invariants()[0].startsWith(QStringLiteral("✗")));
    panel.setFrame(nullptr);
    QVERIFY(panel.guarantees().isEmpty() && panel.invariants().isEmpty());
}

TIDELINE_GUI_TEST_MAIN(FaultsTest)
#include "faults_test.moc"
