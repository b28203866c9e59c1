// SPDX-License-Identifier: GPL-3.0-or-later
// Facts: numbers, causes, runs of appends, what is left of those that are gone, and the hash of all.
#include "engine/lab/journal.h"
#include "tests/engine/rule_tests.h"

#include <numeric>

using namespace tideline;

namespace {

RecordsAppended appended(Offset base, std::int32_t records, PartitionIndex partition = 0, BrokerId broker = 1)
{
    return RecordsAppended{partition, broker, base, 1, records, 100};
}

std::int64_t summaryOf(const Journal& journal, const FactBody& kind)
{
    return journal.summary()[kind.index()];
}

} // namespace

class JournalTest : public QObject
{
    Q_OBJECT

private slots:
    void numbersRunFromOne()
    {
        Journal journal;
        QCOMPARE(journal.add(5, 0, BrokerKilled{1}), FactNumber{1});
        QCOMPARE(journal.add(7, 1, BrokerFenced{1, 0}), FactNumber{2});
        QCOMPARE(journal.total(), FactNumber{2});
        QCOMPARE(journal.find(2)->cause, FactNumber{1});
        QCOMPARE(journal.find(2)->time, Micros{7});
        QVERIFY(!journal.find(0));
    }

    void appendsInARowAreOneFact()
    {
        Journal journal;
        journal.add(0, 0, appended(0, 5));
        // Numbered all the same, but what follows names the run as its cause.
        QCOMPARE(journal.add(400'000, 0, appended(5, 3)), FactNumber{1});
        QCOMPARE(journal.total(), FactNumber{2});
        journal.add(999'999, 0, appended(8, 1));
        QCOMPARE(journal.facts().size(), std::size_t{1});
        const auto& run = std::get<RecordsAppended>(journal.facts()[0].body);
        QCOMPARE(run.records, 9);
        QCOMPARE(run.batches, 3);
        QCOMPARE(run.bytes, std::int64_t{300});
        QVERIFY(!journal.find(3)); // it went into the run
        QCOMPARE(journal.total(), FactNumber{3});
    }

    void whatEndsARun_data()
    {
        QTest::addColumn<qint64>("time");
        QTest::addColumn<int>("base");
        QTest::addColumn<int>("partition");
        QTest::addColumn<int>("broker");
        QTest::newRow("a second") << qint64{1'000'000} << 5 << 0 << 1;
        QTest::newRow("a gap") << qint64{10} << 6 << 0 << 1;
        QTest::newRow("a cut log") << qint64{10} << 4 << 0 << 1;
        QTest::newRow("another partition") << qint64{10} << 5 << 1 << 1;
        QTest::newRow("another leader") << qint64{10} << 5 << 0 << 2;
    }

    void whatEndsARun()
    {
        QFETCH(qint64, time);
        QFETCH(int, base);
        QFETCH(int, partition);
        QFETCH(int, broker);
        Journal journal;
        journal.add(0, 0, appended(0, 5));
        journal.add(time, 0, appended(base, 1, partition, broker));
        QCOMPARE(journal.facts().size(), std::size_t{2});
    }

    // Runs of several partitions grow side by side, whatever else happens in between.
    void runsOfPartitionsDoNotEndEachOther()
    {
        Journal journal;
        journal.add(0, 0, appended(0, 5, 0));
        journal.add(1, 0, appended(0, 5, 1));
        journal.add(2, 0, BrokerKilled{3});
        journal.add(3, 0, appended(5, 5, 0));
        journal.add(4, 0, appended(5, 5, 1));
        QCOMPARE(journal.facts().size(), std::size_t{3});
        QCOMPARE(std::get<RecordsAppended>(journal.facts()[1].body).records, 10);
    }

    void aCopyGoesItsOwnWay()
    {
        Journal journal;
        journal.add(0, 0, appended(0, 5));
        const Journal before = journal;
        journal.add(1, 0, appended(5, 5));
        QCOMPARE(std::get<RecordsAppended>(before.facts()[0].body).records, 5);
        QVERIFY(before.hash() != journal.hash());
    }

    void everyPartOfAFactIsHashed_data()
    {
        QTest::addColumn<qint64>("time");
        QTest::addColumn<qint64>("cause");
        QTest::addColumn<int>("broker");
        QTest::newRow("time") << qint64{6} << qint64{0} << 1;
        QTest::newRow("cause") << qint64{5} << qint64{1} << 1;
        QTest::newRow("body") << qint64{5} << qint64{0} << 2;
    }

    void everyPartOfAFactIsHashed()
    {
        QFETCH(qint64, time);
        QFETCH(qint64, cause);
        QFETCH(int, broker);
        Journal journal;
        journal.add(5, 0, BrokerKilled{1});
        Journal same;
        same.add(5, 0, BrokerKilled{1});
        QCOMPARE(same.hash(), journal.hash());
        Journal other;
        other.add(time, cause, BrokerKilled{broker});
        QVERIFY(other.hash() != journal.hash());
        Journal otherKind;
        otherKind.add(5, 0, BrokerStarted{1});
        QVERIFY(otherKind.hash() != journal.hash());
    }

    // Above the budget the oldest half goes and leaves its counts; the hash still covers every fact of it.
    void aboveTheBudgetCountsAreLeft()
    {
        Journal journal;
        Journal differs;
        journal.add(0, 0, MemberStarted{1});
        differs.add(0, 0, MemberStarted{2});
        for (std::size_t i = 1; i < Journal::kFactsKept; ++i) {
            journal.add(0, 0, BrokerKilled{1});
            differs.add(0, 0, BrokerKilled{1});
        }
        QCOMPARE(journal.facts().size(), Journal::kFactsKept);
        QVERIFY(journal.find(1));
        QCOMPARE(summaryOf(journal, MemberStarted{}), std::int64_t{0});
        journal.add(0, 0, BrokerStarted{1});
        differs.add(0, 0, BrokerStarted{1});
        QCOMPARE(journal.facts().size(), Journal::kFactsKept / 2 + 1);
        QCOMPARE(summaryOf(journal, MemberStarted{}), std::int64_t{1});
        QCOMPARE(summaryOf(journal, BrokerKilled{}), std::int64_t{Journal::kFactsKept / 2 - 1});
        QCOMPARE(summaryOf(journal, BrokerStarted{}), std::int64_t{0});
        QVERIFY(!journal.find(1));
        QVERIFY(!journal.find(Journal::kFactsKept / 2));
        QCOMPARE(journal.find(Journal::kFactsKept / 2 + 1)->number, FactNumber{Journal::kFactsKept / 2 + 1});
        const auto gone =
            std::accumulate(journal.summary().begin(), journal.summary().end(), std::int64_t{0});
        QCOMPARE(gone + static_cast<std::int64_t>(journal.facts().size()), journal.total());
        QVERIFY(journal.hash() != differs.hash());
    }

    // What is a run does not depend on what is still stored: causes, and so the hash, are the same with any
    // budget.
    void aRunGoesOnWhenItsFactIsGone()
    {
        Journal journal;
        journal.add(0, 0, appended(0, 5));
        for (std::size_t i = 0; i < Journal::kFactsKept; ++i)
            journal.add(0, 0, BrokerKilled{1});
        QVERIFY(!journal.find(1));
        const std::size_t before = journal.facts().size();
        QCOMPARE(journal.add(0, 0, appended(5, 5)), FactNumber{1});
        QCOMPARE(journal.facts().size(), before);
    }

    // The oldest half goes; a run in the half that stays is grown where it lies now.
    void aRunThatStaysIsStillGrown()
    {
        Journal journal;
        for (std::size_t i = 1; i < Journal::kFactsKept; ++i)
            journal.add(0, 0, BrokerKilled{1});
        const FactNumber run = journal.add(0, 0, appended(0, 5));
        journal.add(0, 0, BrokerKilled{1});
        QCOMPARE(journal.add(0, 0, appended(5, 5)), run);
        QCOMPARE(std::get<RecordsAppended>(journal.find(run)->body).records, 10);
    }
};

TIDELINE_RULE_TEST(JournalTest)
#include "journal_test.moc"
