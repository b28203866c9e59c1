// SPDX-License-Identifier: GPL-3.0-or-later
// Varints, big-endian integers, CRC-32C and sequence numbers: the numbers of which a batch is made.
#include "engine/log/copy_bytes.h"
#include "engine/log/crc32c.h"
#include "engine/log/sequence.h"
#include "engine/log/varint.h"

#include <QtTest>

#include <array>
#include <limits>
#include <string>

using namespace tideline;

class VarintTest : public QObject
{
    Q_OBJECT

private slots:
    void varints_data()
    {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("0") << qint64(0) << QByteArray("00");
        QTest::newRow("-1") << qint64(-1) << QByteArray("01");
        QTest::newRow("1") << qint64(1) << QByteArray("02");
        QTest::newRow("63") << qint64(63) << QByteArray("7e");
        QTest::newRow("-64") << qint64(-64) << QByteArray("7f");
        QTest::newRow("64") << qint64(64) << QByteArray("8001");
        QTest::newRow("-65") << qint64(-65) << QByteArray("8101");
        QTest::newRow("8191") << qint64(8191) << QByteArray("fe7f");
        QTest::newRow("8192") << qint64(8192) << QByteArray("808001");
        QTest::newRow("max") << qint64(2147483647) << QByteArray("feffffff0f");
        QTest::newRow("min") << qint64(-2147483647 - 1) << QByteArray("ffffffff0f");
    }
    void varints()
    {
        QFETCH(qint64, value);
        QFETCH(QByteArray, hex);
        const auto number = static_cast<std::int32_t>(value);
        std::array<char, kMaxVarintBytes> room{};
        const char* end = putVarint(room.data(), number);
        QCOMPARE(QByteArray(room.data(), static_cast<int>(end - room.data())).toHex(), hex);
        QCOMPARE(varintSize(number), static_cast<std::size_t>(hex.size() / 2));
        const char* at = room.data();
        std::int32_t read = 0;
        QVERIFY(getVarint(at, end, read) == VarintRead::Done);
        QCOMPARE(read, number);
        QVERIFY(at == end);
    }

    void varlongsAtTheEndsOfTheRange()
    {
        for (const std::int64_t number :
             {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
            std::array<char, kMaxVarlongBytes> room{};
            const char* end = putVarlong(room.data(), number);
            QCOMPARE(end - room.data(), std::ptrdiff_t(10));
            QCOMPARE(varlongSize(number), std::size_t(10));
            const char* at = room.data();
            std::int64_t read = 0;
            QVERIFY(getVarlong(at, end, read) == VarintRead::Done);
            QCOMPARE(read, number);
        }
    }

    void sizeGrowsByAByteEverySevenBits()
    {
        for (std::size_t bits = 1; bits < 63; ++bits) {
            // Zigzag doubles a positive number: 2^(bits-1) takes bits + 1 bits.
            QCOMPARE(varlongSize(std::int64_t{1} << (bits - 1)), bits / 7 + 1);
        }
    }

    void cutOffAndTooLongAreToldApart()
    {
        std::int32_t read = 7;
        const std::string cut = "\x80\x80";
        const char* at = cut.data();
        QVERIFY(getVarint(at, cut.data() + cut.size(), read) == VarintRead::CutOff);
        QVERIFY(at == cut.data());
        const std::string endless = "\x80\x80\x80\x80\x80\x01";
        at = endless.data();
        QVERIFY(getVarint(at, endless.data() + endless.size(), read) == VarintRead::TooLong);
        QCOMPARE(read, 7);
    }

    void bigEndianBytes()
    {
        std::array<char, 8> room{};
        storeBigEndian<std::int32_t>(room.data(), -2);
        QCOMPARE(QByteArray(room.data(), 4).toHex(), QByteArray("fffffffe"));
        QCOMPARE(loadBigEndian<std::int32_t>(room.data()), -2);
        storeBigEndian<std::int64_t>(room.data(), 0x0102030405060708);
        QCOMPARE(QByteArray(room.data(), 8).toHex(), QByteArray("0102030405060708"));
        QCOMPARE(loadBigEndian<std::int16_t>(room.data()), std::int16_t(0x0102));
    }

    void checksumHasTheCheckValue()
    {
        QCOMPARE(crc32c("123456789"), 0xE3069283U);
        QCOMPARE(crc32c(""), 0U);
        // RFC 3720, B.4: 32 bytes of zeroes and of ones.
        QCOMPARE(crc32c(std::string(32, '\0')), 0x8a9136aaU);
        QCOMPARE(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
    }

    void copiesOfEveryShortLength()
    {
        std::string from;
        for (int i = 0; i < 300; ++i)
            from.push_back(static_cast<char>(i));
        for (std::size_t length = 0; length <= from.size(); ++length) {
            std::string to(from.size() + 1, '#');
            const char* end = copyBytes(to.data(), from.data(), length);
            QCOMPARE(static_cast<std::size_t>(end - to.data()), length);
            QCOMPARE(to.substr(0, length), from.substr(0, length));
            QCOMPARE(to.substr(length), std::string(to.size() - length, '#'));
        }
    }

    void sequencesWrapToZero()
    {
        constexpr std::int32_t kLast = std::numeric_limits<std::int32_t>::max();
        QCOMPARE(incrementSequence(5, 3), 8);
        QCOMPARE(incrementSequence(kLast, 1), 0);
        QCOMPARE(incrementSequence(kLast - 1, 3), 1);
        QCOMPARE(incrementSequence(kLast, kLast), kLast - 1);
        QCOMPARE(decrementSequence(8, 3), 5);
        QCOMPARE(decrementSequence(0, 1), kLast);
        QCOMPARE(decrementSequence(1, 3), kLast - 1);
    }
};

QTEST_APPLESS_MAIN(VarintTest)
#include "varint_test.moc"
