// SPDX-License-Identifier: GPL-3.0-or-later
// What a leader refuses a batch for: its timestamps, and records without a key where logs are compacted.
#include "engine/cluster/validate_records.h"
#include "engine/log/record_batch_writer.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

constexpr Millis kNow = 10'000'000;
constexpr Millis kHour = 3'600'000;

struct OneRecord
{
    Millis timestamp = 0;
    bool key = false;
};

LogBatch batchOf(const std::vector<OneRecord>& records)
{
    RecordBatchWriter writer;
    LogBatch batch;
    batch.maxTimestamp = -1;
    for (const OneRecord& record : records) {
        const NullableBytes key = record.key ? NullableBytes(Bytes("k")) : NullableBytes();
        if (writer.append(record.timestamp, key, NullableBytes(Bytes("v"))) != BatchFault::None)
            qFatal("the batch could not be written");
        batch.maxTimestamp = std::max(batch.maxTimestamp, record.timestamp);
    }
    batch.records = writer.recordCount();
    if (writer.close(batch.bytes) != BatchFault::None)
        qFatal("the batch could not be closed");
    return batch;
}

} // namespace

Q_DECLARE_METATYPE(tideline::ErrorCode)

class ValidateRecordsTest : public QObject
{
    Q_OBJECT

private slots:
    // By default an hour ahead is too far, and nothing is too old.
    void defaults_data()
    {
        QTest::addColumn<Millis>("timestamp");
        QTest::addColumn<ErrorCode>("error");
        QTest::newRow("now") << kNow << ErrorCode::None;
        QTest::newRow("an hour ahead") << kNow + kHour << ErrorCode::None;
        QTest::newRow("more than an hour ahead") << kNow + kHour + 1 << ErrorCode::InvalidTimestamp;
        QTest::newRow("long ago") << Millis{0} << ErrorCode::None;
        QTest::newRow("none") << Millis{-1} << ErrorCode::None;
    }

    void defaults()
    {
        QFETCH(Millis, timestamp);
        // One sound record beside it does not help.
        QTEST(validateRecords(batchOf({{kNow, true}, {timestamp, true}}), {}, kNow), "error");
    }

    void limits()
    {
        LogConfig config;
        config.timestampAfterMax = 10;
        config.timestampBeforeMax = 20;
        const auto error = [&](Millis timestamp) {
            return validateRecords(batchOf({{timestamp, true}, {kNow, true}}), config, kNow);
        };
        QCOMPARE(error(kNow + 10), ErrorCode::None);
        QCOMPARE(error(kNow + 11), ErrorCode::InvalidTimestamp);
        QCOMPARE(error(kNow - 20), ErrorCode::None);
        QCOMPARE(error(kNow - 21), ErrorCode::InvalidTimestamp);
        QCOMPARE(error(-1), ErrorCode::None); // it has none
    }

    void compactionNeedsKeys()
    {
        LogConfig config;
        config.compacts = true;
        QCOMPARE(validateRecords(batchOf({{kNow, true}}), config, kNow), ErrorCode::None);
        QCOMPARE(validateRecords(batchOf({{kNow, true}, {kNow, false}}), config, kNow),
                 ErrorCode::InvalidRecord);
    }

    // Of two wrong records the timestamp is told; a record without a key is looked at no further.
    void timestampsGoFirst()
    {
        LogConfig config;
        config.compacts = true;
        const Millis late = kNow + 2 * kHour;
        QCOMPARE(validateRecords(batchOf({{kNow, false}, {late, true}}), config, kNow),
                 ErrorCode::InvalidTimestamp);
        QCOMPARE(validateRecords(batchOf({{late, false}}), config, kNow), ErrorCode::InvalidRecord);
    }
};

TIDELINE_RULE_TEST(ValidateRecordsTest)
#include "validate_records_test.moc"
