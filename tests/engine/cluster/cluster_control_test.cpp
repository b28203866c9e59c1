// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's state as a value: it is nothing but its records, copies are independent, and what is kept
// by broker agrees with the partitions after whatever has happened.
#include "engine/base/random.h"
#include "engine/cluster/alter_config.h"
#include "engine/cluster/alter_partition.h"
#include "engine/cluster/config_value.h"
#include "engine/cluster/delete_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"
#include "tests/engine/cluster/control_state.h"
#include "tests/engine/rule_tests.h"

#include <algorithm>

using namespace tideline;
using namespace tideline::control;
using namespace tideline::control::tests;

namespace {

constexpr BrokerId kBrokers = 5;

// A cluster to which things happen at random; `log` is all that was written.
class BusyCluster
{
public:
    explicit BusyCluster(std::uint64_t seed)
        : draws_(seed, 0)
    {
        settings.eligibleLeaderReplicas = true;
        settings.server.minInsyncReplicas = 2;
        control = ClusterControl(settings, 0);
        for (BrokerId broker = 1; broker <= kBrokers; ++broker)
            write(registerBroker(control, {broker, 1, {}, -1}, 0).records);
        for (BrokerId broker = 1; broker <= kBrokers; ++broker)
            beat(broker, false, false);
    }

    void step()
    {
        const BrokerId broker = anyBroker();
        switch (draws_.below(12)) {
        case 0:
            return createAny();
        case 1:
            return beat(broker, true, false);
        case 2:
            return beat(broker, false, true);
        case 3:
            return restart(broker);
        case 4:
            return write(reassignPartition(control, {anyTopic(), 0, anyReplicas()}).records);
        case 5:
            return write(balanceLeaders(control).records);
        case 6:
            return draws_.below(4) == 0 ? write(deleteTopic(control, anyTopic()).records)
                                        : write(alterConfig(control, anyMinimum()).records);
        case 7:
        case 8:
            return alterAny();
        default:
            return beat(broker, false, false);
        }
    }

    ControlSettings settings;
    ClusterControl control;
    Records log;

private:
    BrokerId anyBroker() { return 1 + static_cast<BrokerId>(draws_.below(kBrokers)); }
    std::string anyTopic() { return std::string(1, static_cast<char>('a' + draws_.below(4))); }

    RequestedReplicas anyReplicas()
    {
        RequestedReplicas replicas{anyBroker()};
        for (const BrokerId next : {anyBroker(), anyBroker()}) {
            if (std::find(replicas.begin(), replicas.end(), next) == replicas.end())
                replicas.push_back(next);
        }
        return replicas;
    }

    AlterConfigRequest anyMinimum()
    {
        const std::string value = std::to_string(1 + draws_.below(3));
        return {ConfigLevel::Topic, anyTopic(), kNone, {{kMinInsyncReplicas, value}}};
    }

    void createAny()
    {
        CreateTopicRequest request;
        request.name = anyTopic();
        request.assignment = {{0, anyReplicas()}};
        write(createTopic(control, request, firstDraw).records);
    }

    void beat(BrokerId broker, bool wantFence, bool wantShutdown)
    {
        const BrokerHeartbeatRequest request{broker, epochOf(control, broker), wantFence, wantShutdown,
                                             control.nextOffset};
        const auto decision = judgeHeartbeat(control, request);
        write(decision.records);
        control.sessions.answered(broker, decision.answer.fenced, request.metadataOffset);
    }

    void restart(BrokerId broker)
    {
        const std::int64_t known = draws_.below(2) == 0 ? epochOf(control, broker) : -1;
        write(registerBroker(control, {broker, ++incarnation_, {}, known}, 0).records);
    }

    // Some leader proposes its ISR and a follower.
    void alterAny()
    {
        const PartitionIndex index = control.topics.find(control.topics.find(anyTopic()), 0);
        if (index == kNone || partition(control, index).leader == kNone)
            return;
        const PartitionRegistration& before = partition(control, index);
        AlterPartitionRequest request{before.leader,
                                      epochOf(control, before.leader),
                                      control.topics.partition(index)->topic,
                                      0,
                                      before.leaderEpoch,
                                      before.partitionEpoch,
                                      {{before.leader, -1}},
                                      LeaderRecovery::Recovered};
        if (const BrokerId other = anyBroker(); other != before.leader && before.replicas.contains(other))
            request.isr.push_back({other, -1});
        write(alterPartition(control, request).records);
    }

    void write(const Records& records)
    {
        control::replay(control, records);
        log.insert(log.end(), records.begin(), records.end());
    }

    Random draws_;
    std::int64_t incarnation_ = 1;
};

// The same sets, looked for in all partitions.
PartitionsByBroker searched(const TopicRegistry& topics)
{
    PartitionsByBroker found;
    for (PartitionIndex index = 0; index < topics.nextPartition(); ++index) {
        if (const Partition* partition = topics.partition(index))
            found.changed(index, {}, partition->registration);
    }
    return found;
}

} // namespace

class ClusterControlTest : public QObject
{
    Q_OBJECT

private slots:
    void seeds_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 12; ++seed)
            QTest::addRow("%d", seed) << seed;
    }

    void whatIsKeptByBrokerIsWhatASearchFinds_data() { seeds_data(); }
    void whatIsKeptByBrokerIsWhatASearchFinds()
    {
        QFETCH(int, seed);
        BusyCluster cluster(static_cast<std::uint64_t>(seed));
        for (int i = 0; i < 400; ++i) {
            cluster.step();
            const PartitionsByBroker& kept = cluster.control.topics.byBroker();
            const PartitionsByBroker found = searched(cluster.control.topics);
            for (BrokerId broker = 1; broker <= kBrokers; ++broker)
                QVERIFY2(kept.of(broker) == found.of(broker), std::to_string(i).c_str());
            QVERIFY(kept.leaderless() == found.leaderless());
            QVERIFY(kept.imbalanced() == found.imbalanced());
            QVERIFY(kept.reassigning() == found.reassigning());
            QVERIFY(kept.withElr() == found.withElr());
        }
        QVERIFY2(cluster.log.size() > 200, "little has happened");
    }

    // A standby controller knows what the active one knows, but for who was heard when.
    void whoReplaysTheLogKnowsTheSame_data() { seeds_data(); }
    void whoReplaysTheLogKnowsTheSame()
    {
        QFETCH(int, seed);
        BusyCluster cluster(static_cast<std::uint64_t>(seed));
        for (int i = 0; i < 400; ++i)
            cluster.step();
        ClusterControl standby(cluster.settings, 0);
        control::replay(standby, cluster.log);
        activate(standby, 7);
        activate(cluster.control, 7);
        QCOMPARE(hashOf(standby), hashOf(cluster.control));
        QVERIFY(standby == cluster.control);
    }

    void aCopyDoesNotNoticeWhatHappensToTheOther()
    {
        BusyCluster cluster(1);
        const ClusterControl copy = cluster.control;
        const std::uint64_t before = hashOf(copy);
        for (int i = 0; i < 100; ++i)
            cluster.step();
        QCOMPARE(hashOf(copy), before);
        QVERIFY(hashOf(cluster.control) != before);
    }

    // The sessions are no part of the log, but they are part of the run.
    void aHeartbeatReachesTheHash()
    {
        ClusterControl control = withBrokers({}, 1);
        const std::uint64_t before = hashOf(control);
        control.sessions.heard({1, epochOf(control, 1)}, 1);
        QVERIFY(hashOf(control) != before);
    }

    void aSetOfPartitionsForgetsWhatItLost()
    {
        PartitionSet set;
        set.insert(3);
        const PartitionSet small = set;
        set.insert(20'000);
        QCOMPARE(set.members(), (std::vector<PartitionIndex>{3, 20'000}));
        set.erase(20'000);
        QVERIFY(set == small);
        QVERIFY(!set.contains(20'000));
        set.erase(3);
        QVERIFY(set.empty());
        QVERIFY(set == PartitionSet());
    }
};

TIDELINE_RULE_TEST(ClusterControlTest)
#include "cluster_control_test.moc"
