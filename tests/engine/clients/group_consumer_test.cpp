// SPDX-License-Identifier: GPL-3.0-or-later
// A member of a group by itself: what it tries again and when, and that work in hand is neither lost nor
// thrown away.
#include "engine/clients/group_consumer.h"
#include "engine/log/record_batch_writer.h"
#include "tests/engine/actor_alone.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Micros kBackoff = 100'000; // retry.backoff.ms
constexpr Micros kSecond = kMicrosPerSecond;

GroupSpec groupSpec(Micros processing = 0)
{
    GroupSpec spec;
    spec.name = "g";
    spec.topics = {"t"};
    spec.processing = processing;
    spec.fetchMaxWait = 1000 * kSecond; // a fetch without data is not answered
    spec.requestTimeout = 2000 * kSecond;
    return spec;
}

// One broker with one partition, which coordinates too.
class Consumer : public tests::ActorAlone<GroupConsumer>
{
public:
    explicit Consumer(const GroupSpec& spec = groupSpec())
        : ActorAlone(scenario(spec))
    {
        actor = GroupConsumer(0, 0, 1);
        with([](GroupConsumer& consumer, Step step) { consumer.start(step); });
        answer<MetadataRequest>(MetadataResponse{tests::ledByBrokerOne(1, 1)});
    }

    void findCoordinator() { answer<FindCoordinatorRequest>(FindCoordinatorResponse{ErrorCode::None, 1}); }
    void join()
    {
        findCoordinator();
        answer<JoinGroupRequest>(JoinGroupResponse{ErrorCode::MemberIdRequired, "m", -1, false, {}});
        answer<JoinGroupRequest>(JoinGroupResponse{ErrorCode::None, "m", 1, true, {{"m", {0}}}});
    }
    void beStable()
    {
        join();
        answer<SyncGroupRequest>(SyncGroupResponse{ErrorCode::None, {0}});
    }
    // Stable, and at work on ten records from offset 0 on.
    void beAtWork()
    {
        beStable();
        answer<OffsetFetchRequest>(OffsetFetchResponse{ErrorCode::None, {{0, 0}}});
        RecordBatchWriter writer;
        LogBatch batch;
        for (batch.records = 0; batch.records < 10; ++batch.records)
            (void)writer.append(0, NullableBytes(), NullableBytes("v"));
        (void)writer.close(batch.bytes);
        answer<FetchRequest>(FetchResponse{{{0, ErrorCode::None, 10, {batch}}}});
    }
    std::int64_t delivered() const
    {
        std::int64_t records = 0;
        for (const RecordsDelivered& some : saw<RecordsDelivered>())
            records += some.records;
        return records;
    }
    template <class Request>
    std::size_t count() const
    {
        return asked<Request>().size();
    }
    // Nothing of this kind is asked now, but after the back-off.
    template <class Request>
    bool isAskedAfterTheBackoff()
    {
        const Micros from = now;
        const std::size_t atOnce = count<Request>();
        advanceTo(from + kBackoff - 1);
        const std::size_t before = count<Request>();
        advanceTo(from + kBackoff);
        return atOnce == 0 && before == 0 && count<Request>() == 1;
    }

private:
    static Scenario scenario(const GroupSpec& spec)
    {
        Scenario scenario;
        scenario.cluster.brokers = 1;
        scenario.topics = {TopicSpec{"t", 1, 1, 1}};
        scenario.groups = {spec};
        return scenario;
    }
};

} // namespace

class GroupConsumerTest : public QObject
{
    Q_OBJECT

private slots:
    void looksForTheCoordinatorAgain()
    {
        Consumer consumer;
        consumer.answer<FindCoordinatorRequest>(
            FindCoordinatorResponse{ErrorCode::CoordinatorNotAvailable, kNone});
        QVERIFY(consumer.isAskedAfterTheBackoff<FindCoordinatorRequest>());
        consumer.lose<FindCoordinatorRequest>();
        QVERIFY(consumer.isAskedAfterTheBackoff<FindCoordinatorRequest>());
    }

    void aLostJoinIsTriedAgain()
    {
        Consumer consumer;
        consumer.findCoordinator();
        consumer.lose<JoinGroupRequest>();
        QVERIFY(consumer.isAskedAfterTheBackoff<FindCoordinatorRequest>());
        consumer.findCoordinator();
        QCOMPARE(consumer.count<JoinGroupRequest>(), std::size_t{1});
    }

    // An assignment that could not be stored: else the members and the coordinator go round as fast as they
    // can.
    void aRefusedSyncWaits()
    {
        Consumer consumer;
        consumer.join();
        consumer.answer<SyncGroupRequest>(SyncGroupResponse{ErrorCode::CoordinatorNotAvailable, {}});
        QCOMPARE(consumer.count<JoinGroupRequest>(), std::size_t{0});
        QVERIFY(consumer.isAskedAfterTheBackoff<FindCoordinatorRequest>());
    }

    // It joins anew while it waits for its positions, and the answer to that says that the coordinator is
    // another.
    void aCoordinatorThatHasMovedIsNotSynchronizedWith()
    {
        Consumer consumer;
        consumer.beStable();
        consumer.advanceTo(3 * kSecond);
        consumer.answer<HeartbeatRequest>(HeartbeatResponse{ErrorCode::RebalanceInProgress});
        QCOMPARE(consumer.count<JoinGroupRequest>(), std::size_t{1});
        consumer.answer<OffsetFetchRequest>(OffsetFetchResponse{ErrorCode::NotCoordinator, {}});
        consumer.answer<JoinGroupRequest>(JoinGroupResponse{ErrorCode::None, "m", 2, false, {}});
        QCOMPARE(consumer.count<SyncGroupRequest>(), std::size_t{0});
        QVERIFY(consumer.isAskedAfterTheBackoff<FindCoordinatorRequest>());
    }

    void positionsAreAskedForAfterABackoff()
    {
        Consumer consumer;
        consumer.beStable();
        consumer.answer<OffsetFetchRequest>(OffsetFetchResponse{ErrorCode::NotCoordinator, {}});
        QVERIFY(consumer.isAskedAfterTheBackoff<FindCoordinatorRequest>());
        consumer.findCoordinator();
        consumer.answer<OffsetFetchRequest>(OffsetFetchResponse{ErrorCode::None, {{0, kUnknownOffset}}});
        consumer.answer<ListOffsetsRequest>(
            ListOffsetsResponse{{{0, ErrorCode::OffsetNotAvailable, kUnknownOffset}}});
        QVERIFY(consumer.isAskedAfterTheBackoff<OffsetFetchRequest>());
    }

    // close() in the middle of the work: what is processed is delivered and committed, the rest is for
    // others.
    void stoppingLosesNothing()
    {
        Consumer consumer(groupSpec(kSecond));
        consumer.beAtWork();
        consumer.advanceTo(2'500'000);
        QCOMPARE(consumer.delivered(), std::int64_t{0});
        consumer.with([](GroupConsumer& actor, Step step) { actor.stop(step); });
        QCOMPARE(consumer.delivered(), std::int64_t{2});
        QCOMPARE(consumer.count<OffsetCommitRequest>(), std::size_t{1});
        QVERIFY((consumer.asked<OffsetCommitRequest>()[0].offsets == std::vector<PartitionOffset>{{0, 2}}));
        QCOMPARE(consumer.count<LeaveGroupRequest>(), std::size_t{1});
    }

    // The background thread learns that the group goes on without it; the application does at its next poll.
    void anApplicationFinishesWhatItHas()
    {
        Consumer consumer(groupSpec(kSecond));
        consumer.beAtWork();
        consumer.advanceTo(3 * kSecond);
        consumer.answer<HeartbeatRequest>(HeartbeatResponse{ErrorCode::UnknownMemberId});
        QCOMPARE(consumer.actor.state(), MemberState::Stable);
        consumer.advanceTo(9 * kSecond);
        QCOMPARE(consumer.count<HeartbeatRequest>(), std::size_t{0});
        QCOMPARE(consumer.count<JoinGroupRequest>(), std::size_t{0});
        consumer.advanceTo(10 * kSecond);
        QCOMPARE(consumer.delivered(), std::int64_t{10});
        QVERIFY(consumer.facts<PartitionsRevoked>().at(0).lost);
        QCOMPARE(consumer.asked<JoinGroupRequest>().at(0).memberId, std::string());
    }

    void leavesOnceWhenItDoesNotPoll()
    {
        GroupSpec spec = groupSpec(100 * kSecond);
        spec.maxPollInterval = 5 * kSecond;
        Consumer consumer(spec);
        consumer.beAtWork();
        consumer.advanceTo(5 * kSecond);
        QCOMPARE(consumer.count<LeaveGroupRequest>(), std::size_t{0});
        consumer.advanceTo(30 * kSecond);
        QCOMPARE(consumer.count<LeaveGroupRequest>(), std::size_t{1});
        QCOMPARE(consumer.asked<LeaveGroupRequest>()[0].memberId, std::string("m"));
    }
};

TIDELINE_RULE_TEST(GroupConsumerTest)
#include "group_consumer_test.moc"
