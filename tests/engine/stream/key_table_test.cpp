// SPDX-License-Identifier: GPL-3.0-or-later
// Keys get dense numbers by first appearance, keep their bytes, and copies go their own way.
#include "engine/stream/key_table.h"

#include "engine/base/random.h"

#include <QtTest>

#include <map>

using namespace tideline;

namespace {

std::string randomKey(Random& random)
{
    std::string key(random.below(40), 'x');
    for (char& c : key)
        c = static_cast<char>(random.below(3)); // few letters, NUL among them: many near-equal keys
    return key;
}

std::uint64_t hashOf(const KeyTable& table)
{
    Hasher hasher;
    table.hashInto(hasher);
    return hasher.digest();
}

} // namespace

class KeyTableTest : public QObject
{
    Q_OBJECT

private slots:
    void numbersFollowFirstAppearance()
    {
        Random random(5, 1);
        KeyTable table;
        std::map<std::string, KeyId> expected;
        for (int i = 0; i < 20000; ++i) {
            const std::string key = randomKey(random);
            const KeyId next = static_cast<KeyId>(expected.size());
            QCOMPARE(table.intern(key), expected.try_emplace(key, next).first->second);
        }
        QCOMPARE(table.size(), expected.size());
        for (const auto& [key, id] : expected) {
            QCOMPARE(table.bytes(id), std::string_view(key));
            QCOMPARE(table.find(key), std::optional<KeyId>(id));
        }
    }

    void unknownKeysAreNotFound()
    {
        KeyTable table;
        QVERIFY(!table.find("a"));
        table.intern("a");
        QVERIFY(!table.find(""));
        QVERIFY(!table.find("b"));
        QCOMPARE(table.size(), std::size_t(1));
    }

    void longKeysAreKept()
    {
        KeyTable table;
        const std::string large(10000, 'k');
        table.intern("small");
        const KeyId id = table.intern(large);
        table.intern("after");
        QCOMPARE(table.bytes(id), std::string_view(large));
        QCOMPARE(table.intern(large), id);
    }

    void copiesAreIndependent()
    {
        KeyTable table;
        table.intern("a");
        KeyTable copy = table;
        QVERIFY(copy == table);
        QCOMPARE(table.intern("b"), KeyId(1));
        QVERIFY(!copy.find("b"));
        QVERIFY(!(copy == table));
        QCOMPARE(copy.intern("c"), KeyId(1));
        QCOMPARE(table.bytes(1), std::string_view("b"));
        QCOMPARE(copy.bytes(1), std::string_view("c"));
    }

    void orderAndBoundariesReachTheHash()
    {
        const auto tableOf = [](const std::vector<std::string>& keys) {
            KeyTable table;
            for (const std::string& key : keys)
                table.intern(key);
            return table;
        };
        const KeyTable ab = tableOf({"a", "b"});
        QCOMPARE(hashOf(ab), hashOf(tableOf({"a", "b"})));
        QVERIFY(hashOf(ab) != hashOf(tableOf({"b", "a"})));
        QVERIFY(hashOf(ab) != hashOf(tableOf({"ab", ""})));
        QVERIFY(!(ab == tableOf({"b", "a"})));
    }
};

QTEST_APPLESS_MAIN(KeyTableTest)
#include "key_table_test.moc"
