// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/metadata_log_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::model;

namespace {

MetadataLogWords plainWords()
{
    return {[](bool committed) { return committed ? QStringLiteral("yes") : QStringLiteral("no"); },
            [](const MetadataLogFrame&, Offset offset, const Directory&) {
                return QStringLiteral("who %1").arg(offset);
            },
            [](const MetadataLogFrame&, Offset offset, const Directory&) {
                return QStringLiteral("end %1").arg(offset);
            },
            [](int column) { return QString::number(column); }};
}

// A log [start, end) of which [from, to) are in the window.
MetadataLogFrame logOf(Offset start, Offset end, Offset from, Offset to)
{
    MetadataLogFrame log;
    log.start = start;
    log.end = end;
    log.committed = end - 1;
    for (Offset offset = from; offset < to; ++offset)
        log.rows.push_back({offset, 3, "Topic", "orders"});
    return log;
}

QString text(const MetadataLogModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class MetadataLogModelTest : public QObject
{
    Q_OBJECT
private slots:
    void showsTheWindowAndLeavesTheRestBlank()
    {
        MetadataLogModel model(plainWords());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setLog(logOf(10, 20, 15, 20), std::make_shared<Directory>());
        QCOMPARE(model.rowCount(), 10);
        QCOMPARE(text(model, 0, MetadataLogModel::OffsetColumn), QStringLiteral("10"));
        QCOMPARE(text(model, 0, MetadataLogModel::TypeColumn), QString());
        QVERIFY(!model.isThere(4));
        QVERIFY(model.isThere(5));
        QCOMPARE(text(model, 5, MetadataLogModel::TypeColumn), QStringLiteral("Topic"));
        QCOMPARE(text(model, 5, MetadataLogModel::EpochColumn), QStringLiteral("3"));
        QCOMPARE(text(model, 8, MetadataLogModel::StateColumn), QStringLiteral("yes"));
        QCOMPARE(text(model, 9, MetadataLogModel::StateColumn), QStringLiteral("no"));
        QCOMPARE(text(model, 9, MetadataLogModel::HoldersColumn), QStringLiteral("who 19"));
        QCOMPARE(text(model, 9, MetadataLogModel::EndsColumn), QStringLiteral("end 19"));
    }

    // The log grows, loses what a snapshot has, is cut, and is as it was before.
    void rowsComeAndGoAtBothEnds()
    {
        MetadataLogModel model(plainWords());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto names = std::make_shared<Directory>();
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setLog(logOf(0, 10, 0, 10), names);
        const QPersistentModelIndex kept = model.index(8, 0);
        model.setLog(logOf(0, 14, 4, 14), names);
        QCOMPARE(model.rowCount(), 14);
        model.setLog(logOf(6, 14, 6, 14), names);
        QCOMPARE(model.rowCount(), 8);
        QCOMPARE(kept.row(), 2);
        QCOMPARE(kept.data().toString(), QStringLiteral("8"));
        model.setLog(logOf(6, 12, 6, 12), names);
        QCOMPARE(model.rowCount(), 6);
        model.setLog(logOf(0, 14, 4, 14), names);
        QCOMPARE(model.rowCount(), 14);
        QCOMPARE(kept.row(), 8);
        QCOMPARE(reset.count(), 0);
    }

    void anotherLogTakesItsPlace()
    {
        MetadataLogModel model(plainWords());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto names = std::make_shared<Directory>();
        model.setLog(logOf(100, 110, 100, 110), names);
        model.setLog(logOf(0, 3, 0, 3), names);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.offsetOf(0), Offset{0});
        model.setLog(logOf(50, 50, 50, 50), names);
        QCOMPARE(model.rowCount(), 0);
        model.setLog(logOf(50, 52, 50, 52), names);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.offsetOf(1), Offset{51});
    }
};

QTEST_GUILESS_MAIN(MetadataLogModelTest)
#include "metadata_log_model_test.moc"
