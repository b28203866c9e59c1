// SPDX-License-Identifier: GPL-3.0-or-later
// One list of fields: visited in order, compared, and hashed word by word.
#include "engine/base/fields.h"
#include "engine/base/hash.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

struct Point
{
    int x = 0;
    int y = 0;
    int note = 0; // not in the list
    TIDELINE_FIELDS(Point, x, y)
};

class Hidden
{
public:
    explicit Hidden(int value)
        : value_(value)
    {}
    TIDELINE_FIELDS(Hidden, value_)

private:
    int value_;
};

struct Shapes
{
    std::vector<Point> corners;
    std::optional<int> radius;
    TIDELINE_FIELDS(Shapes, corners, radius)
};

template <class T>
std::uint64_t hashOf(const T& value)
{
    Hasher hasher;
    hashValue(hasher, value);
    return hasher.digest();
}

} // namespace

class FieldsTest : public QObject
{
    Q_OBJECT

private slots:
    void visitsInTheOrderOfTheList()
    {
        QStringList seen;
        const Point point{3, 4, 5};
        forEachField(point, [&](std::string_view name, int value) {
            seen << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())) +
                        QString::number(value);
        });
        QCOMPARE(seen.join(' '), "x3 y4");
        QCOMPARE(kFieldCount<Point>, std::size_t{2});
    }

    void visitsToWrite()
    {
        Point point{3, 4, 5};
        forEachField(point, [](std::string_view, int& value) { value *= 10; });
        QCOMPARE(point.x, 30);
        QCOMPARE(point.y, 40);
        QCOMPARE(point.note, 5);
    }

    void comparesTheListAlone()
    {
        QVERIFY((Point{1, 2, 3} == Point{1, 2, 9}));
        QVERIFY(!(Point{1, 2, 3} == Point{2, 2, 3}));
        QVERIFY(!(Point{1, 2, 3} == Point{1, 3, 3}));
        QVERIFY(Hidden(1) == Hidden(1));
        QVERIFY(!(Hidden(1) == Hidden(2)));
    }

    void hashesTheListAlone()
    {
        QCOMPARE(hashOf(Point{1, 2, 3}), hashOf(Point{1, 2, 9}));
        QVERIFY(hashOf(Point{1, 2, 3}) != hashOf(Point{2, 1, 3})); // fields do not trade places unseen
        QVERIFY(hashOf(Hidden(1)) != hashOf(Hidden(2)));
    }

    // Sizes come before contents: what stands at the end of one list is not the beginning of the next.
    void neighboursDoNotMix()
    {
        using Lists = std::pair<std::vector<int>, std::vector<int>>;
        QVERIFY(hashOf(Lists{{1, 2}, {}}) != hashOf(Lists{{1}, {2}}));
        QVERIFY(hashOf(std::pair<std::string, std::string>{"ab", "c"}) !=
                hashOf(std::pair<std::string, std::string>{"a", "bc"}));
        QVERIFY(hashOf(std::optional<int>()) != hashOf(std::optional<int>(0)));
        QVERIFY(hashOf(std::variant<int, bool>(0)) != hashOf(std::variant<int, bool>(false)));
        QVERIFY(hashOf(Shapes{{Point{}}, {}}) != hashOf(Shapes{{}, 0}));
    }

    // How a value lies in memory does not matter, only what it is.
    void sharedIsAsGoodAsOwn()
    {
        Cow<std::vector<int>> one(std::vector<int>{1, 2});
        const Cow<std::vector<int>> shared = one;
        QCOMPARE(hashOf(shared), hashOf(Cow<std::vector<int>>(std::vector<int>{1, 2})));
        one.edit()[1] = 3;
        QVERIFY(hashOf(one) != hashOf(shared));
        CowPages<int, 2> pages;
        CowPages<int, 64> wide;
        for (const int value : {1, 2, 3}) {
            pages.push(value);
            wide.push(value);
        }
        QCOMPARE(hashOf(pages), hashOf(wide));
    }

    // Longer than the hasher's own buffer: every word counts, the first as the last.
    void longRunsAreHashedToTheEnd_data()
    {
        QTest::addColumn<int>("place");
        for (const int place : {0, 1, 126, 127, 128, 299})
            QTest::newRow(qPrintable(QString::number(place))) << place;
    }

    void longRunsAreHashedToTheEnd()
    {
        QFETCH(int, place);
        std::vector<int> values(300, 7);
        const std::uint64_t before = hashOf(values);
        values[static_cast<std::size_t>(place)] = 8;
        QVERIFY(hashOf(values) != before);
    }

    // A digest may be taken on the way; feeding goes on.
    void aDigestIsNoEnd()
    {
        Hasher hasher;
        hasher(1);
        const std::uint64_t first = hasher.digest();
        QCOMPARE(hasher.digest(), first);
        hasher(2);
        QVERIFY(hasher.digest() != first);
    }
};

TIDELINE_RULE_TEST(FieldsTest)
#include "fields_test.moc"
