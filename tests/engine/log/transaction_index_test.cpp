// SPDX-License-Identifier: GPL-3.0-or-later
// The transaction index: its bytes, its faults, and what a read_committed fetch finds in it.
#include "engine/log/transaction_index.h"
#include "tests/engine/rule_tests.h"

using namespace tideline;

namespace {

using Aborted = std::vector<AbortedTransaction>;

constexpr const char* kFile = "00000000000000000000.txnindex";

AbortedTransaction aborted(std::int64_t producerId, Offset first, Offset last, Offset stable)
{
    return {producerId, first, last, stable};
}

std::vector<std::int64_t> producersOf(const AbortedInRange& found)
{
    std::vector<std::int64_t> ids;
    for (const AbortedTransaction& transaction : found.transactions)
        ids.push_back(transaction.producerId);
    return ids;
}

} // namespace

class TransactionIndexTest : public QObject
{
    Q_OBJECT
private slots:
    void anEntryIsThirtyFourBytes();
    void faultsKeepWhatIsBefore();
    void aFetchFindsWhatOverlapsIt();
};

void TransactionIndexTest::anEntryIsThirtyFourBytes()
{
    const Aborted entries = {aborted(4000, 10, 14, 15)};
    const std::string bytes = transactionIndexBytes(entries);
    QCOMPARE(QByteArray::fromStdString(bytes).toHex(),
             QByteArray("00000000000000000fa0000000000000000a000000000000000e000000000000000f"));
    Aborted read;
    QVERIFY(!readTransactionIndex(bytes, 0, kFile, read));
    QCOMPARE(read.size(), std::size_t{1});
    QCOMPARE(read[0].lastStableOffset, Offset{15});
}

void TransactionIndexTest::faultsKeepWhatIsBefore()
{
    const Aborted entries = {aborted(1, 10, 14, 15), aborted(2, 11, 14, 15)};
    Aborted read;
    const auto order = readTransactionIndex(transactionIndexBytes(entries), 0, kFile, read);
    QCOMPARE(read.size(), std::size_t{1});
    QCOMPARE(QString::fromStdString(order.value().sentence),
             QStringLiteral(
                 "00000000000000000000.txnindex: byte 34: the entry's last offset 14 must be after 14; the 1 "
                 "entries before it are kept, and recovery builds the index anew"));
    Aborted cut;
    const auto size = readTransactionIndex(transactionIndexBytes(entries).substr(0, 40), 0, kFile, cut);
    QCOMPARE(cut.size(), std::size_t{1});
    QVERIFY(size.value().damage == SegmentDamage::IndexSize);
    Aborted below;
    QVERIFY(readTransactionIndex(transactionIndexBytes(entries), 20, kFile, below).has_value());
    QVERIFY(below.empty());
}

void TransactionIndexTest::aFetchFindsWhatOverlapsIt()
{
    const Aborted entries = {aborted(1, 0, 10, 5), aborted(2, 5, 20, 21), aborted(3, 30, 40, 41)};
    QCOMPARE(producersOf(abortedInRange(entries, 0, 5)), (std::vector<std::int64_t>{1}));
    QCOMPARE(producersOf(abortedInRange(entries, 10, 15)), (std::vector<std::int64_t>{1, 2}));
    QCOMPARE(producersOf(abortedInRange(entries, 11, 15)), (std::vector<std::int64_t>{2}));
    QVERIFY(abortedInRange(entries, 10, 15).complete);
    QVERIFY(!abortedInRange(entries, 10, 42).complete);
    QVERIFY(abortedInRange(entries, 41, 50).transactions.empty());
}

TIDELINE_RULE_TEST(TransactionIndexTest)
#include "transaction_index_test.moc"
