// SPDX-License-Identifier: GPL-3.0-or-later
// The timer heap: a set, by timestamp, with Flink's order of equal timestamps.
#include "engine/stream/flink/timer_queue.h"

#include "engine/base/random.h"

#include <QtTest>

#include <set>

using namespace tideline;
using namespace tideline::flink;

class FlinkTimerQueueTest : public QObject
{
    Q_OBJECT

private slots:
    void registeringTwiceIsRegisteringOnce()
    {
        TimerQueue timers;
        QVERIFY(timers.add({5, 0, {0, 10}}));
        QVERIFY(!timers.add({5, 0, {0, 10}}));
        QVERIFY(timers.add({5, 1, {0, 10}}));
        QCOMPARE(timers.size(), std::size_t(2));
        QVERIFY(timers.remove({5, 0, {0, 10}}));
        QVERIFY(!timers.remove({5, 0, {0, 10}}));
        QCOMPARE(timers.poll().key, KeyId(1));
        QVERIFY(timers.empty());
    }

    void equalTimestampsComeInHeapOrder()
    {
        // The heap of 0 1 2 3 with equal timestamps: the last one takes the root's place each time.
        TimerQueue timers;
        for (KeyId key = 0; key < 4; ++key)
            timers.add({9, key, {0, 10}});
        std::vector<KeyId> order;
        while (!timers.empty())
            order.push_back(timers.poll().key);
        QCOMPARE(order, (std::vector<KeyId>{0, 3, 2, 1}));
    }

    void anyUseKeepsTheOrderOfTimestamps()
    {
        Random random(11, 1);
        TimerQueue timers;
        std::set<Timer> expected;
        for (int i = 0; i < 20000; ++i) {
            const Timer timer{
                random.between(-20, 20), static_cast<KeyId>(random.below(5)), {random.between(0, 3), 9}};
            switch (random.below(4)) {
            case 0:
                QCOMPARE(timers.remove(timer), expected.erase(timer) == 1);
                break;
            case 1:
                if (!timers.empty()) {
                    const Timer first = timers.poll();
                    QCOMPARE(first.timestamp, expected.begin()->timestamp);
                    QCOMPARE(expected.erase(first), std::size_t(1));
                }
                break;
            default:
                QCOMPARE(timers.add(timer), expected.insert(timer).second);
            }
            QCOMPARE(timers.size(), expected.size());
        }
        QVERIFY(expected.size() > 10);
    }
};

QTEST_APPLESS_MAIN(FlinkTimerQueueTest)
#include "flink_timer_queue_test.moc"
