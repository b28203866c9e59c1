// SPDX-License-Identifier: GPL-3.0-or-later
// What was produced, acknowledged and delivered: once, again, lost, pending.
#include "engine/lab/ledger.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

// Group 0 reads partition 0, group 1 partitions 0 and 1. One producer unless said; record k lies at offset k.
class Book
{
public:
    void produced(int records, PartitionIndex partition = 0)
    {
        ledger.produced(RecordsProduced{0, partition, 0, records, 0});
    }
    // "0: 5+2" for group 0, records 5 and 6: what turned out to be lost.
    QString acknowledged(RecordNumber first, int records, Offset base, PartitionIndex partition = 0,
                         ProducerIndex producer = 0)
    {
        std::vector<std::pair<GroupIndex, LedgerRange>> lost;
        ledger.acknowledged(RecordsAcknowledged{producer, partition, first, records, base}, lost);
        QStringList texts;
        for (const auto& [group, range] : lost)
            texts << QString("%1: %2").arg(group).arg(textOf(range));
        return texts.join("; ");
    }
    QString acknowledged(RecordNumber first, int records) { return acknowledged(first, records, first); }
    // "again 3+2, lost 7+1" of records that lie at their numbers.
    QString delivered(GroupIndex group, RecordNumber first, int records, Offset base = kUnknownOffset,
                      PartitionIndex partition = 0, ProducerIndex producer = 0)
    {
        std::vector<LedgerRange> again;
        std::vector<LedgerRange> lost;
        ledger.delivered(
            group,
            RecordsDelivered{0, partition, producer, first, records, base == kUnknownOffset ? first : base},
            again, lost);
        QStringList texts;
        for (const LedgerRange& range : again)
            texts << "again " + textOf(range);
        for (const LedgerRange& range : lost)
            texts << (range.expired ? "expired " : "lost ") + textOf(range);
        return texts.join(", ");
    }
    // "once 3, repeated 2 (4 times), lost 1, pending 0"
    QString numbers(GroupIndex group) const
    {
        const LedgerNumbers n = ledger.numbers(group);
        return QString("once %1, repeated %2 (%3 times), lost %4, pending %5")
            .arg(n.once)
            .arg(n.repeated)
            .arg(n.repeats)
            .arg(n.lost)
            .arg(n.pending);
    }

    void removed(RecordNumber first, int records) { ledger.removed(RecordsRemoved{0, 0, first, records}); }
    // The group goes on at `to`: "expired 3+2, lost 7+1".
    QString reset(GroupIndex group, Offset from, Offset to, bool ownWill)
    {
        std::vector<LedgerRange> gone;
        ledger.reset(group, 0, from, to, ownWill, gone);
        QStringList texts;
        for (const LedgerRange& range : gone)
            texts << (range.expired ? "expired " : "lost ") + textOf(range);
        return texts.join(", ");
    }

    Ledger ledger{{{0}, {0, 1}}};

private:
    static QString textOf(const LedgerRange& range)
    {
        return QString("%1+%2").arg(range.firstK).arg(range.records);
    }
};

} // namespace

class LedgerTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsAcknowledgedIsPendingUntilItIsDelivered()
    {
        Book book;
        book.produced(12);
        QCOMPARE(book.acknowledged(0, 10), "");
        QCOMPARE(book.numbers(0), "once 0, repeated 0 (0 times), lost 0, pending 10");
        QCOMPARE(book.delivered(0, 0, 6), "");
        QCOMPARE(book.numbers(0), "once 6, repeated 0 (0 times), lost 0, pending 4");
        QCOMPARE(book.delivered(0, 6, 4), "");
        QCOMPARE(book.numbers(0), "once 10, repeated 0 (0 times), lost 0, pending 0");
        QCOMPARE(book.ledger.numbers(0).produced, std::int64_t{12});
        QCOMPARE(book.ledger.numbers(0).acknowledged, std::int64_t{10});
        QCOMPARE(book.numbers(1), "once 0, repeated 0 (0 times), lost 0, pending 10");
    }

    // A broker removed 0 to 5 by rule before the group came; 6 and 7 it does not say, so they are lost.
    void whatWasRemovedHasExpired()
    {
        Book book;
        book.acknowledged(0, 10);
        book.removed(0, 4);
        book.removed(4, 2);
        QCOMPARE(book.delivered(0, 8, 2), "expired 0+6, lost 6+2");
        QCOMPARE(book.numbers(0), "once 2, repeated 0 (0 times), lost 2, pending 0");
        QCOMPARE(book.ledger.numbers(0).expired, std::int64_t{6});
        QCOMPARE(book.ledger.numbers(1).expired, std::int64_t{0}); // it has not got there
    }

    // What a follower removes as well is removed once, and what was read in time stays read.
    void removedAgainAndReadBefore()
    {
        Book book;
        book.acknowledged(0, 10);
        book.delivered(0, 0, 4);
        book.removed(0, 6);
        book.removed(0, 6);
        QCOMPARE(book.reset(0, 4, 6, false), "expired 4+2");
        QCOMPARE(book.delivered(0, 6, 4), "");
        QCOMPARE(book.numbers(0), "once 8, repeated 0 (0 times), lost 0, pending 0");
    }

    // auto.offset.reset=latest leaps over what is still there: the group did not want it.
    void whatAResetSkipsIsNotLost()
    {
        Book book;
        book.acknowledged(0, 10);
        book.removed(0, 3);
        QCOMPARE(book.reset(0, 0, 8, true), "expired 0+3");
        QCOMPARE(book.ledger.numbers(0).before, std::int64_t{5});
        QCOMPARE(book.delivered(0, 8, 2), "");
        QCOMPARE(book.numbers(0), "once 2, repeated 0 (0 times), lost 0, pending 0");
    }

    void whatComesAgainIsCountedEachTime()
    {
        Book book;
        book.acknowledged(0, 10);
        book.delivered(0, 0, 6);
        QCOMPARE(book.delivered(0, 4, 4), "again 4+2");
        QCOMPARE(book.numbers(0), "once 6, repeated 2 (2 times), lost 0, pending 2");
        QCOMPARE(book.delivered(0, 5, 1), "again 5+1");
        QCOMPARE(book.numbers(0), "once 6, repeated 2 (3 times), lost 0, pending 2");
    }

    // The group has read past an acknowledged record and was not given it.
    void whatIsPassedOverIsLost()
    {
        Book book;
        book.acknowledged(0, 10);
        book.delivered(0, 0, 4);
        QCOMPARE(book.delivered(0, 7, 2), "lost 4+3");
        QCOMPARE(book.numbers(0), "once 6, repeated 0 (0 times), lost 3, pending 1");
        QCOMPARE(book.delivered(0, 9, 1), ""); // not told twice
        QCOMPARE(book.numbers(0), "once 7, repeated 0 (0 times), lost 3, pending 0");
    }

    // A log that was cut holds another producer's record where the acknowledged one was.
    void anotherRecordInItsPlace()
    {
        Book book;
        book.acknowledged(0, 5);
        book.delivered(0, 0, 3);
        QCOMPARE(book.delivered(0, 0, 2, 3, 0, 1), "lost 3+2"); // of producer 1, at offsets 3 and 4
        QCOMPARE(book.numbers(0), "once 5, repeated 0 (0 times), lost 2, pending 0");
    }

    // The answer to the producer may be slower than the consumer.
    void anAcknowledgementMayComeLate()
    {
        Book book;
        QCOMPARE(book.delivered(0, 0, 5), "");
        QCOMPARE(book.acknowledged(0, 5), "");
        QCOMPARE(book.numbers(0), "once 5, repeated 0 (0 times), lost 0, pending 0");
        book.delivered(0, 7, 1, 7);
        QCOMPARE(book.acknowledged(5, 3), "0: 5+2"); // it has read past 5 and 6
        QCOMPARE(book.numbers(0), "once 6, repeated 0 (0 times), lost 2, pending 0");
    }

    // A group that begins at the end of the log is not owed what lay before.
    void whatLiesBeforeTheBeginningIsNoConcern()
    {
        Book book;
        book.acknowledged(0, 10);
        book.ledger.begins(0, 0, 6);
        book.ledger.begins(0, 0, 2); // only the first beginning counts
        QCOMPARE(book.delivered(0, 8, 2), "lost 6+2");
        QCOMPARE(book.numbers(0), "once 2, repeated 0 (0 times), lost 2, pending 0");
    }

    // A retry after a lost answer: the same numbers at two offsets, acknowledged once.
    void aDuplicateInTheLogIsARepeat()
    {
        Book book;
        book.acknowledged(0, 5, 5); // the second copy; the first lies at 0 to 4
        QCOMPARE(book.delivered(0, 0, 5, 0), "");
        QCOMPARE(book.delivered(0, 0, 5, 5), "again 0+5");
        QCOMPARE(book.numbers(0), "once 0, repeated 5 (5 times), lost 0, pending 0");
    }

    // acks=0: nobody knows where the records lie, so nobody can say that they are lost.
    void unknownOffsetsAreNeverLost()
    {
        Book book;
        book.acknowledged(0, 5, kUnknownOffset);
        book.delivered(0, 4, 1);
        QCOMPARE(book.numbers(0), "once 1, repeated 0 (0 times), lost 0, pending 4");
    }

    void partitionsOfOthersDoNotCount()
    {
        Book book;
        book.produced(3, 1);
        book.acknowledged(0, 3, 0, 1);
        QCOMPARE(book.ledger.numbers(0).produced, std::int64_t{0});
        QCOMPARE(book.numbers(0), "once 0, repeated 0 (0 times), lost 0, pending 0");
        QCOMPARE(book.numbers(1), "once 0, repeated 0 (0 times), lost 0, pending 3");
        book.delivered(1, 0, 3, 0, 1);
        QCOMPARE(book.numbers(1), "once 3, repeated 0 (0 times), lost 0, pending 0");
    }

    void producersAreToldApart()
    {
        Book book;
        book.acknowledged(0, 3, 0, 0, 0);
        book.acknowledged(0, 3, 3, 0, 1);
        QCOMPARE(book.delivered(0, 0, 3, 0, 0, 0), "");
        QCOMPARE(book.delivered(0, 0, 3, 3, 0, 1), "");
        QCOMPARE(book.numbers(0), "once 6, repeated 0 (0 times), lost 0, pending 0");
    }

    void whatABrokerWroteItselfIsNobodys()
    {
        Book book;
        QCOMPARE(book.delivered(0, 0, 3, 0, 0, kNone), "");
        QCOMPARE(book.numbers(0), "once 0, repeated 0 (0 times), lost 0, pending 0");
    }

    void aFailedRecordIsNotPending()
    {
        Book book;
        book.produced(4);
        book.ledger.failed(RecordsFailed{0, 0, 0, 4, ErrorCode::RequestTimedOut});
        QCOMPARE(book.ledger.numbers(0).failed, std::int64_t{4});
        QCOMPARE(book.numbers(0), "once 0, repeated 0 (0 times), lost 0, pending 0");
    }

    void aCopyGoesItsOwnWay()
    {
        Book book;
        book.acknowledged(0, 5);
        const Book before = book;
        book.delivered(0, 0, 5);
        QCOMPARE(before.numbers(0), "once 0, repeated 0 (0 times), lost 0, pending 5");
    }

    // Two billion records in a row are more than one run can count.
    void aRunThatIsTooLongIsSplit()
    {
        Book book;
        constexpr std::int32_t kMany = 2'000'000'000;
        book.acknowledged(0, kMany);
        book.acknowledged(kMany, kMany);
        book.acknowledged(2LL * kMany, 5);
        QCOMPARE(book.delivered(0, 2LL * kMany, 5), QString("lost 0+2000000000, lost 2000000000+2000000000"));
        QCOMPARE(book.ledger.numbers(0).lost, 2LL * kMany);
    }
};

TIDELINE_RULE_TEST(LedgerTest)
#include "ledger_test.moc"
