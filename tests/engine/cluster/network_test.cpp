// SPDX-License-Identifier: GPL-3.0-or-later
// When a message arrives: bandwidth on the sender's side, latency on the way, in order each way; and what a
// cut does to a request.
#include "engine/cluster/network.h"
#include "engine/lab/engine.h"
#include "engine/lab/world.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kLatency = 1000;
constexpr std::int64_t kBandwidth = 1'000'000; // bytes a second: a byte a µs

Network network()
{
    ClusterConfig config;
    config.linkLatency = kLatency;
    config.linkBandwidth = kBandwidth;
    return Network(config);
}

// A broker, and a producer that waits for its acknowledgements.
Scenario oneProducer(std::int64_t recordsPerSecond)
{
    Scenario scenario;
    scenario.cluster.brokers = 1;
    scenario.duration = 60'000'000;
    scenario.topics = {TopicSpec{"t", 1, 1, 1}};
    ProducerSpec producer;
    producer.name = "p";
    producer.topic = "t";
    producer.generator = GeneratorSpec{};
    producer.generator->recordsPerSecond = recordsPerSecond;
    scenario.producers = {producer};
    return scenario;
}

// When facts of this kind were given.
template <class Kind>
std::vector<Micros> timesOf(const Engine& engine)
{
    std::vector<Micros> times;
    for (std::size_t i = 0; i < engine.journal().size(); ++i) {
        if (std::holds_alternative<Kind>(engine.journal()[i].body))
            times.push_back(engine.journal()[i].time);
    }
    return times;
}

} // namespace

class NetworkTest : public QObject
{
    Q_OBJECT

private slots:
    void aLinkIsTheSameFromBothEnds()
    {
        Network net = network();
        QVERIFY(!net.find(2, 5));
        net.link(5, 2).latency = 7;
        net.link(2, 9).latency = 8; // further along the same row of the table
        net.link(0, 1).latency = 9;
        QCOMPARE(net.links().size(), std::size_t{3});
        QCOMPARE(net.find(2, 5)->latency, Micros{7});
        QCOMPARE(net.find(5, 2), net.find(2, 5));
        QCOMPARE(net.link(9, 2).latency, Micros{8});
        QCOMPARE(net.links().size(), std::size_t{3});
        QVERIFY(!net.find(2, 6));
        QVERIFY(!net.find(2, 10));
        QVERIFY(!net.find(kNone, 2));
        // A copy makes links of its own.
        Network copy = net;
        copy.link(3, 4);
        QVERIFY(copy.find(3, 4));
        QVERIFY(!net.find(3, 4));
    }

    void latencyAndBandwidthAddUp()
    {
        Network net = network();
        QCOMPARE(net.arrival(net.link(1, 2), 1, 500, 10'000, 0), Micros{10'000 + 500 + kLatency});
    }

    void secondMessageWaitsForTheSender()
    {
        Network net = network();
        Network::Link& link = net.link(1, 2);
        QCOMPARE(net.arrival(link, 1, 500, 0, 0), Micros{500 + kLatency});
        QCOMPARE(net.arrival(link, 1, 300, 100, 0), Micros{800 + kLatency}); // the link is busy until 500
        QCOMPARE(net.arrival(link, 1, 300, 5000, 0), Micros{5300 + kLatency});
    }

    void theTwoWaysDoNotWaitForEachOther()
    {
        Network net = network();
        Network::Link& link = net.link(1, 2);
        net.arrival(link, 1, 900'000, 0, 0);
        QCOMPARE(net.arrival(link, 2, 500, 0, 0), Micros{500 + kLatency});
    }

    void linksDoNotWaitForEachOther()
    {
        Network net = network();
        net.arrival(net.link(1, 2), 1, 900'000, 0, 0);
        QCOMPARE(net.arrival(net.link(1, 3), 1, 500, 0, 0), Micros{500 + kLatency});
    }

    // A message that is held up holds up those behind it: TCP has one order.
    void nothingOvertakes()
    {
        Network net = network();
        Network::Link& link = net.link(1, 2);
        const Micros slow = net.arrival(link, 1, 100, 0, 40'000);
        QCOMPARE(slow, Micros{100 + kLatency + 40'000});
        QCOMPARE(net.arrival(link, 1, 100, 200, 0), slow);
        QCOMPARE(net.arrival(link, 2, 100, 200, 0), Micros{300 + kLatency}); // the other way is free
    }

    void aLinkIsFoundFromBothEnds()
    {
        Network net = network();
        net.link(7, 3).cut[0] = true;
        QVERIFY(net.link(3, 7).cut[0]);
        QCOMPARE(net.links().size(), std::size_t{1});
        QCOMPARE(net.link(3, 7).a, 3);
        QCOMPARE(Network::direction(net.link(3, 7), 3), std::size_t{0});
        QCOMPARE(Network::direction(net.link(3, 7), 7), std::size_t{1});
        net.link(3, 8);
        QVERIFY(net.links()[1].whole());
    }

    // A way that is cut keeps everything. The other way carries what is sent on a connection that was open
    // before: opening one takes both ways.
    void aLinkCutOneWayCarriesOpenConnections()
    {
        Network net = network();
        Network::Link& link = net.link(1, 2);
        const auto carries = [&](NodeIndex from, std::int32_t connection) {
            return Network::carries(link, Message{from, 3 - from, 1, connection, 0, MetadataRequest{}});
        };
        QVERIFY(carries(1, 0) && carries(2, 0));
        link.opened = 4;
        link.cut[Network::direction(link, 1)] = true;
        QVERIFY(!carries(1, 4) && carries(2, 4));
        QVERIFY(!carries(1, 5) && !carries(2, 5));
    }

    void aChangedLinkIsNoOther()
    {
        Network net = network();
        net.link(1, 2).latency = 70'000;
        net.link(1, 2).bandwidth = 1'000;
        QCOMPARE(net.arrival(net.link(1, 2), 2, 500, 0, 0), Micros{500'000 + 70'000});
        QCOMPARE(net.arrival(net.link(1, 3), 1, 500, 0, 0), Micros{500 + kLatency});
    }

    // One side has closed the connection: what the other had sent before still arrives.
    void closedConnectionIsOneWay()
    {
        Network net = network();
        Network::Link& link = net.link(1, 2);
        link.connection = 1;
        link.validFrom[Network::direction(link, 1)] = 1;
        QVERIFY(!Network::valid(link, 1, 0));
        QVERIFY(Network::valid(link, 1, 1));
        QVERIFY(Network::valid(link, 2, 0));
    }

    // A producer whose link is cut learns nothing until request.timeout.ms; then it gives the connection up.
    void cutLinkAnswersNothingUntilTheTimeOut()
    {
        Scenario scenario = oneProducer(10);
        scenario.producers[0].requestTimeout = 7'000'000;
        scenario.script = {TimedCommand{10'000'000, CutLink{"broker 1", "p"}}};
        Engine engine(scenario);
        engine.advanceTo(10'000'000);
        QVERIFY(!timesOf<RecordsAppended>(engine).empty());
        engine.advanceTo(16'999'999);
        QVERIFY(timesOf<ConnectionTimedOut>(engine).empty());
        engine.advanceTo(17'200'000); // it asks every 100 ms: first within 100 ms of the cut
        QCOMPARE(timesOf<ConnectionTimedOut>(engine).size(), std::size_t{1});
        QVERIFY(timesOf<ConnectionTimedOut>(engine).front() >= 17'000'000);
    }

    // Across a cut nobody learns that the other end does not run: a new connection is not refused either.
    void cutLinkHidesADeadBroker()
    {
        Scenario scenario = oneProducer(10);
        scenario.producers[0].requestTimeout = 7'000'000;
        scenario.script = {TimedCommand{10'000'000, CutLink{"broker 1", "p"}},
                           TimedCommand{11'000'000, KillBroker{1}},
                           TimedCommand{40'000'000, HealLink{"broker 1", "p"}}};
        Engine engine(scenario);
        engine.advanceTo(17'200'000);
        QCOMPARE(timesOf<ConnectionTimedOut>(engine).size(), std::size_t{1});
        engine.advanceTo(39'999'999);
        QVERIFY(timesOf<ConnectionTimedOut>(engine).size() >= 3); // each try takes its whole time
        QVERIFY(timesOf<ConnectionTimedOut>(engine).size() <= 5);
        const std::size_t before = timesOf<ConnectionTimedOut>(engine).size();
        engine.advanceTo(60'000'000); // whole again: refused at once
        QCOMPARE(timesOf<ConnectionTimedOut>(engine).size(), before);
    }

    // What a cut has held up and what was sent later arrive in the order in which they were sent, however
    // short the cut is.
    void aHealedLinkKeepsTheOrder()
    {
        Scenario scenario = oneProducer(20);
        scenario.cluster.linkLatency = 400'000; // so that much is under way
        for (int i = 0; i < 100; ++i) {
            scenario.script.push_back({10'000'000 + i * 370'000, CutLink{"broker 1", "p"}});
            scenario.script.push_back({10'120'000 + i * 370'000, HealLink{"broker 1", "p"}});
        }
        Engine engine(scenario);
        engine.advanceTo(60'000'000);
        const ReplicaLog& log = engine.world().brokers.at(0)->replica(0)->log;
        QVERIFY(log.endOffset() > 500);
        RecordNumber next = 0;
        for (std::size_t i = 0; i < log.batchCount(); ++i) {
            QCOMPARE(log.batch(i).firstK, next);
            next += log.batch(i).records;
        }
    }
};

TIDELINE_RULE_TEST(NetworkTest)
#include "network_test.moc"
