// SPDX-License-Identifier: GPL-3.0-or-later
// The controller's rules about topics, where the recorded vectors do not reach: levels of configuration,
// sizes that a partition cannot have, jobs with a limit, and names.
#include "engine/cluster/alter_config.h"
#include "engine/cluster/alter_partition.h"
#include "engine/cluster/config_value.h"
#include "engine/cluster/create_partitions.h"
#include "engine/cluster/delete_topic.h"
#include "engine/cluster/elect_leaders.h"
#include "engine/cluster/reassignment.h"
#include "tests/engine/cluster/control_state.h"
#include "tests/engine/rule_tests.h"

#include <numeric>

using namespace tideline;
using namespace tideline::control;
using namespace tideline::control::tests;

namespace {

RequestedReplicas firstBrokers(std::size_t count)
{
    RequestedReplicas brokers(count);
    std::iota(brokers.begin(), brokers.end(), 1);
    return brokers;
}

void set(ClusterControl& control, AlterConfigRequest request)
{
    const auto decision = alterConfig(control, request);
    QVERIFY2(decision.ok(), decision.message.c_str());
    control::replay(control, decision.records);
}

} // namespace

class TopicControlTest : public QObject
{
    Q_OBJECT

private slots:
    void theNearestLevelOfAConfigurationWins()
    {
        ControlSettings settings;
        settings.controller = 100;
        settings.server.minInsyncReplicas = 2;
        ClusterControl control = withBrokers(settings, 1);
        const TopicIndex topic = create(control, "t", {{1}});
        const auto minIsr = [&] { return control.configs.minInsyncReplicas(topic); };
        QCOMPARE(minIsr(), 2);
        set(control, {ConfigLevel::Cluster, {}, kNone, {{kMinInsyncReplicas, "3"}}});
        QCOMPARE(minIsr(), 3);
        set(control, {ConfigLevel::Broker, {}, 1, {{kMinInsyncReplicas, "9"}}});
        QCOMPARE(minIsr(), 3); // another broker's
        set(control, {ConfigLevel::Broker, {}, 100, {{kMinInsyncReplicas, "4"}}});
        QCOMPARE(minIsr(), 4);
        set(control, {ConfigLevel::Topic, "t", kNone, {{kMinInsyncReplicas, "5"}}});
        QCOMPARE(minIsr(), 5);
        QCOMPARE(electionRules(control, topic).minIsr, 1); // one replica
        set(control, {ConfigLevel::Topic, "t", kNone, {{kMinInsyncReplicas, {}}}});
        QCOMPARE(minIsr(), 4);
    }

    void underElrTheMinimumIsTheClustersOrTheTopics()
    {
        ControlSettings settings;
        settings.eligibleLeaderReplicas = true;
        const ClusterControl control(settings, 0);
        const auto error = [&](ConfigLevel level, std::optional<std::string> value) {
            return alterConfig(control, {level, {}, 1, {{kMinInsyncReplicas, std::move(value)}}}).error;
        };
        QCOMPARE(error(ConfigLevel::Broker, "2"), ErrorCode::InvalidConfig);
        QCOMPARE(error(ConfigLevel::Cluster, std::nullopt), ErrorCode::InvalidConfig);
        QCOMPARE(error(ConfigLevel::Cluster, "2"), ErrorCode::None);
    }

    void oneBadValueRefusesTheWholeRequest()
    {
        ClusterControl control = withBrokers({}, 1);
        create(control, "t", {{1}});
        const auto decision = alterConfig(
            control, {ConfigLevel::Topic, "t", kNone, {{"retention.ms", "5"}, {"segment.bytes", "5"}}});
        QCOMPARE(decision.error, ErrorCode::InvalidConfig);
        QVERIFY(decision.records.empty());
    }

    void configurationValues_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("fault"); // what follows the colon; empty: none
        const auto row = [](const char* key, const char* value, const char* fault) {
            QTest::addRow("%s=%s", key, value) << QString(key) << QString(value) << QString(fault);
        };
        row("retention.ms", "-1", "");
        row("retention.ms", " 7 ", "");
        row("retention.ms", "9223372036854775808", "Not a number of type LONG");
        row("retention.ms", "", "Not a number of type LONG");
        row("segment.bytes", "2147483648", "Not a number of type INT");
        row("compression.lz4.level", "18", "Value must be no more than 17");
        row("compression.gzip.level", "-1", "");
        row("compression.gzip.level", "0", "Value must be between 1 and 9 or equal to -1");
        row("min.cleanable.dirty.ratio", "0.5", "");
        row("min.cleanable.dirty.ratio", "1.5", "Value must be no more than 1");
        row("min.cleanable.dirty.ratio", "half", "Not a number of type DOUBLE");
        row("unclean.leader.election.enable", "TRUE", "");
        row("cleanup.policy", "delete, compact", "");
        row("message.timestamp.type", "Sometime", "String must be one of: CreateTime, LogAppendTime");
    }

    void configurationValues()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, fault);
        if (!fault.isEmpty())
            fault = "Invalid value " + value + " for configuration " + key + ": " + fault;
        QCOMPARE(QString::fromStdString(topicConfigFault(key.toStdString(), value.toStdString())), fault);
    }

    // Without the rule a list of brokers would overflow.
    void aPartitionHasAtMostSixteenReplicas()
    {
        ClusterControl control = withBrokers({}, 17);
        CreateTopicRequest request;
        request.name = "t";
        request.assignment = {{0, firstBrokers(17)}};
        QCOMPARE(createTopic(control, request, firstDraw).error, ErrorCode::InvalidReplicaAssignment);
        request.assignment.clear();
        request.replicationFactor = 17;
        QCOMPARE(createTopic(control, request, firstDraw).error, ErrorCode::InvalidReplicationFactor);
        create(control, "t", {firstBrokers(16)});
        const auto moved = reassignPartition(control, {"t", 0, RequestedReplicas{17}});
        QCOMPARE(moved.error, ErrorCode::InvalidReplicaAssignment);
        QVERIFY(reassignPartition(control, {"t", 0, RequestedReplicas{16}}).ok());
    }

    void aTopicMadeAgainIsAnotherOne()
    {
        ClusterControl control = withBrokers({}, 1);
        const TopicIndex first = create(control, "a.b", {{1}});
        set(control, {ConfigLevel::Topic, "a.b", kNone, {{kMinInsyncReplicas, "7"}}});
        QCOMPARE(control.topics.collidingWith("a_b"), std::string("a.b"));
        control::replay(control, deleteTopic(control, "a.b").records);
        QVERIFY(control.topics.collidingWith("a_b").empty());
        QVERIFY(!control.topics.partition(0));
        QVERIFY(!control.topics.byBroker().leads(1));

        const TopicIndex second = create(control, "a.b", {{1}});
        QVERIFY(second != first);
        QCOMPARE(control.configs.minInsyncReplicas(second), 1);
        AlterPartitionRequest request{1, epochOf(control, 1), first, 0, 0, 0, {{1, -1}}, {}};
        QCOMPARE(alterPartition(control, request).error, ErrorCode::UnknownTopicId);
        request.topic = second;
        QCOMPARE(alterPartition(control, request).error, ErrorCode::None);
        request.number = 1;
        QCOMPARE(alterPartition(control, request).error, ErrorCode::UnknownTopicOrPartition);
    }

    void aJobStopsAtItsLimitAndSaysSo()
    {
        ClusterControl control = withBrokers({}, 2);
        create(control, "t", {{1, 2}, {1, 2}, {1, 2}});
        const std::int64_t epoch = epochOf(control, 1);
        heartbeat(control, {1, epoch, true, false, control.nextOffset}, 0);
        heartbeat(control, {1, epoch, false, false, control.nextOffset}, 0);
        for (PartitionIndex index = 0; index < 3; ++index) {
            const AlterPartitionRequest grow{2, epochOf(control, 2), 0, index, 1, 1, {{2, -1}, {1, -1}}, {}};
            control::replay(control, alterPartition(control, grow).records);
        }
        auto decision = balanceLeaders(control, 2);
        QCOMPARE(decision.records.size(), std::size_t{2});
        QVERIFY(decision.answer.more);
        control::replay(control, decision.records);
        decision = balanceLeaders(control, 2);
        QCOMPARE(decision.records.size(), std::size_t{1});
        QVERIFY(!decision.answer.more);
        control::replay(control, decision.records);
        QVERIFY(control.topics.byBroker().imbalanced().empty());
    }

    void newPartitionsLeaveTheOldOnesAlone()
    {
        ClusterControl control = withBrokers({}, 3);
        create(control, "t", {{3, 1}});
        const PartitionRegistration before = partition(control, 0);
        const auto decision = createPartitions(control, {"t", 3, {}, false}, firstDraw);
        control::replay(control, decision.records);
        QCOMPARE(control.topics.topic(0)->partitions, (std::vector<PartitionIndex>{0, 1, 2}));
        QVERIFY(partition(control, 0) == before);
        QCOMPARE(partition(control, 1).replicas, (BrokerIds{1, 2}));
        QCOMPARE(partition(control, 2).replicas, (BrokerIds{2, 3}));
    }

    void validateOnlyWritesNothing()
    {
        const ClusterControl control = withBrokers({}, 2);
        CreateTopicRequest request;
        request.name = "t";
        request.partitions = 2;
        request.replicationFactor = 2;
        request.validateOnly = true;
        const auto decision = createTopic(control, request, firstDraw);
        QVERIFY(decision.ok());
        QVERIFY(decision.records.empty());
        QCOMPARE(decision.answer.partitions, 2);
        QCOMPARE(decision.answer.replicationFactor, 2);
    }
};

TIDELINE_RULE_TEST(TopicControlTest)
#include "topic_control_test.moc"
