// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/lab_tree_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::model;

namespace {

LabTreeWords plainWords(LabTreeSection section, const Selection& selection, const Frame& frame)
{
    if (selection.kind == Selection::Kind::None)
        return {QStringLiteral("section %1").arg(static_cast<int>(section)), {}, LabTreeTone::Plain};
    QString detail;
    for (const ClusterFrame::Broker& broker : frame.cluster.brokers) {
        if (selection.kind == Selection::Kind::Broker && broker.id == selection.index &&
            broker.state == BrokerState::Stopped)
            detail = QStringLiteral("stopped");
    }
    return {QStringLiteral("%1/%2").arg(static_cast<int>(selection.kind)).arg(selection.index), detail,
            LabTreeTone::Plain};
}

FramePtr sample(int members, bool stopped = false)
{
    Frame frame;
    auto names = std::make_shared<Directory>();
    names->addTopic("orders", 6);
    names->addTopic("__consumer_offsets", 50, true);
    names->producers = {"sensors"};
    names->groups = {"billing", "audit"};
    for (int i = 0; i < members; ++i)
        names->members.push_back({"billing-" + std::to_string(i + 1), 0});
    frame.names = names;
    for (int id = 1; id <= 3; ++id) {
        ClusterFrame::Broker broker;
        broker.id = id;
        broker.state = stopped && id == 2 ? BrokerState::Stopped : BrokerState::Running;
        frame.cluster.brokers.push_back(broker);
    }
    return std::make_shared<const Frame>(std::move(frame));
}

Selection select(Selection::Kind kind, std::int32_t index)
{
    Selection selection;
    selection.kind = kind;
    selection.index = index;
    return selection;
}

} // namespace

class LabTreeModelTest : public QObject
{
    Q_OBJECT
private slots:
    void hasOnlySectionsWithSomethingInThem()
    {
        LabTreeModel model(plainWords);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample(2));
        // Producers, topics, brokers, groups; neither controllers nor pipelines.
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(model.index(1, 0).data().toString(), QStringLiteral("section 1"));
        QCOMPARE(model.rowCount(model.index(1, 0)), 1); // without the internal topic
        QCOMPARE(model.rowCount(model.index(3, 0)), 2);
        QCOMPARE(model.rowCount(model.index(0, 0, model.index(3, 0))), 2);
        QCOMPARE(model.rowCount(model.index(1, 0, model.index(3, 0))), 0);
    }

    void aNewMemberIsARowAtTheEnd()
    {
        LabTreeModel model(plainWords);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample(2));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        const QPersistentModelIndex first(model.indexOf(select(Selection::Kind::Member, 0)));
        model.setFrame(sample(4));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(inserted.count(), 1);
        QVERIFY(first.isValid());
        QCOMPARE(model.selectionAt(first), select(Selection::Kind::Member, 0));
        QVERIFY(model.indexOf(select(Selection::Kind::Member, 3)).isValid());
    }

    void goneMembersAreGone()
    {
        LabTreeModel model(plainWords);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample(4));
        model.setFrame(sample(1));
        QVERIFY(!model.indexOf(select(Selection::Kind::Member, 3)).isValid());
        QVERIFY(model.indexOf(select(Selection::Kind::Member, 0)).isValid());
    }

    void onlyChangedWordsAreTouched()
    {
        LabTreeModel model(plainWords);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample(2));
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setFrame(sample(2));
        QCOMPARE(changed.count(), 0);
        model.setFrame(sample(2, true));
        QCOMPARE(changed.count(), 1);
        const QModelIndex broker = model.indexOf(select(Selection::Kind::Broker, 2));
        QCOMPARE(changed[0][0].toModelIndex(), broker);
        QCOMPARE(broker.data(LabTreeModel::DetailRole).toString(), QStringLiteral("stopped"));
        QCOMPARE(broker.data().toString(), QStringLiteral("1/2 · stopped"));
    }

    void sectionsCannotBeChosen()
    {
        LabTreeModel model(plainWords);
        model.setFrame(sample(1));
        const QModelIndex section = model.index(0, 0);
        QVERIFY(!(section.flags() & Qt::ItemIsSelectable));
        QVERIFY(section.data(LabTreeModel::SectionRole).toBool());
        QCOMPARE(model.selectionAt(section), Selection{});
        QVERIFY(model.index(0, 0, section).flags() & Qt::ItemIsSelectable);
    }

    void withoutAFrameItIsEmpty()
    {
        LabTreeModel model(plainWords);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setFrame(sample(2));
        model.setFrame(nullptr);
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!model.indexOf(select(Selection::Kind::Broker, 1)).isValid());
    }
};

QTEST_GUILESS_MAIN(LabTreeModelTest)
#include "lab_tree_model_test.moc"
