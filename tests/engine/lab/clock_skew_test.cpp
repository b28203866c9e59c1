// SPDX-License-Identifier: GPL-3.0-or-later
// A clock that is off: what a node stamps is off by as much, and nothing else is.
#include "engine/log/record_timestamps.h"
#include "tests/engine/lab/two_brokers.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

// Largest timestamp of the newest batch on broker 1.
Millis newestStamp(const Engine& engine)
{
    const ReplicaLog& log = engine.world().brokers.at(0)->replica(0)->log;
    return readBatchHeader(log.batch(log.batchCount() - 1).bytes.bytes()).maxTimestamp;
}

} // namespace

class ClockSkewTest : public QObject
{
    Q_OBJECT

private slots:
    void aProducersStampsAreOff_data()
    {
        QTest::addColumn<qint64>("by");
        QTest::newRow("behind") << qint64{-12'000'000};
        QTest::newRow("ahead") << qint64{300'000'000};
        QTest::newRow("before the beginning") << qint64{-300'000'000};
    }
    void aProducersStampsAreOff()
    {
        QFETCH(qint64, by);
        Engine engine(twoBrokers());
        engine.advanceTo(30'000'000);
        QVERIFY(newestStamp(engine) > 29'500);
        QVERIFY(!engine.apply(SkewClock{"p", by}));
        engine.advanceTo(40'000'000);
        const Millis expected = std::max<Millis>(0, 40'000 + by / 1'000);
        QVERIFY2(newestStamp(engine) <= expected && newestStamp(engine) >= expected - 500,
                 qPrintable(QString::number(newestStamp(engine))));
        QVERIFY(!engine.apply(SkewClock{"p", 0}));
        engine.advanceTo(50'000'000);
        QVERIFY(newestStamp(engine) > 49'500 && newestStamp(engine) <= 50'000);
        QCOMPARE(factsOf<ClockSkewed>(engine).size(), std::size_t{2});
    }

    // Time-outs go by the monotonic clock: a run with skewed clocks decides the same at the same times.
    void timeOutsAreNot()
    {
        Scenario scenario = twoBrokers();
        scenario.script = {{10'000'000, KillBroker{2}}, {40'000'000, StartBroker{2}}};
        Engine right(scenario);
        scenario.script.insert(scenario.script.begin(), {{5'000'000, SkewClock{"broker 1", 3'600'000'000}},
                                                         {5'000'000, SkewClock{"broker 2", -3'600'000'000}},
                                                         {5'000'000, SkewClock{"p", 60'000'000}}});
        Engine skewed(scenario);
        right.advanceTo(scenario.duration);
        skewed.advanceTo(scenario.duration);
        const auto times = [](const std::vector<Fact>& facts) {
            std::vector<Micros> list;
            for (const Fact& fact : facts)
                list.push_back(fact.time);
            return list;
        };
        QVERIFY(!factsOf<BrokerFenced>(right).empty());
        QVERIFY(times(factsOf<BrokerFenced>(right)) == times(factsOf<BrokerFenced>(skewed)));
        QVERIFY(times(factsOf<IsrExpanded>(right)) == times(factsOf<IsrExpanded>(skewed)));
        QCOMPARE(right.world().producers.at(0)->counts().acknowledged,
                 skewed.world().producers.at(0)->counts().acknowledged);
    }

    // The coordinator stamps what it commits by its own clock.
    void aBrokersStampsAreOff()
    {
        Scenario scenario = twoBrokers();
        scenario.cluster.brokers = 1;
        scenario.topics = {TopicSpec{"t", 1, 1, 1}};
        scenario.cluster.offsetsTopicNumPartitions = 1;
        GroupSpec group;
        group.name = "g";
        group.topics = {"t"};
        scenario.groups = {group};
        scenario.script = {{20'000'000, SkewClock{"broker 1", 600'000'000}}};
        Engine engine(scenario);
        engine.advanceTo(40'000'000);
        const ReplicaLog& log = engine.world().brokers.at(0)->replica(1)->log;
        QVERIFY(log.batchCount() > 2);
        QVERIFY(log.batch(0).maxTimestamp < 20'000);
        QVERIFY(log.batch(log.batchCount() - 1).maxTimestamp >= 620'000);
    }

    void onlyWhoStampsHasAClock()
    {
        Engine engine(twoBrokers());
        engine.advanceTo(10'000'000);
        for (const char* node : {"controller 1", "nobody"}) {
            const auto refused = engine.apply(SkewClock{node, 1});
            QVERIFY(refused);
            QVERIFY2(refused->sentence.ends_with("it is neither; name one of them"),
                     refused->sentence.c_str());
        }
        QVERIFY(engine.apply(SkewClock{"p", kLongestSkew + 1}));
        QVERIFY(!engine.apply(SkewClock{"p", -kLongestSkew}));
    }
};

TIDELINE_RULE_TEST(ClockSkewTest)
#include "clock_skew_test.moc"
