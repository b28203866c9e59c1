// SPDX-License-Identifier: GPL-3.0-or-later
// The classic queue: turns, prefetch, acknowledgements, what is put back, and what paging costs.
#include "engine/clients/classic_queue.h"
#include "tests/engine/rule_tests.h"

#include <limits>

using namespace tideline;

namespace {

constexpr Micros kLatency = 1'000;

QueueSpec with(std::vector<QueueConsumerSpec> consumers)
{
    QueueSpec spec;
    spec.name = "jobs";
    spec.messageCost = 10;
    spec.pageCost = 1'000;
    spec.prefetch = 10;
    spec.consumers = std::move(consumers);
    return spec;
}

bool addsUp(const ClassicQueue& queue)
{
    return queue.counts().published == queue.ready() + queue.unacknowledged() + queue.counts().acknowledged;
}

} // namespace

class ClassicQueueTest : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsDeliveredWithoutAConsumer()
    {
        ClassicQueue queue(with({}), kLatency);
        queue.publish(5, 0);
        queue.advance(kLatency);
        QCOMPARE(queue.ready(), std::int64_t{5});
        QCOMPARE(queue.nextTime(), kNever);
    }

    // A consumer that never finishes is given as many as its prefetch says, and no more.
    void prefetchLimitsWhatIsUnacknowledged()
    {
        ClassicQueue queue(with({{"slow", 0, kNever, 60'000'000}}), kLatency);
        queue.publish(25, 0);
        queue.advance(1'000'000);
        QCOMPARE(queue.unacknowledged(), std::int64_t{10});
        QCOMPARE(queue.ready(), std::int64_t{15});
        QVERIFY(addsUp(queue));
    }

    void consumersTakeTurnsAndWhatIsAcknowledgedIsGone()
    {
        ClassicQueue queue(with({{"one", 0}, {"two", 0}}), kLatency);
        for (Micros time = 0; time < 1'000'000; time += 10'000) {
            queue.publish(4, time);
            queue.advance(time);
        }
        queue.advance(2'000'000);
        QCOMPARE(queue.counts().acknowledged, std::int64_t{400});
        QCOMPARE(queue.ready() + queue.unacknowledged(), std::int64_t{0});
        QCOMPARE(queue.consumers()[0].delivered, std::int64_t{200});
        QCOMPARE(queue.consumers()[1].delivered, std::int64_t{200});
        QCOMPARE(queue.nextTime(), kNever);
    }

    // What the one who goes had in hand comes again, to the one who is left, before everything else.
    void unacknowledgedMessagesArePutBack()
    {
        ClassicQueue queue(with({{"goes", 0, 500'000, 60'000'000}, {"comes", 600'000}}), kLatency);
        queue.publish(30, 0);
        queue.advance(550'000);
        QCOMPARE(queue.unacknowledged(), std::int64_t{0});
        QCOMPARE(queue.ready(), std::int64_t{30});
        queue.advance(600'000);
        QCOMPARE(queue.consumers()[1].unacknowledged.front().run.first, std::int64_t{0});
        queue.advance(2'000'000);
        QCOMPARE(queue.counts().redelivered, std::int64_t{10});
        QCOMPARE(queue.counts().delivered, std::int64_t{40});
        QCOMPARE(queue.counts().acknowledged, std::int64_t{30});
    }

    // The same messages, once all in memory and once with most of them paged out.
    void aLongBacklogIsSlowerToDeliver()
    {
        const auto drainTime = [](std::int64_t memoryMessages) {
            QueueSpec spec = with({{"late", 1'000'000}});
            spec.memoryMessages = memoryMessages;
            ClassicQueue queue(spec, kLatency);
            queue.publish(500, 0);
            queue.publish(500, 100);
            Micros time = 0;
            while (queue.counts().acknowledged < 1'000) {
                time = queue.nextTime();
                queue.advance(time);
                if (!addsUp(queue))
                    return kNever;
            }
            return time - 1'000'000;
        };
        const Micros memory = drainTime(1'000);
        const Micros paged = drainTime(100);
        QVERIFY2(paged - memory > 800'000 && paged - memory < 1'000'000,
                 qPrintable(QString::number(paged - memory)));
    }

    void whatIsPagedOutIsReadBackOnce()
    {
        QueueSpec spec = with({{"late", 1'000'000}});
        spec.memoryMessages = 3;
        ClassicQueue queue(spec, kLatency);
        queue.publish(10, 0);
        queue.advance(500'000);
        QCOMPARE(queue.onDisk(), std::int64_t{7});
        queue.advance(2'000'000);
        QCOMPARE(queue.onDisk(), std::int64_t{0});
        QCOMPARE(queue.counts().pagedOut, std::int64_t{7});
    }
};

TIDELINE_RULE_TEST(ClassicQueueTest)
#include "classic_queue_test.moc"
