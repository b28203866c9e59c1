// SPDX-License-Identifier: GPL-3.0-or-later
// Racks: where replicas are placed, from whom consumers read, and what is left when a rack goes dark.
#include "engine/lab/observer.h"
#include "engine/lab/scenario_writer.h"
#include "tests/engine/lab/two_brokers.h"

#include <map>
#include <set>
#include <string>

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Micros kSecond = kMicrosPerSecond;

// Bytes of the answers to a member's fetches, by the broker that gave them.
class Served : public Observer
{
public:
    explicit Served(const Topology& topology)
        : topology_(topology)
    {}
    void onMessage(Micros, const Message& message) override
    {
        if (message.body.as<FetchResponse>())
            bytes_[{message.to, message.from + 1}] += wireBytes(message.body);
    }
    std::int64_t inRack(NodeIndex member, const std::string& rack, bool inside) const
    {
        std::int64_t sum = 0;
        for (const auto& [ends, bytes] : bytes_) {
            if (ends.first == member && (topology_.config.rackOf(ends.second) == rack) == inside)
                sum += bytes;
        }
        return sum;
    }

private:
    const Topology& topology_;
    std::map<std::pair<NodeIndex, BrokerId>, std::int64_t> bytes_;
};

// The broker that the only member of a group asks for each partition, as the inspector shows it.
std::vector<BrokerId> readsFrom(const Engine& engine, MemberIndex member)
{
    ViewRequest request;
    request.selection.kind = Selection::Kind::Member;
    request.selection.index = member;
    std::vector<BrokerId> brokers;
    const Frame frame = engine.frame(request);
    std::map<std::string, std::int64_t> byName;
    for (const InspectorFrame::Row& row : frame.inspector.rows) {
        if (row.key == InspectorFrame::Key::ReadsFrom)
            byName[row.text] = row.number;
    }
    for (const auto& [partition, broker] : byName)
        brokers.push_back(static_cast<BrokerId>(broker));
    return brokers;
}

// Six brokers in three racks that they take in turn.
Scenario sixBrokers()
{
    Scenario scenario;
    scenario.cluster.brokers = 6;
    scenario.cluster.racks = {"a", "b", "c", "a", "b", "c"};
    scenario.duration = 60 * kSecond;
    scenario.topics = {TopicSpec{"orders", 7, 3, 1}};
    scenario.script = {{20 * kSecond, CreatePartitions{"orders", 12, {}}}};
    return scenario;
}

constexpr MemberIndex kBilling = 0, kAudit = 1;

} // namespace

class RackRunsTest : public QObject
{
    Q_OBJECT

private slots:
    // At the topic's creation and when it grows: of three replicas one lies in each rack.
    void replicasAreSpreadOverRacks()
    {
        Engine engine(sixBrokers());
        engine.advanceTo(30 * kSecond);
        const MetadataImage& metadata = engine.world().metadata();
        QCOMPARE(metadata.brokers.find(2)->rack, std::string("b"));
        QCOMPARE(metadata.partitionsOf("orders").size(), std::size_t{12});
        for (const PartitionIndex partition : metadata.partitionsOf("orders")) {
            std::set<std::string> racks;
            for (const BrokerId broker : metadata.partition(partition).replicas)
                racks.insert(metadata.brokers.find(broker)->rack);
            QCOMPARE(racks.size(), std::size_t{3});
        }
    }

    void aRackIsKilledAtOnce()
    {
        Engine engine(sixBrokers());
        engine.advanceTo(25 * kSecond);
        QVERIFY(engine.apply(KillRack{"d"})); // nobody is in it
        QVERIFY(engine.apply(KillRack{""}));
        QVERIFY(!engine.apply(KillBroker{1}));
        QVERIFY(!engine.apply(KillRack{"a"}));
        engine.advanceTo(26 * kSecond);
        const std::vector<Fact> killed = factsOf<BrokerKilled>(engine);
        QCOMPARE(killed.size(), std::size_t{2}); // broker 1 was dead
        QCOMPARE(std::get<BrokerKilled>(killed.back().body).broker, 4);
        QCOMPARE(killed.back().cause, FactNumber{0});
        QVERIFY(engine.apply(KillRack{"a"})); // nothing in it runs
        engine.advanceTo(50 * kSecond);
        for (PartitionIndex partition = 0; partition < 12; ++partition)
            QVERIFY(engine.world().leaderReplica(partition));
    }

    // What a person would write: a list that is taken in turn, and the killing of a rack in the script.
    void scenariosSayIt()
    {
        const std::string text = R"({"tideline": 1,
            "cluster": {"brokers": 5, "config": {"broker.rack": ["x", "y"]}}, "topics": [{"name": "t"}],
            "groups": [{"name": "g", "topics": ["t"], "members": 3, "config": {"client.rack": "y"}}],
            "script": [{"at": "2 s", "kill": {"rack": "y"}}]})";
        const ScenarioRead read = readScenario(text, {});
        QVERIFY(std::holds_alternative<Scenario>(read));
        const Scenario& scenario = std::get<Scenario>(read);
        QVERIFY(scenario.cluster.racks == (std::vector<std::string>{"x", "y", "x", "y", "x"}));
        QVERIFY(scenario.cluster.replicaSelector == ReplicaSelector::Leader);
        QCOMPARE(scenario.groups[0].rackOf(3), std::string("y"));
        QVERIFY((scenario.script == std::vector<TimedCommand>{{2 * kSecond, KillRack{"y"}}}));
        QCOMPARE(writeCommand(scenario.script[0]),
                 std::string(R"({ "at": "2 s", "kill": { "rack": "y" } })"));
    }

    // Scenario 29: billing reads in its rack, audit does not.
    void theOwnRackServes()
    {
        Engine engine(shipped("29-racks"));
        engine.advanceTo(15 * kSecond);
        QCOMPARE(readsFrom(engine, kBilling), (std::vector<BrokerId>{3, 3, 3}));
        QCOMPARE(readsFrom(engine, kAudit), (std::vector<BrokerId>{1, 2, 3}));
        Served served(*engine.world().topology);
        engine.advanceTo(45 * kSecond, &served);
        const NodeIndex billing = engine.world().memberNode(kBilling);
        const NodeIndex audit = engine.world().memberNode(kAudit);
        QCOMPARE(served.inRack(billing, "c", false), std::int64_t{0});
        QVERIFY(served.inRack(billing, "c", true) > 1'000'000);
        QVERIFY(served.inRack(audit, "c", false) > served.inRack(audit, "c", true));
    }

    // The rack goes dark and comes back: nothing is lost, and billing finds its way there and back.
    void aDarkRackCostsNoRecord()
    {
        Engine engine(shipped("29-racks"));
        engine.advanceTo(70 * kSecond);
        QCOMPARE(factsOf<BrokerKilled>(engine).size(), std::size_t{1});
        for (const BrokerId broker : readsFrom(engine, kBilling))
            QVERIFY(broker == 1 || broker == 2);
        QVERIFY(engine.ledger(kBilling).pending < 100);
        engine.advanceTo(110 * kSecond);
        QVERIFY(!engine.invariantBroken());
        QCOMPARE(readsFrom(engine, kBilling), (std::vector<BrokerId>{3, 3, 3}));
        for (const GroupIndex group : {0, 1}) {
            QCOMPARE(engine.ledger(group).lost, std::int64_t{0});
            QVERIFY(engine.ledger(group).once > 8'000);
        }
        QVERIFY(factsOf<OffsetResetTo>(engine).size() == 6); // each partition's first position, and no other
    }

    // A follower learns of a high watermark one answer later: its consumers see records later than the
    // leader's.
    void aFollowerLags()
    {
        Scenario scenario = shipped("29-racks");
        scenario.script.clear(); // the links are as fast as each other
        Engine engine(scenario);
        bool later = false;
        for (Micros time = 30 * kSecond; time < 31 * kSecond; time += 10'000) {
            engine.advanceTo(time);
            for (PartitionIndex partition : {0, 1}) {
                const Replica& follower = *engine.world().brokers[2]->replica(partition);
                const Replica& leader = *engine.world().leaderReplica(partition);
                QVERIFY(follower.highWatermark <= leader.highWatermark);
                QVERIFY(engine.world().groupPosition(kBilling, partition) <= follower.highWatermark);
                later = later || follower.highWatermark < leader.highWatermark;
            }
        }
        QVERIFY(later);
    }

    // What is done to the log of one partition is not because of what was done to another's.
    void partitionsAreNotEachOthersCause()
    {
        const Engine engine = runToTheEnd(shipped("17-retention"));
        std::size_t seen = 0;
        for (const Fact& fact : factsOf<SegmentsDeleted>(engine)) {
            ++seen;
            const auto cause = factNumbered(engine, fact.cause);
            const auto* before = cause ? std::get_if<SegmentsDeleted>(&cause->body) : nullptr;
            QVERIFY(!before || before->partition == std::get<SegmentsDeleted>(fact.body).partition);
        }
        QVERIFY(seen > 4);
    }
};

QTEST_APPLESS_MAIN(RackRunsTest)
#include "rack_runs_test.moc"
