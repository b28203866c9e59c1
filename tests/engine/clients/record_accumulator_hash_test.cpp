// SPDX-License-Identifier: GPL-3.0-or-later
// Two accumulators that will send differently have different hashes.
#include "engine/clients/record_accumulator.h"
#include "tests/engine/rule_tests.h"

#include <functional>
#include <span>

using namespace tideline;

namespace {

// One topic of three partitions, all led by broker 1.
struct Sender
{
    Sender()
    {
        AccumulatorConfig config;
        config.batchSize = 200;
        config.bufferMemory = 2000;
        const std::int32_t partitions = 3;
        accumulator = RecordAccumulator(config, std::span(&partitions, 1));
    }
    AppendResult append(std::int32_t partition, std::size_t bytes = 10, Micros now = 0,
                        Millis timestamp = 1000)
    {
        const std::string value(bytes, 'v');
        auto draws = [this] { return draw; };
        return accumulator.append(0, partition, timestamp, std::nullopt, NullableBytes(value), now,
                                  TopicLeaders(leaders), draws);
    }
    std::vector<ProducerBatch> drain(Micros now = 0)
    {
        const TopicLeaders view(leaders);
        return accumulator.drain(1, std::span(&view, 1), now);
    }
    void ready()
    {
        const TopicLeaders view(leaders);
        accumulator.ready(std::span(&view, 1), 0);
    }
    void reenqueue(ProducerBatch batch, Micros now, std::int32_t random)
    {
        auto draws = [random] { return random; };
        accumulator.reenqueue(std::move(batch), now, draws);
    }
    std::uint64_t hash() const
    {
        Hasher hasher;
        hashValue(hasher, accumulator);
        return hasher.digest();
    }

    std::vector<PartitionLeader> leaders = std::vector<PartitionLeader>(3, PartitionLeader{1, 0, kNone});
    RecordAccumulator accumulator;
    std::int32_t draw = 0;
};

using Change = std::function<void(Sender&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class RecordAccumulatorHashTest : public QObject
{
    Q_OBJECT

private slots:
    // After the same beginning one sender does this, the other that.
    void tells_data()
    {
        QTest::addColumn<Change>("one");
        QTest::addColumn<Change>("other");
        const auto row = [](const char* name, Change one, Change other) {
            QTest::newRow(name) << one << other;
        };
        const Change nothing = [](Sender&) {};
        row("a record", nothing, [](Sender& s) { s.append(0); });
        row(
            "its partition", [](Sender& s) { s.append(0); }, [](Sender& s) { s.append(1); });
        row(
            "its size", [](Sender& s) { s.append(0, 10); }, [](Sender& s) { s.append(0, 11); });
        row(
            "when it was appended", [](Sender& s) { s.append(0, 10, 5); },
            [](Sender& s) { s.append(0, 10, 6); });
        row(
            "its timestamp", [](Sender& s) { s.append(0, 10, 0, 1000); },
            [](Sender& s) { s.append(0, 10, 0, 1001); });
        row(
            "the sticky partition, nothing waiting",
            [](Sender& s) {
                s.draw = 1;
                s.append(kNone);
                for (ProducerBatch& batch : s.drain())
                    s.accumulator.release(batch);
            },
            [](Sender& s) {
                s.append(1);
                for (ProducerBatch& batch : s.drain())
                    s.accumulator.release(batch);
            });
        row(
            "the load statistics",
            [](Sender& s) {
                for (const std::int32_t p : {kNone, 0, 1, 2, 2, 2})
                    s.append(p, 100);
            },
            [](Sender& s) {
                for (const std::int32_t p : {kNone, 0, 1, 2, 2, 2})
                    s.append(p, 100);
                s.ready();
            });
        row(
            "where draining goes on", [](Sender& s) { s.append(0); },
            [](Sender& s) {
                s.append(0);
                s.accumulator.mute(0, 0, true);
                s.drain();
                s.accumulator.mute(0, 0, false);
            });
        row("muting", nothing, [](Sender& s) { s.accumulator.mute(0, 1, true); });
        row("flushing", nothing, [](Sender& s) { s.accumulator.setFlushing(true); });
        row(
            "memory in use",
            [](Sender& s) {
                s.append(0);
                s.accumulator.release(s.drain().at(0));
            },
            [](Sender& s) {
                s.append(0);
                s.drain();
            });
        row(
            "memory wanted",
            [](Sender& s) {
                s.append(1);
                s.accumulator.release(s.drain().at(0));
                s.append(0, 1500);
            },
            [](Sender& s) {
                s.append(1);
                s.accumulator.release(s.drain().at(0));
                s.append(0, 1500);
                s.append(1, 800); // turned away
            });
        row(
            "how long to back off",
            [](Sender& s) {
                s.append(0);
                s.reenqueue(s.drain().at(0), 50, 0);
            },
            [](Sender& s) {
                s.append(0);
                s.reenqueue(s.drain().at(0), 50, 399);
            });
        row(
            "since when it backs off",
            [](Sender& s) {
                s.append(0);
                s.reenqueue(s.drain().at(0), 50, 0);
            },
            [](Sender& s) {
                s.append(0);
                s.reenqueue(s.drain().at(0), 51, 0);
            });
        row(
            "a new leader", [](Sender& s) { s.append(0); },
            [](Sender& s) {
                s.append(0);
                s.leaders[0].epoch = 1;
                s.ready();
            });
    }

    void tells()
    {
        QFETCH(Change, one);
        QFETCH(Change, other);
        Sender a;
        Sender b;
        QCOMPARE(a.hash(), b.hash());
        one(a);
        other(b);
        QVERIFY(a.hash() != b.hash());
    }

    // A look that changes nothing changes no hash, and a copy has its original's.
    void looksDoNot()
    {
        Sender sender;
        sender.append(0);
        const std::uint64_t before = sender.hash();
        const Sender copy = sender;
        sender.accumulator.nextExpiry();
        sender.accumulator.expire(1);
        sender.accumulator.queueSize(0, 0);
        QCOMPARE(sender.hash(), before);
        QCOMPARE(copy.hash(), before);
    }
};

TIDELINE_RULE_TEST(RecordAccumulatorHashTest)
#include "record_accumulator_hash_test.moc"
