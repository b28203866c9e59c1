// SPDX-License-Identifier: GPL-3.0-or-later
// Finding by key: against std::map, through growth, collisions and deletions.
#include "engine/base/dense_map.h"
#include "engine/base/random.h"
#include "tests/engine/rule_tests.h"

#include <map>

using namespace tideline;

class DenseMapTest : public QObject
{
    Q_OBJECT

private slots:
    void emptyFindsNothing()
    {
        DenseMap<int> map;
        QVERIFY(!map.find(0));
        QVERIFY(!map.erase(0));
        QCOMPARE(map.size(), std::size_t{0});
    }

    void aNewKeyHasADefault()
    {
        DenseMap<int> map;
        QCOMPARE(map[7], 0);
        map[7] = 70;
        QCOMPARE(map[7], 70);
        QCOMPARE(map.size(), std::size_t{1});
        QVERIFY(!map.find(8));
    }

    // Key 0 and the largest key are keys like others: nothing marks a free slot.
    void everyKeyIsAKey()
    {
        DenseMap<int> map;
        map[0] = 1;
        map[~std::uint64_t{0}] = 2;
        QCOMPARE(*map.find(0), 1);
        QCOMPARE(*map.find(~std::uint64_t{0}), 2);
        QVERIFY(map.erase(0));
        QVERIFY(!map.find(0));
        QCOMPARE(*map.find(~std::uint64_t{0}), 2);
    }

    void clearingForgets()
    {
        DenseMap<int> map;
        map[3] = 3;
        map.clear();
        QVERIFY(!map.find(3));
        QCOMPARE(map.size(), std::size_t{0});
        QCOMPARE(map[3], 0);
    }

    void agreesWithAnOrderedMap_data()
    {
        QTest::addColumn<quint64>("stride"); // how the keys lie: dense, in pages, or in the upper half
        QTest::newRow("dense") << quint64{1};
        QTest::newRow("multiples of 64") << quint64{64};
        QTest::newRow("upper half") << (quint64{1} << 32);
        QTest::newRow("far apart") << (quint64{1} << 57);
    }

    // Few keys and many deletions, so that probe runs are long and deletions lie inside them.
    void agreesWithAnOrderedMap()
    {
        QFETCH(quint64, stride);
        Random random(5, 0);
        DenseMap<std::int64_t> map;
        std::map<std::uint64_t, std::int64_t> expected;
        for (std::int64_t turn = 0; turn < 20'000; ++turn) {
            const std::uint64_t key = static_cast<std::uint64_t>(random.below(90)) * stride;
            if (random.below(5) < 3) {
                map[key] = turn;
                expected[key] = turn;
            } else {
                QCOMPARE(map.erase(key), expected.erase(key) == 1);
            }
            QCOMPARE(map.size(), expected.size());
            const std::uint64_t other = static_cast<std::uint64_t>(random.below(90)) * stride;
            const auto known = expected.find(other);
            const std::int64_t* found = map.find(other);
            QCOMPARE(found != nullptr, known != expected.end());
            if (found)
                QCOMPARE(*found, known->second);
        }
        for (const auto& [key, value] : expected)
            QCOMPARE(*map.find(key), value);
    }
};

TIDELINE_RULE_TEST(DenseMapTest)
#include "dense_map_test.moc"
