// SPDX-License-Identifier: GPL-3.0-or-later
// A coordinator remembers by writing: nothing is answered before it is replicated, and whoever reads the log
// goes on.
#include "engine/clients/group_coordinator.h"
#include "engine/log/record_batch_writer.h"
#include "tests/engine/effects_of.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// One broker's coordinator of the group "g" and its partition's log.
class Coordinator
{
public:
    Coordinator()
    {
        Scenario scenario;
        scenario.topics = {TopicSpec{"t", 3, 1, 1}, TopicSpec{"u", 2, 1, 1}};
        GroupSpec spec;
        spec.name = "g";
        scenario.groups = {spec};
        topology = makeTopology(std::make_shared<const Scenario>(scenario), {});
        partition = topology.offsetsPartition(0);
        PartitionIndex next = 0;
        for (TopicIndex t = 0; t < 2; ++t) {
            const TopicLayout& topic = topology.topics[static_cast<std::size_t>(t)];
            image.topics.replay(control::TopicRecord{t, topic.name});
            for (std::int32_t p = 0; p < topic.partitions; ++p)
                image.topics.replay(control::PartitionRecord{next++, t, p, {}});
        }
        coordinator.onMetadata(image, false, step());
    }

    template <class Answer, class Request>
    std::vector<Answer> ask(Request request)
    {
        out.clear();
        const Message message{9, 0, 1, 0, now, std::move(request)};
        handled = coordinator.onMessage(message, ReplyTo{9, 0, 1}, step());
        return answers<Answer>();
    }
    template <class Answer>
    std::vector<Answer> answers()
    {
        std::vector<Answer> list;
        for (auto& [to, body] : tests::repliesOf<Answer>(out))
            list.push_back(body);
        return list;
    }
    // Writes what is to be written to the log and says that it is replicated.
    std::size_t replicate(ErrorCode error = ErrorCode::None)
    {
        out.clear();
        const std::vector<CoordinatorWrite> writes = coordinator.takeWrites();
        for (const CoordinatorWrite& write : writes) {
            RecordBatchWriter writer{BatchFields{}, 512};
            for (const KeyAndValue& record : write.records)
                (void)writer.append(0, NullableBytes(record.key), NullableBytes(record.value));
            LogBatch batch;
            batch.baseOffset = log.endOffset();
            batch.records = writer.recordCount();
            batch.leaderEpoch = 0;
            (void)writer.close(batch.bytes);
            log.append(std::move(batch));
            coordinator.stored(write.then, error, step());
        }
        return writes.size();
    }
    // One member, Stable; returns its id.
    std::string makeStable()
    {
        coordinator.load(partition, log, step());
        const std::string id =
            ask<JoinGroupResponse>(JoinGroupRequest{0, 0, "", 45'000'000, 300'000'000, {0, 1}})
                .at(0)
                .memberId;
        ask<JoinGroupResponse>(JoinGroupRequest{0, 0, id, 45'000'000, 300'000'000, {0, 1}});
        now += 3'000'000;
        coordinator.onTimer(0, step());
        ask<SyncGroupResponse>(SyncGroupRequest{0, id, 1, {{id, {1, 2, 4}}}});
        replicate();
        return id;
    }
    Step step() { return Step{now, topology, draws, out, {}}; }

    Topology topology;
    MetadataImage image; // the topics t and u
    PartitionIndex partition = 0;
    GroupCoordinator coordinator;
    ReplicaLog log;
    Effects out;
    Random draws{1, 0};
    Micros now = 0;
    bool handled = false;
};

} // namespace

class GroupCoordinatorTest : public QObject
{
    Q_OBJECT

private slots:
    void refusesWhatItDoesNotLead()
    {
        Coordinator c;
        QCOMPARE(c.ask<JoinGroupResponse>(JoinGroupRequest{}).at(0).error, ErrorCode::NotCoordinator);
        QCOMPARE(c.ask<SyncGroupResponse>(SyncGroupRequest{}).at(0).error, ErrorCode::NotCoordinator);
        QCOMPARE(c.ask<HeartbeatResponse>(HeartbeatRequest{}).at(0).error, ErrorCode::NotCoordinator);
        QCOMPARE(c.ask<LeaveGroupResponse>(LeaveGroupRequest{}).at(0).error, ErrorCode::NotCoordinator);
        QCOMPARE(c.ask<OffsetCommitResponse>(OffsetCommitRequest{}).at(0).error, ErrorCode::NotCoordinator);
        QCOMPARE(c.ask<OffsetFetchResponse>(OffsetFetchRequest{}).at(0).error, ErrorCode::NotCoordinator);
        QVERIFY(c.handled);
        c.ask<MetadataResponse>(MetadataRequest{});
        QVERIFY(!c.handled);
    }

    void anAssignmentIsStoredBeforeItIsAnswered()
    {
        Coordinator c;
        c.makeStable();
        QCOMPARE(c.log.endOffset(), Offset{1});
        const auto synced = c.answers<SyncGroupResponse>(); // by replicate()
        QCOMPARE(synced.size(), std::size_t{1});
        QCOMPARE(synced[0].partitions, (std::vector<PartitionIndex>{1, 2, 4}));
    }

    void aCommitIsAnsweredWhenItIsReplicated()
    {
        Coordinator c;
        const std::string id = c.makeStable();
        QVERIFY(c.ask<OffsetCommitResponse>(OffsetCommitRequest{0, 0, id, 1, {{1, 70}, {4, 9}}}).empty());
        QCOMPARE(c.coordinator.committed(0, 1), kUnknownOffset); // not before
        QVERIFY(tests::factsOf<OffsetsCommitted>(c.out).empty());
        QCOMPARE(c.replicate(), std::size_t{1});
        QCOMPARE(tests::factsOf<OffsetsCommitted>(c.out).size(), std::size_t{1});
        QCOMPARE(c.answers<OffsetCommitResponse>().at(0).error, ErrorCode::None);
        const auto fetched = c.ask<OffsetFetchResponse>(OffsetFetchRequest{0, {0, 1, 4}}).at(0).offsets;
        QCOMPARE(fetched.size(), std::size_t{3});
        QCOMPARE(fetched[0].offset, kUnknownOffset);
        QCOMPARE(fetched[1].offset, Offset{70});
        QCOMPARE(fetched[2].offset, Offset{9});
    }

    void aCommitThatCannotBeReplicatedIsRefused_data()
    {
        QTest::addColumn<int>("storing");
        QTest::addColumn<int>("answer");
        QTest::newRow("too few replicas") << static_cast<int>(ErrorCode::NotEnoughReplicas)
                                          << static_cast<int>(ErrorCode::CoordinatorNotAvailable);
        QTest::newRow("leads no longer") << static_cast<int>(ErrorCode::NotLeaderOrFollower)
                                         << static_cast<int>(ErrorCode::NotCoordinator);
    }

    void aCommitThatCannotBeReplicatedIsRefused()
    {
        QFETCH(int, storing);
        Coordinator c;
        const std::string id = c.makeStable();
        c.ask<OffsetCommitResponse>(OffsetCommitRequest{0, 0, id, 1, {{1, 70}}});
        c.replicate(static_cast<ErrorCode>(storing));
        QTEST(static_cast<int>(c.answers<OffsetCommitResponse>().at(0).error), "answer");
        QCOMPARE(c.coordinator.committed(0, 1), kUnknownOffset);
        QVERIFY(tests::factsOf<OffsetsCommitted>(c.out).empty());
    }

    void anOldGenerationCommitsNothing()
    {
        Coordinator c;
        const std::string id = c.makeStable();
        const auto refused = c.ask<OffsetCommitResponse>(OffsetCommitRequest{0, 0, id, 0, {{1, 70}}});
        QCOMPARE(refused.at(0).error, ErrorCode::IllegalGeneration);
        QCOMPARE(tests::factsOf<CommitRefused>(c.out).size(), std::size_t{1});
        QCOMPARE(c.replicate(), std::size_t{0});
        QCOMPARE(c.coordinator.committed(0, 1), kUnknownOffset);
    }

    // E2E-15: the new leader of the partition reads its log; nobody rebalances.
    void anotherCoordinatorGoesOn()
    {
        Coordinator c;
        const std::string id = c.makeStable();
        c.ask<OffsetCommitResponse>(OffsetCommitRequest{0, 0, id, 1, {{4, 9}}});
        c.replicate();
        c.coordinator = GroupCoordinator();
        c.coordinator.onMetadata(c.image, false, c.step());
        c.coordinator.load(c.partition, c.log, c.step());
        QCOMPARE(c.ask<HeartbeatResponse>(HeartbeatRequest{0, id, 1}).at(0).error, ErrorCode::None);
        const ClassicGroup& group = *c.coordinator.group(0);
        QCOMPARE(group.state(), GroupState::Stable);
        QCOMPARE(group.generation(), 1);
        QCOMPARE(group.leader(), id);
        const ClassicGroup::Member& member = group.members().at(0);
        QCOMPARE(member.index, 0);
        QCOMPARE(member.sessionTimeout, Micros{45'000'000});
        QCOMPARE(member.rebalanceTimeout, Micros{300'000'000});
        QCOMPARE(member.topics, (std::vector<TopicIndex>{0, 1}));
        QCOMPARE(member.assignment, (std::vector<PartitionIndex>{1, 2, 4}));
        QCOMPARE(c.coordinator.committed(0, 4), Offset{9});
    }

    // A group that has emptied is written too, or another coordinator would bring the member back.
    void anEmptiedGroupStaysEmpty_data()
    {
        QTest::addColumn<bool>("leaves"); // else it falls silent
        QTest::newRow("left") << true;
        QTest::newRow("expired") << false;
    }

    void anEmptiedGroupStaysEmpty()
    {
        QFETCH(bool, leaves);
        Coordinator c;
        const std::string id = c.makeStable();
        if (leaves) {
            QCOMPARE(c.ask<LeaveGroupResponse>(LeaveGroupRequest{0, id}).at(0).error, ErrorCode::None);
        } else {
            c.now += 45'000'000;
            c.coordinator.onTimer(0, c.step());
        }
        QCOMPARE(c.replicate(), std::size_t{1});
        c.coordinator = GroupCoordinator();
        c.coordinator.onMetadata(c.image, false, c.step());
        c.coordinator.load(c.partition, c.log, c.step());
        QCOMPARE(c.coordinator.group(0)->state(), GroupState::Empty);
        QCOMPARE(c.coordinator.group(0)->generation(), 2);
        QVERIFY(c.coordinator.group(0)->members().empty());
    }

    void whoLeadsNoLongerForgets()
    {
        Coordinator c;
        const std::string id = c.makeStable();
        c.ask<OffsetCommitResponse>(OffsetCommitRequest{0, 0, id, 1, {{4, 9}}});
        c.replicate();
        c.coordinator.unload(c.partition, c.step());
        QVERIFY(!c.coordinator.group(0));
        QCOMPARE(c.coordinator.committed(0, 4), kUnknownOffset);
        QCOMPARE(c.ask<HeartbeatResponse>(HeartbeatRequest{0, id, 1}).at(0).error, ErrorCode::NotCoordinator);
    }
};

TIDELINE_RULE_TEST(GroupCoordinatorTest)
#include "group_coordinator_test.moc"
