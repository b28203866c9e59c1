// SPDX-License-Identifier: GPL-3.0-or-later
// The shipped scenarios of logs and disks show what their descriptions promise.
#include "engine/lab/world.h"
#include "engine/log/record_batch_reader.h"
#include "tests/engine/lab/runs.h"

#include <QtTest/QtTest>

#include <map>
#include <string>

using namespace tideline;
using namespace tideline::tests;

class StorageRunsTest : public QObject
{
    Q_OBJECT

private slots:
    // What was deleted unread has expired and is not lost; memory is given back; followers begin where the
    // leader does.
    void retentionDeletesWhatNobodyHasRead()
    {
        const Engine engine = runToTheEnd(shipped("17-retention"));
        isSound(engine);
        const LedgerNumbers numbers = engine.ledger(0);
        QCOMPARE(numbers.lost, std::int64_t{0});
        QVERIFY2(numbers.expired > 500, qPrintable(QString::number(numbers.expired)));
        QCOMPARE(numbers.once + numbers.expired + numbers.pending, numbers.acknowledged);
        const auto resets = bodiesOf<OffsetResetTo>(engine);
        QVERIFY(resets.back().to > resets.back().from);
        const Replica& leader = *engine.world().leaderReplica(0);
        for (const Cow<Broker>& broker : engine.world().brokers) {
            const ReplicaLog& log = broker->replica(0)->log;
            QCOMPARE(log.startOffset(), leader.log.startOffset());
            QVERIFY(log.records() < numbers.acknowledged / 2);
            QVERIFY(log.segment(0).baseOffset > numbers.expired / 2);
        }
        QCOMPARE(bodiesOf<RecordsDeleted>(engine).size(), std::size_t{1}); // by the administrator
        QVERIFY(leader.log.startOffset() >= bodiesOf<RecordsDeleted>(engine)[0].to);
    }

    // Each key keeps its last value, offsets keep their meaning, and whoever comes late reads less.
    void compactionKeepsTheLastOfEachKey()
    {
        const Engine engine = runToTheEnd(shipped("18-compaction"));
        isSound(engine);
        const ReplicaLog& log = engine.world().leaderReplica(0)->log;
        QVERIFY(log.cleanedTo() > log.endOffset() / 2);
        QCOMPARE(log.startOffset(), Offset{0});
        std::map<std::string, int> clean; // keys in the part that the cleaner has been through
        for (std::size_t i = 0; i < log.batchCount() && log.batch(i).baseOffset < log.cleanedTo(); ++i)
            forEachRecord(log.batch(i).bytes.bytes(),
                          [&clean](const RecordView& record) { ++clean[std::string(*record.key)]; });
        QVERIFY(!clean.empty() && clean.size() <= 8);
        for (const auto& [key, records] : clean)
            QVERIFY2(records == 1, key.c_str());
        const LedgerNumbers early = engine.ledger(0);
        const LedgerNumbers late = engine.ledger(1);
        QCOMPARE(early.lost + late.lost, std::int64_t{0});
        QCOMPARE(early.once + early.pending, early.acknowledged); // it saw all of them in time
        QVERIFY2(late.once < early.once / 2, qPrintable(QString::number(late.once)));
        QVERIFY(late.expired > 1'000);
        QCOMPARE(late.once + late.expired + late.pending, late.acknowledged);
        QCOMPARE(engine.world().groupPosition(1, 0), engine.world().groupPosition(0, 0));
    }

    // The leader's disk had less than was committed; the other replicas had it all.
    void onePowerLossLosesNothing()
    {
        const Engine engine = runToTheEnd(shipped("19-power-loss-on-one"));
        isSound(engine);
        const auto lost = bodiesOf<UnflushedRecordsLost>(engine);
        std::int32_t committed = 0;
        for (const UnflushedRecordsLost& one : lost) {
            QCOMPARE(one.copies, 2);
            committed += one.partition == 0 ? one.committed : 0;
        }
        QVERIFY2(committed > 25 * 40, qPrintable(QString::number(committed))); // half a minute of them
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
        QVERIFY(engine.ledger(0).acknowledged > 3'000);
        QCOMPARE(engine.world().metadata().partition(0).isr.size(), std::size_t{3}); // it caught up
    }

    // acks=all had them on three machines, and on no disk; what was flushed at each append is all there.
    void powerLossOnAllLosesWhatWasCommitted()
    {
        const Engine engine = runToTheEnd(shipped("20-power-loss-on-all"));
        isSound(engine);
        std::int32_t without = -1; // copies elsewhere of the last one's loss
        for (const UnflushedRecordsLost& one : bodiesOf<UnflushedRecordsLost>(engine)) {
            QVERIFY(one.partition != 1);
            if (one.partition == 0)
                without = one.copies;
        }
        QCOMPARE(without, 0);
        const auto lost = bodiesOf<RecordsLost>(engine);
        QVERIFY(!lost.empty());
        for (const RecordsLost& one : lost)
            QCOMPARE(one.partition, 0);
        QVERIFY2(engine.ledger(0).lost > 200, qPrintable(QString::number(engine.ledger(0).lost)));
        QVERIFY(engine.world().leaderReplica(1)->log.endOffset() > 800); // written to again
    }

    void disksOfEachKind()
    {
        isSound(ranTo(shipped("21-disks"), 30'000'000));
        const Engine engine = runToTheEnd(shipped("21-disks"));
        isSound(engine);
        QCOMPARE(bodiesOf<BrokerHalted>(engine).size(), std::size_t{2});
        QCOMPARE(engine.ledger(0).lost, std::int64_t{0});
        QVERIFY(engine.ledger(0).acknowledged > 5'000);
        const ReplicaLog& leader = engine.world().leaderReplica(0)->log;
        for (const Cow<Broker>& broker : engine.world().brokers) {
            QCOMPARE(broker->disk(), DiskState::Sound);
            QVERIFY(broker->replica(0)->log.batchCount() + 20 > leader.batchCount()); // whole again
        }
        QCOMPARE(engine.world().metadata().partition(0).isr.size(), std::size_t{3});
    }

    // The reader who was away finds everything in both: the log gives it at once, the queue while he waits.
    void aLogDoesNotSlowDownWithItsBacklog()
    {
        Engine engine = ranTo(shipped("22-a-log-is-no-queue"), 50'000'000);
        const auto waiting = [&engine] { return engine.world().queues[0]->ready(); };
        const auto lag = [&engine] {
            return engine.world().leaderReplica(0)->leo() - engine.world().groupCommitted(0, 0);
        };
        QVERIFY2(waiting() > 5'900, qPrintable(QString::number(waiting())));
        QVERIFY(engine.world().queues[0]->onDisk() > 3'800);
        QVERIFY2(lag() > 5'900, qPrintable(QString::number(lag())));
        Micros caughtUp = 0;
        Micros drained = 0;
        Micros assigned = 0;
        for (Micros time = 50'000'000; time <= 70'000'000; time += 50'000) {
            engine.advanceTo(time);
            const Offset position = engine.world().groupPosition(0, 0);
            if (assigned == 0 && !engine.world().members[0]->assigned().empty())
                assigned = time;
            if (caughtUp == 0 && assigned != 0 && position + 50 > engine.world().leaderReplica(0)->leo())
                caughtUp = time;
            if (drained == 0 && waiting() < 50)
                drained = time;
        }
        QVERIFY2(caughtUp != 0 && caughtUp - assigned < 1'000'000, qPrintable(QString::number(caughtUp)));
        QVERIFY2(drained > 60'000'000, qPrintable(QString::number(drained)));
    }

    // Of the log a second group gets everything; of the queue a second consumer its share of what is new.
    void aLogKeepsWhatHasBeenRead()
    {
        const Engine engine = runToTheEnd(shipped("22-a-log-is-no-queue"));
        isSound(engine);
        const LedgerNumbers second = engine.ledger(1);
        QCOMPARE(second.lost + second.expired + second.before, std::int64_t{0});
        QVERIFY2(second.once > 19'000, qPrintable(QString::number(second.once)));
        const ClassicQueue& queue = *engine.world().queues[0];
        QVERIFY(queue.counts().published > 19'000);
        QCOMPARE(queue.counts().acknowledged + queue.unacknowledged() + queue.ready(),
                 queue.counts().published);
        QVERIFY(queue.ready() + queue.unacknowledged() < 100);
        const std::int64_t share = queue.consumers()[2].delivered;
        QVERIFY2(share > 2'500 && share < 3'500, qPrintable(QString::number(share)));
        QCOMPARE(engine.world().leaderReplica(0)->log.startOffset(), Offset{0});
    }

    // "Why?" on the end of a broker whose disk is full leads to the disk.
    void aHaltLeadsBackToTheDisk()
    {
        const Engine engine = ranTo(shipped("21-disks"), 60'000'000);
        FactNumber filled = 0;
        FactNumber cause = 0;
        for (std::size_t i = 0; i < engine.journal().size(); ++i) {
            const Fact& fact = engine.journal()[i];
            if (std::holds_alternative<DiskFilled>(fact.body))
                filled = fact.number;
            if (std::holds_alternative<BrokerHalted>(fact.body))
                cause = fact.cause;
        }
        QVERIFY(filled != 0);
        QCOMPARE(cause, filled);
    }

    // While the disk under the leader is slow, a record is acknowledged that much later.
    void aSlowDiskHoldsUpAcknowledgements()
    {
        const auto waiting = [](Micros at) {
            const auto counts = ranTo(shipped("21-disks"), at).world().producers[0]->counts();
            return counts.produced - counts.acknowledged;
        };
        const std::int64_t before = waiting(14'000'000);
        const std::int64_t slow = waiting(25'000'000);
        QVERIFY2(slow >= before + 12, qPrintable(QStringLiteral("%1, then %2").arg(before).arg(slow)));
    }
};

QTEST_APPLESS_MAIN(StorageRunsTest)
#include "storage_runs_test.moc"
