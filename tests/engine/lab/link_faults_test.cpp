// SPDX-License-Identifier: GPL-3.0-or-later
// Links between two sets of nodes: cut both ways or one way, healed, slow, narrow, and as before.
#include "tests/engine/lab/two_brokers.h"
#include "tests/engine/rule_tests.h"

#include <algorithm>

using namespace tideline;
using namespace tideline::tests;

namespace {

const Network::Link& link(const Engine& engine, NodeIndex a, NodeIndex b)
{
    return *engine.world().network->find(a, b);
}

constexpr NodeIndex kBroker1 = 0, kBroker2 = 1, kController = 2, kProducer = 3;

} // namespace

class LinkFaultsTest : public QObject
{
    Q_OBJECT

private slots:
    // Each link between the two sides, none within a side.
    void aCutIsBetweenTwoSides()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        QVERIFY(!engine.apply(CutLink{std::vector<std::string>{"broker 1", "controller 1"},
                                      std::vector<std::string>{"broker 2", "p"}}));
        engine.advanceTo(10'000'001);
        QVERIFY(link(engine, kBroker1, kController).whole());
        for (const auto& [a, b] :
             {std::pair{kBroker1, kBroker2}, {kBroker1, kProducer}, {kController, kBroker2}})
            QVERIFY(link(engine, a, b).cut[0] && link(engine, a, b).cut[1]);
        QCOMPARE(factsOf<LinkCut>(engine).size(), std::size_t{4});
        QVERIFY(
            !engine.apply(HealLink{"broker 2", std::vector<std::string>{"broker 1", "controller 1", "p"}}));
        engine.advanceTo(10'000'002);
        QVERIFY(link(engine, kBroker1, kBroker2).whole() && link(engine, kController, kBroker2).whole());
        QVERIFY(!link(engine, kBroker1, kProducer).whole());
        QCOMPARE(factsOf<LinkHealed>(engine).size(), std::size_t{2}); // broker 2 and p have never been cut
    }

    // What is sent from the producer arrives and is written; the answers do not come back.
    void oneWayRequestsArriveAndAnswersDoNot()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(20'000'000);
        const std::size_t before = appended(engine, 1);
        QVERIFY(!engine.apply(CutLink{"broker 1", "p", true}));
        engine.advanceTo(24'000'000);
        const std::int64_t acknowledged = engine.world().producers.at(0)->counts().acknowledged;
        QVERIFY(appended(engine, 1) > before);
        QVERIFY(acknowledged <= static_cast<std::int64_t>(before));
        engine.advanceTo(60'000'000);
        // The connection is given up after request.timeout.ms, and no other can be opened.
        const std::vector<Fact> gaveUp = factsOf<ConnectionTimedOut>(engine);
        QVERIFY(!gaveUp.empty() && gaveUp.front().time > 25'000'000);
        QCOMPARE(causeOf(engine, gaveUp.front()), std::string("LinkCut"));
        const std::size_t open = appended(engine, 1);
        engine.advanceTo(70'000'000);
        QCOMPARE(appended(engine, 1), open);
        QVERIFY(!engine.apply(HealLink{"p", "broker 1"}));
        engine.advanceTo(90'000'000);
        QVERIFY(engine.world().producers.at(0)->counts().acknowledged > acknowledged + 500);
        // Not idempotent: what was written and not acknowledged is written again.
        QVERIFY(static_cast<std::int64_t>(appended(engine, 1)) >
                engine.world().producers.at(0)->counts().acknowledged);
    }

    // The other way round nothing gets to the broker, and what the broker sends would arrive.
    void oneWayTheOtherWayNothingIsWritten()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(20'000'000);
        QVERIFY(!engine.apply(CutLink{"p", "broker 1", true}));
        engine.advanceTo(21'000'000);
        const std::size_t before = appended(engine, 1);
        engine.advanceTo(40'000'000);
        QCOMPARE(appended(engine, 1), before);
    }

    // Its heartbeats arrive, but it hears no answer and asks for nothing more: fenced, and because of the
    // cut.
    void aBrokerThatHearsNoControllerIsFenced()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(20'000'000);
        QVERIFY(!engine.apply(CutLink{"controller 1", "broker 2", true}));
        engine.advanceTo(40'000'000);
        const std::vector<Fact> fenced = factsOf<BrokerFenced>(engine);
        QCOMPARE(fenced.size(), std::size_t{1});
        QCOMPARE(causeOf(engine, fenced.front()), std::string("LinkCut"));
        QVERIFY(!engine.apply(HealLink{"controller 1", "broker 2", true}));
        engine.advanceTo(80'000'000);
        QVERIFY(engine.world().metadata().alive(2));
        QCOMPARE(engine.world().metadata().partition(0).isr.size(), std::size_t{2});
    }

    // One way after the other is both; half of it can heal.
    void waysAddUp()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        QVERIFY(!engine.apply(CutLink{"broker 1", "broker 2", true}));
        engine.advanceTo(10'000'001);
        QVERIFY(engine.apply(CutLink{"broker 1", "broker 2", true}));  // is cut
        QVERIFY(engine.apply(HealLink{"broker 2", "broker 1", true})); // is whole
        QVERIFY(!engine.apply(CutLink{"broker 2", "broker 1"}));
        engine.advanceTo(10'000'002);
        const std::vector<Fact> cuts = factsOf<LinkCut>(engine);
        QCOMPARE(cuts.size(), std::size_t{2});
        QVERIFY((std::get<LinkCut>(cuts[1].body) == LinkCut{kBroker2, kBroker1, true}));
        QVERIFY(!engine.apply(HealLink{"broker 1", "broker 2", true}));
        engine.advanceTo(10'000'003);
        const Network::Link& half = link(engine, kBroker1, kBroker2);
        QVERIFY(!half.cut[Network::direction(half, kBroker1)]);
        QVERIFY(half.cut[Network::direction(half, kBroker2)]);
    }

    void whatIsWrongIsSaid_data()
    {
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const Command& command) {
            Engine engine(twoBrokers());
            engine.advanceTo(10'000'000);
            const auto refused = engine.apply(command);
            QTest::newRow(name) << QString::fromStdString(refused ? refused->sentence : std::string());
        };
        row("heal \"broker 1\" and \"broker 2\": the link is whole; cut it first",
            HealLink{"broker 1", "broker 2"});
        row("cut \"broker 9\": there is no such node; an end is \"broker 1\", \"controller 1\" or the name "
            "of a "
            "client",
            CutLink{"broker 1", "broker 9"});
        row("cut \"broker 1\" and \"broker 1\": \"broker 1\" is named twice, and a link has two ends; name "
            "another one",
            CutLink{"broker 1", "broker 1"});
        row("cut \"broker 1\" and : a side is empty, and a link has two ends; name a node on each",
            CutLink{"broker 1", NodeNames()});
        row("link \"broker 1\" and \"p\": it is given neither latency nor bandwidth; give one",
            ChangeLink{"broker 1", "p", 0, 0});
        row("link \"broker 1\" and \"p\": a latency is 1 us to 1 h and a bandwidth 1 B/s to 1000000 GB/s; "
            "choose "
            "within",
            ChangeLink{"broker 1", "p", kLongestLatency + 1, 0});
        row("reset the link of \"broker 1\" and \"p\": it is as the cluster's links are; change it first",
            ResetLink{"broker 1", "p"});
    }
    void whatIsWrongIsSaid()
    {
        QFETCH(QString, sentence);
        QCOMPARE(sentence, QString::fromUtf8(QTest::currentDataTag()));
    }

    // An answer takes as much longer as the link was told, and as before once it is reset.
    void aSlowLinkDelays()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        QVERIFY(!engine.apply(ChangeLink{"p", "broker 1", 400'000, 0}));
        engine.advanceTo(10'000'001);
        QCOMPARE(link(engine, kProducer, kBroker1).latency, Micros{400'000});
        QCOMPARE(link(engine, kProducer, kBroker1).bandwidth, std::int64_t{125'000'000}); // as it was
        engine.advanceTo(20'000'000);
        const auto slow = engine.world().producers.at(0)->counts();
        QVERIFY(slow.produced - slow.acknowledged >= 16); // 0.8 s at twenty a second
        QVERIFY(!engine.apply(ResetLink{"broker 1", "p"}));
        engine.advanceTo(30'000'000);
        const auto fast = engine.world().producers.at(0)->counts();
        QVERIFY(fast.produced - fast.acknowledged <= 3);
        const std::vector<Fact> changes = factsOf<LinkChanged>(engine);
        QCOMPARE(changes.size(), std::size_t{2});
        QVERIFY(!std::get<LinkChanged>(changes[0].body).asBefore);
        QVERIFY(std::get<LinkChanged>(changes[1].body).asBefore);
    }

    // A follower behind a link that carries less than what is written falls out, and "why?" names the link.
    void aNarrowLinkCostsTheIsr()
    {
        Scenario scenario = twoBrokers();
        scenario.producers[0].acks = 1;
        scenario.producers[0].generator->recordsPerSecond = 200;
        Engine engine(scenario);
        engine.advanceTo(10'000'000);
        QVERIFY(!engine.apply(ChangeLink{"broker 1", "broker 2", 0, 2'000}));
        engine.advanceTo(60'000'000);
        const std::vector<Fact> shrank = factsOf<IsrShrank>(engine);
        QCOMPARE(shrank.size(), std::size_t{1});
        QCOMPARE(causeOf(engine, shrank.front()), std::string("LinkChanged"));
        QVERIFY(appended(engine, 2) < appended(engine, 1));
        QVERIFY(!engine.apply(ResetLink{"broker 1", "broker 2"}));
        engine.advanceTo(110'000'000);
        QCOMPARE(engine.world().metadata().partition(0).isr.size(), std::size_t{2});
    }

    // What a person sees of it.
    void theFrameShowsLinks()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        QVERIFY(!engine.apply(CutLink{"broker 2", "broker 1", true}));
        QVERIFY(!engine.apply(ChangeLink{"p", "broker 2", 5'000, 1'000}));
        engine.advanceTo(11'000'000);
        ViewRequest request;
        request.selection.kind = Selection::Kind::Broker;
        request.selection.index = 2;
        const Frame frame = engine.frame(request);
        QCOMPARE(frame.cluster.cuts.size(), std::size_t{1});
        QCOMPARE(frame.cluster.cuts[0].a, kBroker2);
        QCOMPARE(frame.cluster.cuts[0].b, kBroker1);
        QVERIFY(frame.cluster.cuts[0].oneWay);
        QCOMPARE(frame.cluster.changed.size(), std::size_t{1});
        QCOMPARE(frame.cluster.changed[0].latency, Micros{5'000});
        std::vector<InspectorFrame::Link> shown;
        for (const InspectorFrame::Row& row : frame.inspector.rows) {
            if (row.link)
                shown.push_back(*row.link);
        }
        QCOMPARE(shown.size(), std::size_t{2});
        std::sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.peer < b.peer; });
        QVERIFY(shown[0].peer == kBroker1 && shown[0].cutTo && !shown[0].cutFrom && !shown[0].changed);
        QVERIFY(shown[1].peer == kProducer && shown[1].changed && shown[1].bandwidth == 1'000);
    }
};

TIDELINE_RULE_TEST(LinkFaultsTest)
#include "link_faults_test.moc"
