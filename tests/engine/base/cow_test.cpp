// SPDX-License-Identifier: GPL-3.0-or-later
// Copies share until one of them writes.
#include "engine/base/cow.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

using Pages = CowPages<int, 4>;

Pages counting(std::size_t count)
{
    Pages pages;
    for (std::size_t i = 0; i < count; ++i)
        pages.push(static_cast<int>(i));
    return pages;
}

// The page in which an element lies: its address tells whether two copies share it.
const int* pageOf(const Pages& pages, std::size_t i)
{
    return &pages[i - i % 4];
}

} // namespace

class CowTest : public QObject
{
    Q_OBJECT

private slots:
    void aCopySharesUntilItIsWritten()
    {
        Cow<std::vector<int>> one(std::vector<int>{1, 2, 3});
        Cow<std::vector<int>> other = one;
        QVERIFY(other.sameAs(one));
        other.edit().push_back(4);
        QVERIFY(!other.sameAs(one));
        QCOMPARE(one->size(), std::size_t{3});
        QCOMPARE(other->size(), std::size_t{4});
    }

    void theOnlyOwnerIsNotCloned()
    {
        Cow<std::vector<int>> one(std::vector<int>{1, 2, 3});
        const std::vector<int>* before = &one.read();
        {
            const Cow<std::vector<int>> gone = one;
        }
        one.edit()[0] = 9;
        QCOMPARE(&one.read(), before);
    }

    void equalityIsThatOfTheValues()
    {
        const Cow<int> five(5);
        QVERIFY(five == Cow<int>(5));
        QVERIFY(!(five == Cow<int>(6)));
        QVERIFY(Cow<int>() == Cow<int>(0));
    }

    void assignmentSharesToo()
    {
        Cow<int> one(1);
        Cow<int> other(2);
        other = one;
        QVERIFY(other.sameAs(one));
        const Cow<int>& self = one;
        one = self;
        QCOMPARE(*one, 1);
        other = std::move(one);
        QCOMPARE(*other, 1);
    }

    void aWriteClonesOnePage()
    {
        Pages one = counting(12);
        Pages other = one;
        other.edit(5) = 50;
        QCOMPARE(one[5], 5);
        QCOMPARE(other[5], 50);
        QVERIFY(pageOf(one, 0) == pageOf(other, 0));
        QVERIFY(pageOf(one, 4) != pageOf(other, 4));
        QVERIFY(pageOf(one, 8) == pageOf(other, 8));
    }

    void aPushIntoASharedPageIsNotSeen()
    {
        const Pages one = counting(6);
        Pages other = one;
        other.push(6);
        QCOMPARE(one.size(), std::size_t{6});
        QCOMPARE(other.back(), 6);
        QVERIFY(pageOf(one, 0) == pageOf(other, 0));
    }

    // Elements do not move as more are pushed, as long as nothing is shared: a page has its room from the
    // start.
    void pushingDoesNotMove()
    {
        Pages pages = counting(5);
        const int* fifth = &pages[4];
        pages.push(5);
        pages.push(6);
        QCOMPARE(&pages[4], fifth);
    }

    void truncating_data()
    {
        QTest::addColumn<int>("to");
        QTest::addColumn<int>("pages");
        QTest::newRow("beyond") << 99 << 3;
        QTest::newRow("all of it") << 10 << 3;
        QTest::newRow("inside a page") << 6 << 2;
        QTest::newRow("at a page") << 8 << 2;
        QTest::newRow("everything") << 0 << 0;
    }

    void truncating()
    {
        QFETCH(int, to);
        const Pages before = counting(10);
        Pages pages = before;
        pages.truncate(static_cast<std::size_t>(to));
        const std::size_t left = static_cast<std::size_t>(std::min(to, 10));
        QCOMPARE(pages.size(), left);
        QTEST(static_cast<int>(pages.pageCount()), "pages");
        QVERIFY(pages == counting(left));
        pages.push(77); // and it goes on from there
        QCOMPARE(pages.back(), 77);
        QVERIFY(before == counting(10));
    }

    void droppingTheFront_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("pages");
        QTest::newRow("nothing") << 0 << 3;
        QTest::newRow("inside a page") << 3 << 3;
        QTest::newRow("a page") << 4 << 2;
        QTest::newRow("a page and more") << 6 << 2;
        QTest::newRow("everything") << 10 << 0;
        QTest::newRow("beyond") << 99 << 0;
    }

    // The rest keeps its order, grows and shrinks at the other end, and equals what was never longer.
    void droppingTheFront()
    {
        QFETCH(int, count);
        const Pages before = counting(10);
        Pages pages = before;
        pages.dropFront(static_cast<std::size_t>(count / 2));
        pages.dropFront(static_cast<std::size_t>(count - count / 2));
        QTEST(static_cast<int>(pages.pageCount()), "pages");
        Pages same;
        for (int i = count; i < 10; ++i)
            same.push(i);
        QVERIFY(pages == same);
        for (int i = 0; i < 5; ++i) {
            pages.push(100 + i);
            same.push(100 + i);
        }
        pages.edit(0) = -1;
        same.edit(0) = -1;
        QVERIFY(pages == same);
        pages.truncate(2);
        same.truncate(2);
        QVERIFY(pages == same);
        QVERIFY(before == counting(10));
    }

    void resizingFillsUp()
    {
        Pages pages(3, 7);
        pages.resize(6, 8);
        pages.resize(5, 9);
        QCOMPARE(pages.size(), std::size_t{5});
        QCOMPARE(pages[2], 7);
        QCOMPARE(pages[4], 8);
    }

    void pagesAreEqualByTheirValues()
    {
        QVERIFY(counting(9) == counting(9));
        QVERIFY(!(counting(9) == counting(8)));
        Pages other = counting(9);
        other.edit(8) = 0;
        QVERIFY(!(counting(9) == other));
    }
};

TIDELINE_RULE_TEST(CowTest)
#include "cow_test.moc"
