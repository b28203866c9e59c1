// SPDX-License-Identifier: GPL-3.0-or-later
// A fault that waits for one message: the n-th of its kind between two nodes is lost or held up, no other.
#include "engine/cluster/message.h"
#include "tests/engine/lab/two_brokers.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

Engine aimed(const AimFault& aim, Micros until)
{
    Scenario scenario = twoBrokers();
    scenario.producers[0].requestTimeout = 15'000'000; // it waits until the ISR shrinks
    scenario.script = {{20'000'000, aim}};
    Engine engine(scenario);
    engine.advanceTo(until);
    return engine;
}

} // namespace

class AimedFaultTest : public QObject
{
    Q_OBJECT

private slots:
    void everyKindHasItsName()
    {
        QCOMPARE(*messageNamed("Produce"), MessageBody::kindOf<ProduceRequest>());
        QCOMPARE(*messageNamed("ReplicaFetchResponse"), MessageBody::kindOf<ReplicaFetchResponse>());
        QCOMPARE(*messageNamed("Quorum"), MessageBody::kindOf<QuorumRequest>());
        QCOMPARE(*messageNamed("HeartbeatResponse"), MessageBody::kindOf<HeartbeatResponse>());
        QCOMPARE(*messageNamed("ApiVersionsResponse"), MessageBody::kindOf<ApiVersionsResponse>());
        QVERIFY(!messageNamed("produce"));
        const auto named = [](const MessageBody& body) {
            return std::string(kMessageNames[narrowestName(body)]);
        };
        QCOMPARE(named(ProduceRequest{}), std::string("Produce"));
        QCOMPARE(named(QuorumRequest{1, RaftFetchRequest{}}), std::string("QuorumFetch"));
        QCOMPARE(named(QuorumRequest{1, UpdateRaftVoterRequest{}}), std::string("UpdateRaftVoter"));
        RaftAnswer answer;
        answer.body = RaftFetchAnswer{};
        QCOMPARE(named(QuorumResponse{1, answer}), std::string("QuorumFetchResponse"));
        answer.body = Acknowledgement{AcknowledgedCall::EndQuorumEpoch};
        QCOMPARE(named(QuorumResponse{1, answer}), std::string("EndQuorumEpochResponse"));
    }

    // The third from then on, of that kind, that way.
    void itCountsFromNowOn()
    {
        ClusterConfig config;
        Network net(config);
        net.aim({static_cast<std::int32_t>(MessageBody::kindOf<MetadataRequest>()), 3, 4, 2, 0, 9});
        const auto sent = [](NodeIndex from, NodeIndex to, MessageBody body) {
            return Message{from, to, 1, 0, 0, std::move(body)};
        };
        QVERIFY(!net.strike(sent(3, 4, MetadataRequest{})));
        QVERIFY(!net.strike(sent(4, 3, MetadataRequest{})));
        QVERIFY(!net.strike(sent(3, 5, MetadataRequest{})));
        QVERIFY(!net.strike(sent(3, 4, HeartbeatRequest{0, "x", 1})));
        const auto struck = net.strike(sent(3, 4, MetadataRequest{}));
        QVERIFY(struck);
        QCOMPARE(struck->fact, FactNumber{9});
        QVERIFY(net.aims().empty());
        QVERIFY(!net.strike(sent(3, 4, MetadataRequest{})));
    }

    // The link lives, and only the follower's own time-out ends the wait; by then it has left the ISR.
    void aLostFetchCostsTheIsr()
    {
        Engine engine = aimed({"ReplicaFetch", "broker 2", "broker 1", 3, 0}, 60'000'000);
        const std::vector<Fact> dropped = factsOf<MessageDropped>(engine);
        QCOMPARE(dropped.size(), std::size_t{1});
        QCOMPARE(causeOf(engine, dropped[0]), std::string("FaultAimed"));
        const std::vector<Fact> shrank = factsOf<IsrShrank>(engine);
        QCOMPARE(shrank.size(), std::size_t{1});
        QCOMPARE(shrank[0].cause, dropped[0].number);
        const std::vector<Fact> gaveUp = factsOf<ConnectionTimedOut>(engine);
        QCOMPARE(gaveUp.size(), std::size_t{1});
        QCOMPARE(gaveUp[0].time, dropped[0].time + 30'000'000); // replica.socket.timeout.ms
        QCOMPARE(gaveUp[0].cause, dropped[0].number);
        QCOMPARE(engine.world().metadata().partition(0).isr.size(), std::size_t{2}); // in again
        QCOMPARE(engine.world().network->find(0, 1)->struckBy, FactNumber{0});
    }

    // The records are written, nobody tells the producer, and it sends them again.
    void aLostAnswerWritesTwice()
    {
        Engine engine = aimed({"ProduceResponse", "broker 1", "p", 1, 0}, 60'000'000);
        QCOMPARE(factsOf<MessageDropped>(engine).size(), std::size_t{1});
        const std::vector<Fact> gaveUp = factsOf<ConnectionTimedOut>(engine);
        QCOMPARE(gaveUp.size(), std::size_t{1});
        QCOMPARE(gaveUp[0].cause, factsOf<MessageDropped>(engine)[0].number);
        QVERIFY(static_cast<std::int64_t>(appended(engine, 1)) >
                engine.world().producers.at(0)->counts().acknowledged);
    }

    // Within TCP: what is sent after it waits behind it, nothing is lost and nothing is sent twice.
    void aHeldUpMessageKeepsTheOrder()
    {
        Engine engine = aimed({"Produce", "p", "broker 1", 2, 3'000'000}, 60'000'000);
        const std::vector<Fact> held = factsOf<MessageDelayed>(engine);
        QCOMPARE(held.size(), std::size_t{1});
        QVERIFY(factsOf<MessageDropped>(engine).empty() && factsOf<ConnectionTimedOut>(engine).empty());
        const ReplicaLog& log = engine.world().brokers.at(0)->replica(0)->log;
        RecordNumber next = 0;
        for (std::size_t i = 0; i < log.batchCount(); ++i) {
            QCOMPARE(log.batch(i).firstK, next);
            next += log.batch(i).records;
        }
        QVERIFY(next > 900);
    }

    // What was aimed alike goes with it, anything else goes on waiting.
    void itCanBeCancelled()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        const CancelAim cancel{"Produce", "p", "broker 1"};
        const auto refused = engine.apply(cancel);
        QVERIFY(refused);
        QCOMPARE(refused->sentence,
                 std::string("cancel the aim at Produce: no fault waits for one from p to broker 1: none was "
                             "aimed, or it has struck; aim one first"));
        QVERIFY(!engine.apply(AimFault{"Produce", "p", "broker 1", 500'000, 0}));
        QVERIFY(!engine.apply(AimFault{"Produce", "p", "broker 1", 600'000, 0}));
        QVERIFY(!engine.apply(AimFault{"ProduceResponse", "broker 1", "p", 500'000, 0}));
        engine.advanceTo(10'000'001);
        QCOMPARE(engine.world().network->aims().size(), std::size_t{3});
        QVERIFY(!engine.apply(cancel));
        engine.advanceTo(10'000'002);
        QCOMPARE(engine.world().network->aims().size(), std::size_t{1});
        QCOMPARE(factsOf<AimCancelled>(engine).size(), std::size_t{1});
        QVERIFY(engine.apply(cancel));
        QVERIFY(engine.apply(CancelAim{"Produse", "p", "broker 1"}));
        QVERIFY(engine.apply(CancelAim{"Produce", "p", "broker 9"}));
    }

    void whatIsWrongIsSaid()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        const auto refused = engine.apply(AimFault{"Produse", "p", "broker 1", 1, 0});
        QVERIFY(refused);
        QCOMPARE(refused->sentence,
                 std::string("aim at Produse: there is no such message; the nearest is \"Produce\""));
        QVERIFY(engine.apply(AimFault{"Produce", "p", "p", 1, 0}));
        QVERIFY(engine.apply(AimFault{"Produce", "p", "broker 7", 1, 0}));
        QVERIFY(engine.apply(AimFault{"Produce", "p", "broker 1", 0, 0}));
        QVERIFY(engine.apply(AimFault{"Produce", "p", "broker 1", 1, -1}));
        QVERIFY(!engine.apply(AimFault{"Produce", "p", "broker 1", 1'000'000'000, 1}));
    }
};

TIDELINE_RULE_TEST(AimedFaultTest)
#include "aimed_fault_test.moc"
