// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/journal_model.h"
#include "tests/model/journal_sample.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::model;
using namespace tideline::test;

class JournalModelTest : public QObject
{
    Q_OBJECT

private:
    std::shared_ptr<const Directory> names_ = std::make_shared<Directory>();

private slots:
    void appendsWithoutReset();
    void keepsTheCommonBeginningAfterAStepBack();
    void marksAGrownRunAsChanged();
    void takesADifferentHistoryFromWhereItDiffers();
    void dropsWhatIsNoLongerStored();
    void saysWhatAFactIs();
    void emptyJournalHasNoRows();
};

void JournalModelTest::appendsWithoutReset()
{
    JournalModel model(plainWords());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    JournalFrame journal = journalSample(300);
    model.setJournal(journal, names_);
    for (FactNumber number = 301; number <= 305; ++number)
        journal.facts.push(appended(number, 1));
    model.setJournal(journal, names_);
    QCOMPARE(model.rowCount(), 305);
    QCOMPARE(reset.count(), 0);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(inserted.count(), 2);
    QCOMPARE(inserted[1][1].toInt(), 300);
    QCOMPARE(inserted[1][2].toInt(), 304);
}

void JournalModelTest::keepsTheCommonBeginningAfterAStepBack()
{
    JournalModel model(plainWords());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const JournalFrame longer = journalSample(600);
    model.setJournal(longer, names_);
    JournalFrame shorter = longer;
    shorter.facts.truncate(290);
    const QPersistentModelIndex kept(model.index(289, 0));
    const QPersistentModelIndex gone(model.index(290, 0));
    model.setJournal(shorter, names_);
    QCOMPARE(model.rowCount(), 290);
    QVERIFY(kept.isValid());
    QVERIFY(!gone.isValid());
}

void JournalModelTest::marksAGrownRunAsChanged()
{
    JournalModel model(plainWords());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    JournalFrame journal;
    journal.facts.push(appended(1, 5));
    journal.facts.push(appended(2, 7));
    model.setJournal(journal, names_);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    std::get<RecordsAppended>(journal.facts.edit(0).body).records = 6;
    model.setJournal(journal, names_);
    QCOMPARE(removed.count(), 0);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 0);
    QCOMPARE(changed[0][1].toModelIndex().row(), 0);
    QCOMPARE(model.data(model.index(0, JournalModel::WhatColumn)).toString(), QStringLiteral("appended 6"));
}

void JournalModelTest::takesADifferentHistoryFromWhereItDiffers()
{
    JournalModel model(plainWords());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    JournalFrame journal = journalSample(400);
    model.setJournal(journal, names_);
    // The same length and the same last fact, but something else in between.
    journal.facts.edit(270).body = MemberCrashed{3};
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    model.setJournal(journal, names_);
    QCOMPARE(removed.count(), 1);
    QCOMPARE(removed[0][1].toInt(), 270);
    QCOMPARE(model.rowCount(), 400);
    QCOMPARE(model.data(model.index(270, JournalModel::WhatColumn)).toString(), QStringLiteral("other"));
}

void JournalModelTest::dropsWhatIsNoLongerStored()
{
    JournalModel model(plainWords());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJournal(journalSample(300), names_);
    JournalFrame later;
    const JournalFrame all = journalSample(310);
    for (std::size_t i = 256; i < all.facts.size(); ++i)
        later.facts.push(all.facts[i]);
    later.firstStored = 257;
    const QPersistentModelIndex kept(model.index(299, 0));
    model.setJournal(later, names_);
    QCOMPARE(model.rowCount(), 54);
    QCOMPARE(model.fact(0).number, FactNumber(257));
    QCOMPARE(kept.row(), 299 - 256);
    QCOMPARE(model.rowOf(256), -1);
    QCOMPARE(model.rowOf(310), 53);
}

void JournalModelTest::saysWhatAFactIs()
{
    JournalModel model(plainWords());
    model.setJournal(journalSample(12), names_);
    QCOMPARE(model.data(model.index(10, JournalModel::WhatColumn)).toString(), QStringLiteral("killed 2"));
    QCOMPARE(model.data(model.index(10, JournalModel::CauseColumn)).toString(), QString());
    QCOMPARE(model.data(model.index(11, JournalModel::CauseColumn)).toString(), QStringLiteral("11"));
    QCOMPARE(model.data(model.index(11, 0), JournalModel::MicrosRole).toLongLong(), 12'000);
    QCOMPARE(model.headerData(11, Qt::Vertical).toLongLong(), 12);
    QVERIFY(!model.data(model.index(12, 0)).isValid());
}

void JournalModelTest::emptyJournalHasNoRows()
{
    JournalModel model(plainWords());
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setJournal(journalSample(5), names_);
    model.setJournal({}, names_);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.rowOf(1), -1);
}

QTEST_GUILESS_MAIN(JournalModelTest)
#include "journal_model_test.moc"
