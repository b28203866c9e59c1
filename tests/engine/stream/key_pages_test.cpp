// SPDX-License-Identifier: GPL-3.0-or-later
// Cells by key number: found, walked in order, shared by copies until written.
#include "engine/stream/aggregate.h"
#include "engine/stream/key_pages.h"

#include <QtTest>

using namespace tideline;

class KeyPagesTest : public QObject
{
    Q_OBJECT

private slots:
    void walkingIsByKeyAndSkipsWhatWasNeverWritten()
    {
        KeyPages<Aggregate> pages;
        for (const KeyId key : {KeyId(70000), KeyId(3), KeyId(255), KeyId(256)})
            pages.edit(key).add(key);
        std::vector<KeyId> keys;
        pages.forEach([&](KeyId key, const Aggregate& aggregate) {
            QCOMPARE(aggregate.sum, std::int64_t(key));
            keys.push_back(key);
        });
        QCOMPARE(keys, (std::vector<KeyId>{3, 255, 256, 70000}));
        QCOMPARE(pages.read(4), Aggregate{});
        QCOMPARE(pages.read(9'000'000), Aggregate{});
    }

    void copiesAreIndependent()
    {
        KeyPages<Aggregate> pages;
        pages.edit(1).add(5);
        const KeyPages<Aggregate> copy = pages;
        pages.edit(1).add(6);
        pages.edit(1000).add(7);
        QCOMPARE(copy.read(1).count, std::int64_t(1));
        QCOMPARE(copy.read(1000).count, std::int64_t(0));
        QCOMPARE(pages.read(1).sum, std::int64_t(11));
        QVERIFY(!(copy == pages));
    }

    void sumsWrapLikeJava()
    {
        Aggregate aggregate;
        aggregate.add(kMaxMillis);
        aggregate.add(1);
        QCOMPARE(aggregate.sum, kMinMillis);
    }
};

QTEST_APPLESS_MAIN(KeyPagesTest)
#include "key_pages_test.moc"
