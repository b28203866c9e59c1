// SPDX-License-Identifier: GPL-3.0-or-later
// The records of __consumer_offsets, byte by byte as Kafka's schemas say, and there and back.
#include "engine/clients/offsets_topic.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

QByteArray hex(const std::string& bytes)
{
    return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size())).toHex();
}

// Without the blanks that make it readable.
QByteArray packed(QByteArray text)
{
    return text.replace(" ", "");
}

GroupMetadataRecord twoMembers()
{
    GroupMetadataRecord record;
    record.group = "billing";
    record.generation = 5;
    record.leader = "member-0-aa";
    record.since = 1234;
    record.members = {
        {"member-0-aa",
         "member-0",
         300'000,
         45'000,
         {"orders", "refunds"},
         {{"orders", {0, 1}}, {"refunds", {2}}}},
        {"member-1-bb", "member-1", 60'000, 10'000, {"orders"}, {}},
    };
    return record;
}

} // namespace

class OffsetsTopicTest : public QObject
{
    Q_OBJECT

private slots:
    void offsetCommitBytes()
    {
        const KeyAndValue bytes = encode(OffsetCommitRecord{"g", "to", 3, 258, 1000});
        QCOMPARE(hex(bytes.key), packed("0001 0001 67 0002 746f 00000003"));
        QCOMPARE(hex(*bytes.value), packed("0003 0000000000000102 ffffffff 0000 00000000000003e8"));
    }

    void emptyGroupBytes()
    {
        const KeyAndValue bytes = encode(GroupMetadataRecord{"g", 2, "", 1000, {}});
        QCOMPARE(hex(bytes.key), packed("0002 0001 67"));
        QCOMPARE(hex(*bytes.value),
                 packed("0003 0008 636f6e73756d6572 00000002 ffff ffff 00000000000003e8 00000000"));
    }

    void groupWithAMemberBytes()
    {
        GroupMetadataRecord record{"g", 1, "m", 0, {}};
        record.members = {{"m", "c", 60'000, 10'000, {"t"}, {{"t", {0, 2}}}}};
        const QByteArray subscription = "0000 00000001 0001 74 ffffffff";
        const QByteArray assignment = "0000 00000001 0001 74 00000002 00000000 00000002 ffffffff";
        QCOMPARE(
            hex(*encode(record).value),
            packed("0003 0008 636f6e73756d6572 00000001 0005 72616e6765 0001 6d 0000000000000000 00000001 "
                   "0001 6d ffff 0001 63 0004 2f6c6162 0000ea60 00002710 0000000d " +
                   subscription + " 00000019 " + assignment));
    }

    void thereAndBack()
    {
        const OffsetCommitRecord offset{"billing", "orders", 7, 1'000'000'000'000, 42};
        const KeyAndValue offsetBytes = encode(offset);
        const auto offsetBack = decodeOffsetsRecord(offsetBytes.key, *offsetBytes.value);
        QVERIFY(offsetBack && std::get<OffsetCommitRecord>(*offsetBack) == offset);
        const KeyAndValue groupBytes = encode(twoMembers());
        const auto groupBack = decodeOffsetsRecord(groupBytes.key, *groupBytes.value);
        QVERIFY(groupBack && std::get<GroupMetadataRecord>(*groupBack) == twoMembers());
    }

    void aDeletedOffsetIsATombstone()
    {
        const OffsetCommitRecord deleted{"g", "to", 3, kUnknownOffset, 0};
        const KeyAndValue bytes = encode(deleted);
        QCOMPARE(hex(bytes.key), packed("0001 0001 67 0002 746f 00000003"));
        QVERIFY(!bytes.value);
        const auto back = decodeOffsetsRecord(bytes.key, {});
        QVERIFY(back && std::get<OffsetCommitRecord>(*back) == deleted);
    }

    // Whatever is cut off: never a record, never a crash.
    void piecesAreNoRecords()
    {
        const KeyAndValue bytes = encode(twoMembers());
        for (std::size_t size = 0; size < bytes.value->size(); ++size) {
            const auto back = decodeOffsetsRecord(bytes.key, std::string_view(*bytes.value).substr(0, size));
            QVERIFY2(!back || !(std::get<GroupMetadataRecord>(*back) == twoMembers()),
                     qPrintable(QString::number(size)));
        }
        for (std::size_t size = 0; size < bytes.key.size(); ++size)
            QVERIFY(!decodeOffsetsRecord(std::string_view(bytes.key).substr(0, size), *bytes.value));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        const QByteArray key = "0001 0001 67 0001 74 00000000";
        const QByteArray value = "0003 0000000000000001 ffffffff 0000 0000000000000000";
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("another kind of key") << QByteArray("0003 0001 67") << value;
        QTest::newRow("another version of the value") << key << QByteArray("0002") + value.mid(4);
        QTest::newRow("a tombstone of a group") << QByteArray("0002 0001 67") << QByteArray();
        QTest::newRow("a count beyond the bytes")
            << QByteArray("0002 0001 67")
            << QByteArray("0003 0000 00000001 ffff ffff 0000000000000000 7fffffff");
        QTest::newRow("a negative count")
            << QByteArray("0002 0001 67")
            << QByteArray("0003 0000 00000001 ffff ffff 0000000000000000 80000000");
    }

    void refuses()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        const std::string keyBytes = QByteArray::fromHex(packed(key)).toStdString();
        const std::string valueBytes = QByteArray::fromHex(packed(value)).toStdString();
        QVERIFY(!decodeOffsetsRecord(keyBytes, valueBytes));
    }
};

TIDELINE_RULE_TEST(OffsetsTopicTest)
#include "offsets_topic_test.moc"
