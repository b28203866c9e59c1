// SPDX-License-Identifier: GPL-3.0-or-later
// A consumer's fetching: one request a broker, nothing for what is buffered, and turns for all (FET-10).
#include "engine/clients/fetch_client.h"
#include "tests/engine/metadata_log.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

using Partitions = std::vector<PartitionIndex>;

namespace {

// Partition p of four is led by broker p % 2 + 1, in epoch 10 + p; partition 3 by nobody. Brokers 1 and 2 are
// alive.
tests::MetadataLog metadataLog()
{
    tests::MetadataLog log;
    log.broker(1);
    log.broker(2);
    log.topic(0, "t");
    for (PartitionIndex p = 0; p < 4; ++p) {
        const BrokerId leader = p == 3 ? kNone : p % 2 + 1;
        log.partition(0, p, {1, 2}, {1, 2}, leader);
        for (int epoch = 0; epoch < 10 + p; ++epoch)
            log.change(p, leader, {});
    }
    return log;
}

ClientMetadata knownFrom(const tests::MetadataLog& log)
{
    ClientMetadata result;
    result.answered(log.image(), true, 0, 0, 0);
    return result;
}

ClientMetadata metadata()
{
    return knownFrom(metadataLog());
}

LogBatch batch(Offset base, std::int32_t records)
{
    LogBatch result;
    result.baseOffset = base;
    result.records = records;
    return result;
}

FetchResponse::Part part(PartitionIndex partition, std::vector<LogBatch> batches,
                         ErrorCode error = ErrorCode::None)
{
    return {partition, error, 100, std::move(batches)};
}

FetchClient clientOf(const Partitions& partitions)
{
    FetchClient client;
    client.assign(partitions);
    for (const PartitionIndex partition : partitions)
        client.setPosition(partition, 0);
    return client;
}

// "1: 0 2; 2: 1": what is asked of which broker.
QString ask(FetchClient& client, bool* unknownLeader = nullptr, Micros now = 0,
            const ClientMetadata& known = metadata())
{
    bool unknown = false;
    QStringList brokers;
    for (const auto& [broker, request] : client.requests(known, FetchLimits{}, now, unknown)) {
        QString text = QString::number(broker) + ':';
        for (const FetchRequest::Part& asked : request.parts)
            text += ' ' + QString::number(asked.partition);
        brokers << text;
    }
    if (unknownLeader)
        *unknownLeader = unknown;
    return brokers.join("; ");
}

// Partition 0 is to be read from broker 2 until 1 s.
FetchClient sentToBroker2()
{
    FetchClient client = clientOf({0});
    ask(client);
    FetchResponse::Part elsewhere = part(0, {});
    elsewhere.preferredReadReplica = 2;
    client.onResponse(1, {{elsewhere}}, 1'000'000);
    return client;
}

// "0@0+5": partition, offset, records.
QString poll(FetchClient& client, std::int64_t most)
{
    QStringList slices;
    for (const PolledSlice& slice : client.poll(most))
        slices << QString("%1@%2+%3").arg(slice.partition).arg(slice.offset).arg(slice.records);
    return slices.join(' ');
}

} // namespace

class FetchClientTest : public QObject
{
    Q_OBJECT

private slots:
    void oneRequestABroker()
    {
        FetchClient client = clientOf({0, 1, 2});
        QCOMPARE(ask(client), "1: 0 2; 2: 1");
        QCOMPARE(ask(client), ""); // under way
        client.onResponse(1, {});
        QCOMPARE(ask(client), "1: 0 2");
        client.onLost(2);
        QCOMPARE(ask(client), "2: 1");
    }

    void aRequestSaysWhatItKnows()
    {
        FetchClient client = clientOf({2});
        client.setPosition(2, 77);
        FetchLimits limits;
        limits.maxWait = 1;
        limits.minBytes = 2;
        limits.maxBytes = 3;
        limits.maxPartitionBytes = 4;
        limits.rack = "a";
        bool unknown = false;
        const auto requests = client.requests(metadata(), limits, 0, unknown);
        QCOMPARE(requests.size(), std::size_t{1});
        QVERIFY((requests[0].second == FetchRequest{1, 2, 3, {{2, 77, 12, 4}}, "a"}));
        QVERIFY(!unknown);
    }

    void withoutALeaderMetadataIsWanted()
    {
        FetchClient client = clientOf({3});
        bool unknown = false;
        QCOMPARE(ask(client, &unknown), "");
        QVERIFY(unknown);
    }

    void withoutAPositionNothingIsAsked()
    {
        FetchClient client;
        client.assign({2, 0});
        QCOMPARE(ask(client), "");
        QCOMPARE(client.withoutPosition(), (Partitions{0, 2}));
        client.setPosition(0, 5);
        QCOMPARE(client.withoutPosition(), Partitions{2});
        QCOMPARE(client.positions().size(), std::size_t{1});
        QCOMPARE(client.positions()[0].offset, Offset{5});
    }

    void whatIsBufferedIsNotAskedFor()
    {
        FetchClient client = clientOf({0, 2});
        ask(client);
        client.onResponse(1, {{part(0, {batch(0, 5)})}});
        QVERIFY(client.hasBuffered());
        QCOMPARE(ask(client), "1: 2");
        QCOMPARE(poll(client, 100), "0@0+5");
        QVERIFY(!client.hasBuffered());
        client.onResponse(1, {});
        QCOMPARE(ask(client), "1: 2 0"); // it has had its turn
    }

    void pollHandsOutSoMany()
    {
        FetchClient client = clientOf({0, 2});
        client.onResponse(1, {{part(0, {batch(0, 5), batch(5, 5)}), part(2, {batch(0, 4)})}});
        QCOMPARE(poll(client, 3), "0@0+3");
        QCOMPARE(poll(client, 6), "0@3+2 0@5+4"); // over the border of two batches
        QCOMPARE(poll(client, 6), "0@9+1 2@0+4");
        QCOMPARE(poll(client, 6), "");
        QCOMPARE(client.positions()[0].offset, Offset{10});
    }

    // FET-10: a broker gives whole batches; the consumer begins where it is.
    void aPositionInsideABatch()
    {
        FetchClient client = clientOf({0});
        client.setPosition(0, 4);
        client.onResponse(1, {{part(0, {batch(0, 10)})}});
        QCOMPARE(poll(client, 100), "0@4+6");
    }

    void answersToOldQuestionsAreLeftOut_data()
    {
        QTest::addColumn<int>("position");
        QTest::addColumn<QString>("polled");
        QTest::newRow("before what came") << 4 << "";
        QTest::newRow("in what came") << 6 << "0@6+4";
        QTest::newRow("behind what came") << 10 << "";
    }

    void answersToOldQuestionsAreLeftOut()
    {
        QFETCH(int, position);
        FetchClient client = clientOf({0});
        ask(client);
        client.setPosition(0, position);
        client.onResponse(1, {{part(0, {batch(5, 5)})}});
        QTEST(poll(client, 100), "polled");
    }

    void errors_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("refresh");
        QTest::addColumn<bool>("reset");
        const auto row = [](ErrorCode error, bool refresh, bool reset) {
            QTest::newRow(std::string(errorName(error)).c_str())
                << static_cast<int>(error) << refresh << reset;
        };
        row(ErrorCode::None, false, false);
        row(ErrorCode::OffsetOutOfRange, false, true);
        row(ErrorCode::NotLeaderOrFollower, true, false);
        row(ErrorCode::FencedLeaderEpoch, true, false);
        row(ErrorCode::UnknownLeaderEpoch, true, false);
        row(ErrorCode::UnknownTopicOrPartition, true, false);
    }

    void errors()
    {
        QFETCH(int, error);
        FetchClient client = clientOf({0});
        ask(client);
        QTEST(client.onResponse(1, {{part(0, {}, static_cast<ErrorCode>(error))}}), "refresh");
        QTEST(!client.withoutPosition().empty(), "reset");
    }

    // OFFSET_OUT_OF_RANGE speaks of the offset that was asked for.
    void aPositionThatHasMovedSinceIsNotReset()
    {
        FetchClient client = clientOf({0});
        ask(client);
        client.setPosition(0, 50);
        client.onResponse(1, {{part(0, {}, ErrorCode::OffsetOutOfRange)}});
        QVERIFY(client.withoutPosition().empty());
    }

    void aResetAsksForNothingUntilItIsDone()
    {
        FetchClient client = clientOf({0});
        client.requestReset(0);
        QCOMPARE(ask(client), "");
        client.setPosition(0, 50);
        QCOMPARE(ask(client), "1: 0");
    }

    // A seek leaves nothing of the old place.
    void aNewPositionDropsWhatIsBuffered()
    {
        FetchClient client = clientOf({0});
        client.onResponse(1, {{part(0, {batch(0, 5)})}});
        client.setPosition(0, 50);
        QVERIFY(!client.hasBuffered());
        QCOMPARE(poll(client, 10), "");
    }

    // KIP-392: for as long as the leader's word holds, then the leader is asked again.
    void aPreferredReplicaIsReadFrom()
    {
        FetchClient client = sentToBroker2();
        QCOMPARE(ask(client, nullptr, 1'000'000), "2: 0");
        client.onResponse(2, {{part(0, {batch(0, 5)})}});
        QCOMPARE(poll(client, 10), "0@0+5");
        QCOMPARE(ask(client, nullptr, 1'000'001), "1: 0");
    }

    // What the follower does not have the leader may: no reset before that.
    void errorsOfAPreferredReplicaLeadBack_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("refresh");
        QTest::newRow("OFFSET_OUT_OF_RANGE") << static_cast<int>(ErrorCode::OffsetOutOfRange) << false;
        QTest::newRow("NOT_LEADER_OR_FOLLOWER") << static_cast<int>(ErrorCode::NotLeaderOrFollower) << true;
        QTest::newRow("FENCED_LEADER_EPOCH") << static_cast<int>(ErrorCode::FencedLeaderEpoch) << true;
    }

    void errorsOfAPreferredReplicaLeadBack()
    {
        QFETCH(int, error);
        FetchClient client = sentToBroker2();
        ask(client);
        QTEST(client.onResponse(2, {{part(0, {}, static_cast<ErrorCode>(error))}}), "refresh");
        QVERIFY(client.withoutPosition().empty());
        QCOMPARE(ask(client), "1: 0");
        client.onResponse(1, {{part(0, {}, ErrorCode::OffsetOutOfRange)}});
        QCOMPARE(client.withoutPosition(), Partitions{0}); // the leader's word counts
    }

    void aLostConnectionLeadsBack()
    {
        FetchClient client = sentToBroker2();
        QCOMPARE(ask(client), "2: 0");
        client.onLost(2);
        QCOMPARE(ask(client), "1: 0");
    }

    void anotherLeadershipLeadsBack()
    {
        FetchClient client = sentToBroker2();
        tests::MetadataLog log = metadataLog();
        log.change(0, 1, {});
        QCOMPARE(ask(client, nullptr, 0, knownFrom(log)), "1: 0");
    }

    void aReplicaThatIsFencedLeadsBack()
    {
        FetchClient client = sentToBroker2();
        tests::MetadataLog log = metadataLog();
        log.fence(2);
        bool old = false;
        QCOMPARE(ask(client, &old, 0, knownFrom(log)), "1: 0");
        QVERIFY(old);
    }

    void revokedPartitionsAreGone()
    {
        FetchClient client = clientOf({0, 1});
        ask(client);
        client.clear();
        client.onResponse(1, {{part(0, {batch(0, 5)})}});
        QCOMPARE(poll(client, 10), "");
        QVERIFY(client.positions().empty());
    }
};

TIDELINE_RULE_TEST(FetchClientTest)
#include "fetch_client_test.moc"
