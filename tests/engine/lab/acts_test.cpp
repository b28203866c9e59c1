// SPDX-License-Identifier: GPL-3.0-or-later
// What a person may do: the same as a script may, and nothing twice.
#include "engine/lab/engine.h"
#include "engine/lab/world.h"
#include "tests/engine/lab/runs.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

// A broker, a producer of twenty records a second and a group of one, at 20 s.
Engine engineOf(Micros processing = 0)
{
    Scenario scenario = smallScenario();
    scenario.cluster.brokers = 1;
    scenario.duration = 120'000'000;
    scenario.topics = {TopicSpec{"orders", 1, 1, 1}};
    scenario.producers.front().generator->recordsPerSecond = 20;
    scenario.groups.front().processing = processing;
    Engine engine(scenario);
    engine.advanceTo(20'000'000);
    return engine;
}

} // namespace

class ActsTest : public QObject
{
    Q_OBJECT

private slots:
    void slownessHasTheLimitOfTheScenario()
    {
        Engine engine = engineOf();
        QVERIFY(!engine.apply(SlowFollower{1, kLongestSlowness}));
        const auto refused = engine.apply(SlowFollower{1, kLongestSlowness + 1});
        QVERIFY(refused);
        QVERIFY(refused->sentence.find("0 s to 3600 s") != std::string::npos);
    }

    void aMemberStartsOnce()
    {
        Engine engine = engineOf();
        QVERIFY(!engine.apply(StopConsumer{"billing-1"}));
        engine.advanceTo(21'000'000);
        QVERIFY(!engine.apply(StartConsumer{"billing-1"}));
        engine.advanceTo(21'000'001); // it takes effect
        QVERIFY(engine.apply(StartConsumer{"billing-1"}));
        engine.advanceTo(60'000'000);
        QCOMPARE(engine.world().members.at(0)->state(), MemberState::Stable);
    }

    // What the controller refuses is refused before it happens, with Kafka's name for it.
    void anAdministratorIsToldWhy()
    {
        Engine engine = engineOf();
        const auto refused = engine.apply(ElectLeader{"orders", 0, false});
        QVERIFY(refused);
        QVERIFY2(refused->sentence.find("ELECTION_NOT_NEEDED") != std::string::npos,
                 refused->sentence.c_str());
        QVERIFY(engine.apply(ReassignPartition{"orders", 0, {}})); // NO_REASSIGNMENT_IN_PROGRESS
        QVERIFY(engine.apply(ReassignPartition{"orders", 0, {7}}));
        QVERIFY(engine.apply(AlterTopicConfig{"orders", "min.insync.replicas", "none"}));
        QVERIFY(!engine.apply(AlterTopicConfig{"orders", "min.insync.replicas", "2"}));
        engine.advanceTo(21'000'000);
        QCOMPARE(engine.world().metadata().effectiveMinIsr(0), 1); // there is one replica
    }

    // A dead broker is not fenced until there is a controller again, and then after a whole session.
    void withoutAControllerNobodyIsFenced()
    {
        Engine engine = engineOf();
        QVERIFY(!engine.apply(KillController{1}));
        engine.advanceTo(21'000'000);
        QVERIFY(!engine.apply(KillBroker{1}));
        engine.advanceTo(50'000'000);
        QCOMPARE(engine.world().metadata().partition(0).leader, 1);
        QVERIFY(engine.apply(ElectLeader{"orders", 0, false})); // nobody to ask
        QVERIFY(!engine.apply(StartController{1}));
        engine.advanceTo(58'900'000);
        QCOMPARE(engine.world().metadata().partition(0).leader, 1);
        engine.advanceTo(62'000'000); // a session, and an eighth
        QCOMPARE(engine.world().metadata().partition(0).leader, kNone);
        QCOMPARE(engine.world().controllers.at(0)->epoch(), 2);
    }

    // What a script asks of a controller that is dead is not answered by it.
    void aDeadControllerJudgesNothing()
    {
        Scenario scenario;
        scenario.cluster.brokers = 1;
        scenario.duration = 10'000'000;
        scenario.topics = {TopicSpec{"orders", 1, 1, 1}};
        scenario.script = {{5'000'000, KillController{1}},
                           {6'000'000, AlterTopicConfig{"orders", "min.insync.replicas", "1"}}};
        Engine engine(scenario);
        engine.advanceTo(scenario.duration);
        std::vector<ErrorCode> refusals;
        for (std::size_t i = 0; i < engine.journal().size(); ++i) {
            if (const auto* refused = std::get_if<AdminRequestRefused>(&engine.journal()[i].body))
                refusals.push_back(refused->error);
        }
        QCOMPARE(refusals, std::vector<ErrorCode>{ErrorCode::RequestTimedOut});
    }

    // close() in the middle of the work: who comes next is given the rest.
    void aCleanStopLosesNothing()
    {
        Engine engine = engineOf(200'000); // slower than what comes: there is always work in hand
        for (int i = 0; i < 3; ++i) {
            QVERIFY(!engine.apply(StopConsumer{"billing-1"}));
            engine.advanceTo(engine.now() + 1'000'000);
            QVERIFY(!engine.apply(StartConsumer{"billing-1"}));
            engine.advanceTo(engine.now() + 20'123'456);
        }
        QVERIFY(engine.ledger(0).once > 100);
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
        QCOMPARE(engine.ledger(0).repeated, std::int64_t{0});
    }
};

TIDELINE_RULE_TEST(ActsTest)
#include "acts_test.moc"
