// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/journal_filter_model.h"
#include "tests/model/journal_sample.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace tideline;
using namespace tideline::model;
using namespace tideline::test;

class JournalFilterModelTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Directory> names_ = std::make_shared<Directory>();
    static bool always() { return true; }

private slots:
    void showsEverythingWithoutFilter();
    void findsAllWordsInAnyCase();
    void filtersByKind();
    void stopsWhenToldAndGoesOn();
    void followsNewFacts();
    void followsAStepBack();
    void followsFactsThatAreNoLongerStored();
    void judgesAGrownRunAgain();
};

void JournalFilterModelTest::showsEverythingWithoutFilter()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    source.setJournal(journalSample(100), names_);
    QVERIFY(!filter.complete());
    QVERIFY(filter.scan(always));
    QCOMPARE(filter.rowCount(), 100);
    QCOMPARE(filter.sourceRow(99), 99);
}

void JournalFilterModelTest::findsAllWordsInAnyCase()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    source.setJournal(journalSample(100), names_);
    filter.setSearch(QStringLiteral("  2   KILLED "));
    QVERIFY(filter.scan(always));
    // Facts 11, 41 and 71 kill broker 2.
    QCOMPARE(filter.rowCount(), 3);
    QCOMPARE(filter.sourceRow(0), 10);
    QCOMPARE(filter.sourceRow(2), 70);
    QCOMPARE(filter.rowOfSource(70), 2);
    QCOMPARE(filter.rowOfSource(71), -1);
    QCOMPARE(filter.headerData(2, Qt::Vertical).toLongLong(), 71);
}

void JournalFilterModelTest::filtersByKind()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    source.setJournal(journalSample(100), names_);
    filter.setKinds({static_cast<int>(FactBody(BrokerKilled{}).index())});
    QVERIFY(filter.scan(always));
    QCOMPARE(filter.rowCount(), 10);
    filter.setKinds({});
    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(filter.scan(always));
    QCOMPARE(filter.rowCount(), 100);
}

void JournalFilterModelTest::stopsWhenToldAndGoesOn()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    source.setJournal(journalSample(1000), names_);
    int asked = 0;
    QVERIFY(!filter.scan([&] { return ++asked <= 3; }));
    QCOMPARE(filter.scanned(), 3 * 64);
    QCOMPARE(filter.rowCount(), 3 * 64);
    QVERIFY(filter.scan(always));
    QCOMPARE(filter.rowCount(), 1000);
}

void JournalFilterModelTest::followsNewFacts()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSearch(QStringLiteral("killed"));
    source.setJournal(journalSample(50), names_);
    filter.scan(always);
    QCOMPARE(filter.rowCount(), 5);
    source.setJournal(journalSample(61), names_);
    filter.scan(always);
    QCOMPARE(filter.rowCount(), 7);
}

void JournalFilterModelTest::followsAStepBack()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSearch(QStringLiteral("killed"));
    source.setJournal(journalSample(100), names_);
    filter.scan(always);
    source.setJournal(journalSample(35), names_);
    QCOMPARE(filter.rowCount(), 4);
    QCOMPARE(filter.scanned(), 35);
    QVERIFY(filter.complete());
}

void JournalFilterModelTest::followsFactsThatAreNoLongerStored()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSearch(QStringLiteral("killed"));
    const JournalFrame all = journalSample(100);
    source.setJournal(all, names_);
    filter.scan(always);
    JournalFrame later;
    for (std::size_t i = 30; i < all.facts.size(); ++i)
        later.facts.push(all.facts[i]);
    later.firstStored = 31;
    source.setJournal(later, names_);
    QCOMPARE(filter.rowCount(), 7);
    QCOMPARE(filter.index(0, 0).data(JournalModel::NumberRole).toLongLong(), 31);
    QVERIFY(filter.complete());
}

void JournalFilterModelTest::judgesAGrownRunAgain()
{
    JournalModel source(plainWords());
    JournalFilterModel filter(source);
    QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    filter.setSearch(QStringLiteral("appended 6"));
    JournalFrame journal;
    journal.facts.push(appended(1, 5));
    journal.facts.push(appended(2, 6));
    source.setJournal(journal, names_);
    filter.scan(always);
    QCOMPARE(filter.rowCount(), 1);
    std::get<RecordsAppended>(journal.facts.edit(0).body).records = 6;
    std::get<RecordsAppended>(journal.facts.edit(1).body).records = 7;
    source.setJournal(journal, names_);
    QCOMPARE(filter.rowCount(), 1);
    QCOMPARE(filter.sourceRow(0), 0);
}

QTEST_GUILESS_MAIN(JournalFilterModelTest)
#include "journal_filter_model_test.moc"
