// SPDX-License-Identifier: GPL-3.0-or-later
// A change of any part of a run's state changes its hash.
#include "engine/lab/engine.h"
#include "engine/lab/world_hash.h"
#include "tests/engine/lab/alter.h"
#include "tests/engine/lab/runs.h"
#include "tests/engine/rule_tests.h"

#include <functional>

using namespace tideline;
using namespace tideline::tests;

using Change = std::function<void(World&)>;
Q_DECLARE_METATYPE(Change)

namespace {

// Two brokers, a producer, a group and a pipeline in the middle of a run, with an act to come, a node that is
// paused and a link that is cut, so that something is held.
const World& middleOfARun()
{
    static const Engine engine = [] {
        Scenario scenario = smallScenario();
        scenario.cluster.brokers = 2;
        scenario.topics.front().replicationFactor = 2;
        PipelineSpec pipeline;
        pipeline.name = "w";
        pipeline.from = "orders";
        scenario.pipelines = {pipeline};
        scenario.script = {TimedCommand{14'000'000, PauseBroker{2}},
                           TimedCommand{14'000'000, CutLink{"broker 1", "billing-1"}},
                           TimedCommand{50'000'000, ChangeRate{"sensors", 7}}};
        Engine run(scenario);
        run.advanceTo(15'000'000);
        return run;
    }();
    return engine.world();
}

// Takes out the first event that the change finds, alters it and puts it back in its place.
template <class Body>
void alterEvent(World& world, const std::function<void(Event&, Body&)>& change)
{
    EventQueue<Event> altered;
    bool done = false;
    while (!world.queue->empty()) {
        auto [time, event] = world.queue.edit().pop();
        if (Body* body = std::get_if<Body>(&event.body); body && !done) {
            change(event, *body);
            done = true;
        }
        if (std::holds_alternative<CarryOutAct>(event.body))
            altered.pushAct(time, event);
        else
            altered.push(time, event);
    }
    QVERIFY2(done, "the run has no such event");
    world.queue.edit() = altered;
}

} // namespace

class WorldHashTest : public QObject
{
    Q_OBJECT

private slots:
    void aCopyHasTheSameHash()
    {
        World copy = middleOfARun();
        QCOMPARE(hashWorld(copy), hashWorld(middleOfARun()));
        alterEvent<RingTimer>(copy, [](Event&, RingTimer&) {}); // put back as it was
        QCOMPARE(hashWorld(copy), hashWorld(middleOfARun()));
    }

    void every_data()
    {
        QTest::addColumn<Change>("change");
        const auto row = [](const char* part, Change change) { QTest::newRow(part) << change; };
        row("now", [](World& w) { ++w.now; });
        row("events", [](World& w) { ++w.events; });
        row("invariantBroken", [](World& w) { w.invariantBroken = true; });
        row("journal", [](World& w) { w.journal.add(w.now, 0, BrokerKilled{1}); });
        row("network", [](World& w) { tests::alter(w.network); });
        row("nodes", [](World& w) { tests::alter(w.nodes.at(0)); });
        row("a node's draws", [](World& w) { w.nodes.at(0).edit().draws.next(); });
        row("controller", [](World& w) { tests::alter(w.controllers.at(0)); });
        row("committed", [](World& w) { ++w.committed.offset; });
        row("brokers", [](World& w) { tests::alter(w.brokers.at(1)); });
        row("producers", [](World& w) { tests::alter(w.producers.at(0)); });
        row("pipelines", [](World& w) { tests::alter(w.pipelines.at(0)); });
        row("members", [](World& w) { tests::alter(w.members.at(0)); });
        row("membersEver", [](World& w) { ++w.membersEver.at(0); });
        row("truths", [](World& w) { tests::alter(w.truths.at(0)); });
        row("groups", [](World& w) { tests::alter(w.groups.at(0)); });
        row("ledger", [](World& w) { w.ledger.produced(RecordsProduced{0, 0, 0, 1, 1}); });
        row("rollUps", [](World& w) { w.rollUps.count(w.producedLine, 1); });
        row("what a paused node holds", [](World& w) {
            std::vector<Event>& held = w.nodes.at(1).edit().held;
            QVERIFY(!held.empty());
            held.pop_back();
        });
        row("what a cut link holds", [](World& w) {
            Network& network = w.network.edit();
            for (const Network::Link& link : network.links()) {
                if (!link.held.empty()) {
                    network.link(link.a, link.b).held.pop_back();
                    return;
                }
            }
            QFAIL("no link holds anything");
        });
        row("an event's cause",
            [](World& w) { alterEvent<RingTimer>(w, [](Event& event, RingTimer&) { ++event.cause; }); });
        row("an event's node",
            [](World& w) { alterEvent<RingTimer>(w, [](Event& event, RingTimer&) { ++event.node; }); });
        row("a timer",
            [](World& w) { alterEvent<RingTimer>(w, [](Event&, RingTimer& ring) { ++ring.timer.a; }); });
        row("whose timer",
            [](World& w) { alterEvent<RingTimer>(w, [](Event&, RingTimer& ring) { ++ring.incarnation; }); });
        row("when a timer is due",
            [](World& w) { alterEvent<RingTimer>(w, [](Event&, RingTimer& ring) { ++ring.due; }); });
        row("an act", [](World& w) {
            alterEvent<CarryOutAct>(w, [&w](Event&, CarryOutAct& act) {
                TimedCommand& timed = w.commands.edit().at(static_cast<std::size_t>(act.act));
                std::get<ChangeRate>(timed.command).recordsPerSecond = 8;
            });
        });
        row("one more event", [](World& w) {
            w.queue.edit().push(w.now + 1, Event{0, 0, CloseSeen{1, 2, 0}});
        });
    }

    void every()
    {
        QFETCH(Change, change);
        World world = middleOfARun();
        change(world);
        QVERIFY(hashWorld(world) != hashWorld(middleOfARun()));
    }

    // A closed connection that somebody will see: each of its numbers counts.
    void closedConnections_data()
    {
        QTest::addColumn<int>("peer");
        QTest::addColumn<int>("upTo");
        QTest::addColumn<int>("incarnation");
        QTest::newRow("peer") << 2 << 2 << 0;
        QTest::newRow("up to") << 1 << 3 << 0;
        QTest::newRow("incarnation") << 1 << 2 << 1;
    }

    void closedConnections()
    {
        QFETCH(int, peer);
        QFETCH(int, upTo);
        QFETCH(int, incarnation);
        World one = middleOfARun();
        World other = middleOfARun();
        one.queue.edit().push(one.now + 1, Event{0, 0, CloseSeen{1, 2, 0}});
        other.queue.edit().push(one.now + 1, Event{0, 0, CloseSeen{peer, upTo, incarnation}});
        QVERIFY(hashWorld(one) != hashWorld(other));
    }

    // A message that a cut link has held goes before others.
    void howAMessageGoesOn()
    {
        World one = middleOfARun();
        World other = middleOfARun();
        const Message message = tests::sample<Message>();
        one.queue.edit().push(one.now + 1, Event{0, 1, DeliverMessage{message}});
        other.queue.edit().push(one.now + 1, Event{0, 1, DeliverMessage{message, DeliverMessage::Way::Late}});
        QVERIFY(hashWorld(one) != hashWorld(other));
    }

    // What only helps to find or to draw is no part of the run.
    void viewsDoNotCount()
    {
        World world = middleOfARun();
        world.marks.edit().clear();
        world.names.reset();
        QCOMPARE(hashWorld(world), hashWorld(middleOfARun()));
    }
};

TIDELINE_RULE_TEST(WorldHashTest)
#include "world_hash_test.moc"
