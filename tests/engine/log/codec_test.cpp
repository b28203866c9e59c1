// SPDX-License-Identifier: GPL-3.0-or-later
// Every codec: what goes in comes out, damage is a fault, and a small stream cannot become a large one.
#include "engine/base/random.h"
#include "engine/log/batch_frame.h"
#include "engine/log/codec.h"
#include "engine/log/compressed_batch.h"
#include "tests/engine/log/sample_batches.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;
using namespace tideline::tests;

namespace {

constexpr Codec kCodecs[] = {Codec::Gzip, Codec::Snappy, Codec::Lz4, Codec::Zstd};

// Runs and noise in turns, so that blocks of both kinds are written.
std::string sample(Random& random, std::size_t size)
{
    std::string bytes(size, 'a');
    for (std::size_t i = 0; i < size; ++i) {
        if (i / 1000 % 2 == 0)
            bytes[i] = static_cast<char>(random.below(256));
    }
    return bytes;
}

std::string unhex(const char* text)
{
    return QByteArray::fromHex(text).toStdString();
}

} // namespace

class CodecTest : public QObject
{
    Q_OBJECT
private slots:
    void everyCodecGivesBackWhatWentIn();
    void everyCutIsAFaultOrLess();
    void damageNeverGivesMoreThanTheLimit();
    void aBombEndsAtTheLimit();
    void snappyTakesARawBlock();
    void snappyTakesASecondHeader();
    void gzipTakesASecondMember();
    void lz4TakesChecksumsOfBlocks();
    void lz4RefusesDependentBlocks();
    void aBatchKeepsItsFields();
    void damagedRecordsOfABatchAreAKafkaException();
};

void CodecTest::everyCodecGivesBackWhatWentIn()
{
    Random random(7, 0);
    for (const std::size_t size : {0, 1, 100, 32 * 1024, 64 * 1024, 64 * 1024 + 1, 300'000}) {
        const std::string plain = sample(random, size);
        for (const Codec codec : kCodecs) {
            const Chunk packed = compress(codec, plain);
            const Decompressed result = decompress(codec, packed.bytes());
            QVERIFY2(result.fault == CodecFault::None, codecName(codec));
            QVERIFY2(result.bytes.bytes() == plain, codecName(codec));
            QVERIFY2(size < 10'000 || packed.size() < size * 3 / 4, codecName(codec));
        }
    }
}

void CodecTest::everyCutIsAFaultOrLess()
{
    Random random(8, 0);
    const std::string plain = sample(random, 1500);
    for (const Codec codec : kCodecs) {
        const Chunk packed = compress(codec, plain);
        for (std::size_t cut = 0; cut < packed.size(); ++cut) {
            const Decompressed result = decompress(codec, packed.bytes().substr(0, cut));
            const Bytes out = result.bytes.bytes();
            QVERIFY2(result.fault != CodecFault::None || out.size() < plain.size(), codecName(codec));
            QVERIFY2(Bytes(plain).starts_with(out), codecName(codec));
        }
    }
}

void CodecTest::damageNeverGivesMoreThanTheLimit()
{
    Random random(9, 0);
    const std::string plain = sample(random, 3000);
    std::size_t faults = 0;
    for (const Codec codec : kCodecs) {
        const std::string packed(compress(codec, plain).bytes());
        for (int i = 0; i < 500; ++i) {
            std::string damaged = packed;
            damaged[random.below(damaged.size())] ^= static_cast<char>(1 + random.below(255));
            const Decompressed result = decompress(codec, damaged, 10'000);
            QVERIFY2(result.bytes.size() <= 10'000, codecName(codec));
            faults += result.fault != CodecFault::None ? 1 : 0;
        }
    }
    QVERIFY(faults > 500);
}

void CodecTest::aBombEndsAtTheLimit()
{
    const std::string plain(4 << 20, 'x');
    for (const Codec codec : kCodecs) {
        const Chunk packed = compress(codec, plain);
        QVERIFY2(packed.size() < plain.size() / 15, codecName(codec));
        const Decompressed result = decompress(codec, packed.bytes(), 100'000);
        QVERIFY2(result.fault == CodecFault::TooLarge, codecName(codec));
        QVERIFY2(result.bytes.size() <= 100'000, codecName(codec));
        QVERIFY2(decompress(codec, packed.bytes(), plain.size()).fault == CodecFault::None, codecName(codec));
    }
}

void CodecTest::snappyTakesARawBlock()
{
    // Five plain bytes: their number, a literal of length 5, the bytes.
    const Decompressed result = decompress(Codec::Snappy, unhex("051068656c6c6f"));
    QCOMPARE(result.fault, CodecFault::None);
    QCOMPARE(result.bytes.bytes(), Bytes("hello"));
}

void CodecTest::snappyTakesASecondHeader()
{
    const std::string one(compress(Codec::Snappy, "hello").bytes());
    QCOMPARE(QByteArray::fromStdString(one).toHex(),
             QByteArray("82534e4150505900000000010000000100000007051068656c6c6f"));
    const Decompressed result = decompress(Codec::Snappy, one + one);
    QCOMPARE(result.fault, CodecFault::None);
    QCOMPARE(result.bytes.bytes(), Bytes("hellohello"));
}

void CodecTest::gzipTakesASecondMember()
{
    const std::string one(compress(Codec::Gzip, "hello").bytes());
    QCOMPARE(QByteArray::fromStdString(one.substr(0, 10)).toHex(), QByteArray("1f8b08000000000000ff"));
    const Decompressed result = decompress(Codec::Gzip, one + one + "no member");
    QCOMPARE(result.fault, CodecFault::None);
    QCOMPARE(result.bytes.bytes(), Bytes("hellohello"));
}

void CodecTest::lz4TakesChecksumsOfBlocks()
{
    // The block of "hello", stored, with the XXH32 of its bytes: fb0077f9.
    const std::string frame =
        unhex("04224d1870") + unhex("40ad05000080") + "hello" + unhex("f97700fb00000000");
    const Decompressed result = decompress(Codec::Lz4, frame);
    QCOMPARE(result.fault, CodecFault::None);
    QCOMPARE(result.bytes.bytes(), Bytes("hello"));
    std::string wrong = frame;
    wrong[12] ^= 1;
    QCOMPARE(decompress(Codec::Lz4, wrong).fault, CodecFault::Damaged);
}

void CodecTest::lz4RefusesDependentBlocks()
{
    std::string frame(compress(Codec::Lz4, "hello").bytes());
    QCOMPARE(QByteArray::fromStdString(frame.substr(0, 7)).toHex(), QByteArray("04224d18604082"));
    frame[4] = 0x40;
    QCOMPARE(decompress(Codec::Lz4, frame).fault, CodecFault::Damaged);
}

void CodecTest::aBatchKeepsItsFields()
{
    RecordBatchWriter writer({.baseOffset = 10,
                              .partitionLeaderEpoch = 3,
                              .producerId = 7,
                              .producerEpoch = 1,
                              .baseSequence = 5,
                              .transactional = true,
                              .logAppendTime = 99,
                              .deleteHorizon = {}});
    for (int i = 0; i < 100; ++i)
        QCOMPARE(writer.append(1000 + i, "key", "value"), BatchFault::None);
    Chunk plain;
    QCOMPARE(writer.close(plain), BatchFault::None);
    for (const Codec codec : kCodecs) {
        const Chunk packed = compressBatch(plain.bytes(), codec);
        QCOMPARE(checkBatch(packed.bytes()), BatchFault::None);
        QVERIFY(packed.size() < plain.size());
        BatchHeader expected = readBatchHeader(plain.bytes());
        const BatchHeader header = readBatchHeader(packed.bytes());
        QCOMPARE(header.codecNumber(), static_cast<int>(codec));
        expected.attributes = header.attributes;
        expected.batchLength = header.batchLength;
        expected.checksum = header.checksum;
        QVERIFY(header == expected);
        Chunk again;
        QVERIFY(decompressBatch(packed.bytes(), again).ok());
        QVERIFY(again == plain);
    }
}

void CodecTest::damagedRecordsOfABatchAreAKafkaException()
{
    const Chunk plain = sampleBatch(0, 1000);
    std::string packed(compressBatch(plain.bytes(), Codec::Zstd).bytes());
    packed[kBatchHeaderBytes] ^= 1;
    int records = 0;
    const RecordsFault fault = forEachRecordDecompressed(packed, [&](const RecordView&) { ++records; });
    QCOMPARE(records, 0);
    QCOMPARE(QByteArray(fault.exceptionClass()), QByteArray("KafkaException"));
    QCOMPARE(QByteArray(fault.brokenRule()),
             QByteArray("the compressed records are not a stream of their codec"));
}

TIDELINE_RULE_TEST(CodecTest)
#include "codec_test.moc"
