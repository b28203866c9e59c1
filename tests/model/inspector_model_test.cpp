// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/inspector_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::model;

namespace {

InspectorWords plainWords()
{
    return {[](const InspectorFrame::Row& row) {
                return QStringLiteral("key %1").arg(static_cast<int>(row.key));
            },
            [](const InspectorFrame::Row& row, const Frame&) { return QString::number(row.number); },
            [](int column) { return QString::number(column); }};
}

FramePtr sample(std::vector<std::int64_t> numbers, bool found = true)
{
    Frame frame;
    frame.inspector.found = found;
    for (std::size_t i = 0; i < numbers.size(); ++i)
        frame.inspector.rows.push_back({static_cast<InspectorFrame::Key>(i), numbers[i], {}});
    return std::make_shared<const Frame>(std::move(frame));
}

} // namespace

class InspectorModelTest : public QObject
{
    Q_OBJECT
private slots:
    void changesValuesInPlace()
    {
        InspectorModel model(plainWords());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample({1, 2, 3}));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setFrame(sample({1, 5, 3}));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QCOMPARE(model.index(1, InspectorModel::ValueColumn).data().toString(), QStringLiteral("5"));
        QCOMPARE(model.index(1, InspectorModel::NameColumn).data().toString(), QStringLiteral("key 1"));
    }

    void rowsComeAndGoAtTheEnd()
    {
        InspectorModel model(plainWords());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample({1, 2}));
        model.setFrame(sample({1, 2, 3, 4}));
        QCOMPARE(model.rowCount(), 4);
        model.setFrame(sample({9}));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0, InspectorModel::ValueColumn).data().toString(), QStringLiteral("9"));
    }

    void whatWasNotFoundHasNoRows()
    {
        InspectorModel model(plainWords());
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample({1, 2}));
        model.setFrame(sample({1, 2}, false));
        QCOMPARE(model.rowCount(), 0);
        model.setFrame(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(InspectorModelTest)
#include "inspector_model_test.moc"
