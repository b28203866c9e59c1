// SPDX-License-Identifier: GPL-3.0-or-later
// What happens next: the earlier; at one time acts first; then in the order of scheduling.
#include "engine/base/event_queue.h"
#include "engine/base/random.h"
#include "tests/engine/rule_tests.h"

#include <algorithm>

using namespace tideline;

namespace {

QString drain(EventQueue<QString>& queue)
{
    QStringList order;
    while (!queue.empty())
        order << queue.pop().second;
    return order.join(' ');
}

} // namespace

class EventQueueTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsNever()
    {
        const EventQueue<int> queue;
        QVERIFY(queue.empty());
        QCOMPARE(queue.nextTime(), kNever);
    }

    void byTime()
    {
        EventQueue<QString> queue;
        queue.push(30, "c");
        queue.push(10, "a");
        queue.push(20, "b");
        QCOMPARE(queue.nextTime(), Micros{10});
        QCOMPARE(queue.size(), std::size_t{3});
        QCOMPARE(drain(queue), "a b c");
    }

    void thenInTheOrderOfScheduling()
    {
        EventQueue<QString> queue;
        queue.push(10, "a");
        queue.push(5, "x");
        queue.push(10, "b");
        queue.push(10, "c");
        QCOMPARE(drain(queue), "x a b c");
    }

    // However late an act is given: it comes before what else happens at its time.
    void actsFirst()
    {
        EventQueue<QString> queue;
        queue.push(10, "a");
        queue.push(9, "before");
        queue.push(10, "b");
        queue.pushAct(10, "act1");
        queue.pushAct(10, "act2");
        QCOMPARE(drain(queue), "before act1 act2 a b");
    }

    void placesAreUsedAgain()
    {
        EventQueue<QString> queue;
        queue.push(1, "a");
        queue.push(2, "b");
        QCOMPARE(queue.pop().second, "a");
        queue.push(3, "c"); // into the place of "a"
        queue.push(4, "d");
        QCOMPARE(drain(queue), "b c d");
        QCOMPARE(queue.scheduled(), std::uint64_t{4});
    }

    void aCopyIsOnItsOwn()
    {
        EventQueue<QString> queue;
        queue.push(1, "a");
        queue.push(2, "b");
        EventQueue<QString> copy = queue;
        QCOMPARE(queue.pop().second, "a");
        copy.push(0, "z");
        QCOMPARE(drain(copy), "z a b");
        QCOMPARE(drain(queue), "b");
    }

    // Pushes and pops in any mixture come out as a stable sort has them: few and many events, close together
    // and far apart.
    void agreesWithAStableSort_data()
    {
        QTest::addColumn<int>("spread"); // µs
        for (const int spread : {20, 3'000, 40'000, 5'000'000})
            QTest::addRow("%d", spread) << spread;
    }
    void agreesWithAStableSort()
    {
        QFETCH(int, spread);
        Random random(3, 0);
        EventQueue<int> queue;
        std::vector<std::pair<Micros, int>> expected;
        Micros now = 0;
        for (int i = 0; i < 5000; ++i) {
            const Micros time = now + static_cast<Micros>(random.below(static_cast<std::uint64_t>(spread)));
            queue.push(time, i);
            const auto at = std::upper_bound(expected.begin(), expected.end(), time,
                                             [](Micros t, const auto& entry) { return t < entry.first; });
            expected.insert(at, {time, i});
            if (random.below(2) == 0) {
                QVERIFY((queue.pop() == expected.front()));
                now = expected.front().first;
                expected.erase(expected.begin());
            }
            QCOMPARE(queue.nextTime(), expected.empty() ? kNever : expected.front().first);
        }
        QCOMPARE(queue.size(), expected.size());
        for (const auto& entry : expected)
            QVERIFY((queue.pop() == entry));
        QVERIFY(queue.empty());
    }

    // Of many too.
    void actsComeFirstAmongMany()
    {
        EventQueue<QString> queue;
        for (int i = 0; i < 1000; ++i)
            queue.push(i * 50, QString::number(i));
        queue.push(45'000, "ordinary");
        queue.pushAct(45'000, "act");
        queue.push(44'999, "earlier");
        const QStringList order = drain(queue).split(' ');
        const QStringList expected{"899", "earlier", "act", "900", "ordinary", "901"};
        QCOMPARE(order.mid(order.indexOf("899"), expected.size()), expected);
    }
};

TIDELINE_RULE_TEST(EventQueueTest)
#include "event_queue_test.moc"
