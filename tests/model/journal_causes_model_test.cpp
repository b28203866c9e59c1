// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/journal_causes.h"
#include "tests/model/journal_sample.h"

#include <QTest>

using namespace tideline;
using namespace tideline::model;
using namespace tideline::test;

class JournalCausesTest : public QObject
{
    Q_OBJECT
private slots:
    void walksBackToTheFirstCause()
    {
        const CauseWalk walk = causesOf(journalSample(30), 14);
        QCOMPARE(walk.facts.size(), std::size_t(4));
        QCOMPARE(walk.facts.front().number, FactNumber(14));
        QCOMPARE(walk.facts.back().number, FactNumber(11));
        QCOMPARE(walk.notStored, FactNumber(0));
    }

    void saysWhichCauseIsNoLongerStored()
    {
        JournalFrame journal;
        const JournalFrame all = journalSample(20);
        for (std::size_t i = 12; i < 20; ++i)
            journal.facts.push(all.facts[i]);
        const CauseWalk walk = causesOf(journal, 15);
        QCOMPARE(walk.facts.size(), std::size_t(3));
        QCOMPARE(walk.notStored, FactNumber(12));
    }

    void ofAnUnknownFactThereIsNothingToSay()
    {
        const CauseWalk walk = causesOf(journalSample(5), 9);
        QVERIFY(walk.facts.empty());
        QCOMPARE(walk.notStored, FactNumber(9));
    }

    void neverWalksForEver()
    {
        JournalFrame journal = journalSample(5);
        journal.facts.edit(4).cause = 5;
        const CauseWalk walk = causesOf(journal, 5);
        QCOMPARE(walk.facts.size(), std::size_t(1));
    }

    void findsAcrossGapsInTheNumbers()
    {
        JournalFrame journal;
        for (const FactNumber number : {3, 7, 20})
            journal.facts.push(appended(number, 1));
        QCOMPARE(findFact(journal, 7), std::optional<std::size_t>(1));
        QCOMPARE(findFact(journal, 8), std::nullopt);
        QCOMPARE(findFact({}, 1), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(JournalCausesTest)
#include "journal_causes_model_test.moc"
