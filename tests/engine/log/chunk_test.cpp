// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/chunk.h"

#include <QtTest>

#include <string>

using namespace tideline;

class ChunkTest : public QObject
{
    Q_OBJECT

private slots:
    void copiesShareTheBytes()
    {
        const Chunk one("abc");
        const Chunk two = one;
        QVERIFY(two.sameAs(one));
        QVERIFY(two.bytes().data() == one.bytes().data());
        QCOMPARE(std::string(two.bytes()), std::string("abc"));
    }

    void bytesOutliveTheFirstOwner()
    {
        Chunk kept;
        {
            const Chunk first(std::string(1000, 'x'));
            kept = first;
        }
        QCOMPARE(std::string(kept.bytes()), std::string(1000, 'x'));
    }

    void equalBytesAreEqualChunks()
    {
        QVERIFY(Chunk("abc") == Chunk("abc"));
        QVERIFY(!(Chunk("abc") == Chunk("abd")));
        QVERIFY(!Chunk("abc").sameAs(Chunk("abc")));
        QVERIFY(Chunk() == Chunk(""));
    }

    void builderGrowsAndGivesBackWhatItDoesNotNeed()
    {
        ChunkBuilder builder(4);
        for (int i = 0; i < 100; ++i) {
            char* at = builder.room(3);
            at[0] = at[1] = at[2] = static_cast<char>('a' + i % 26);
            builder.advanceTo(at + 3);
        }
        QVERIFY(builder.capacity() > 300);
        builder.trim();
        QCOMPARE(builder.capacity(), std::size_t(300));
        const Chunk chunk = builder.finish();
        QCOMPARE(chunk.size(), std::size_t(300));
        QCOMPARE(std::string(chunk.bytes().substr(0, 6)), std::string("aaabbb"));
        QCOMPARE(std::string(chunk.bytes().substr(297)), std::string("vvv"));
        QCOMPARE(builder.size(), std::size_t(0));
    }

    void aCopiedBuilderHasBytesOfItsOwn()
    {
        ChunkBuilder one(8);
        char* at = one.room(1);
        *at = 'a';
        one.advanceTo(at + 1);
        ChunkBuilder two = one;
        *two.data() = 'b';
        QCOMPARE(std::string(one.bytes()), std::string("a"));
        QCOMPARE(std::string(two.bytes()), std::string("b"));
    }
};

QTEST_APPLESS_MAIN(ChunkTest)
#include "chunk_test.moc"
