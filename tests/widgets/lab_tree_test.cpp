// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "tests/support/sample_frames.h"
#include "widgets/lab_tree/lab_tree_view.h"
#include "widgets/lab_tree/lab_tree_words.h"

#include <QSignalSpy>
#include <QTest>

using namespace tideline;
using namespace tideline::widgets;

namespace {

Selection select(Selection::Kind kind, std::int32_t index)
{
    Selection selection;
    selection.kind = kind;
    selection.index = index;
    return selection;
}

} // namespace

class LabTreeTest : public QObject
{
    Q_OBJECT
private slots:
    void clickingARowSelectsIt()
    {
        LabTreeView view;
        view.resize(280, 800);
        view.show();
        view.setFrame(std::make_shared<const Frame>(samples::cluster(6)));
        QSignalSpy selected(&view, &LabTreeView::selected);
        const auto* model = static_cast<const model::LabTreeModel*>(view.model());
        const QModelIndex row = model->indexOf(select(Selection::Kind::Broker, 2));
        QVERIFY(row.isValid());
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(row).center());
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.last().first().value<Selection>(), select(Selection::Kind::Broker, 2));
        // A section opens and closes; it is nothing that could be selected.
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(row.parent()).center());
        QCOMPARE(selected.count(), 1);
    }

    void selectionFromElsewhereIsMarkedAndNotSaidAgain()
    {
        LabTreeView view;
        view.setFrame(std::make_shared<const Frame>(samples::cluster(6)));
        QSignalSpy selected(&view, &LabTreeView::selected);
        view.setSelected(select(Selection::Kind::Member, 1));
        const auto* model = static_cast<const model::LabTreeModel*>(view.model());
        QCOMPARE(model->selectionAt(view.currentIndex()), select(Selection::Kind::Member, 1));
        QVERIFY(view.isExpanded(view.currentIndex().parent()));
        view.setSelected(select(Selection::Kind::Partition, 0)); // not in the tree
        QVERIFY(!view.currentIndex().isValid());
        QCOMPARE(selected.count(), 0);
    }

    void wordsSayTheState()
    {
        using model::LabTreeSection;
        Frame frame = samples::cluster(6);
        const auto words = [&](Selection::Kind kind, int index) {
            return labTreeWords(LabTreeSection::Brokers, select(kind, index), frame);
        };
        frame.cluster.brokers[2].state = BrokerState::Stopped;
        frame.cluster.brokers[2].since = 80'000'000;
        QCOMPARE(words(Selection::Kind::Broker, 3).detail, QStringLiteral("stopped since 1:20"));
        QCOMPARE(words(Selection::Kind::Broker, 3).tone, model::LabTreeTone::Bad);
        frame.cluster.brokers[0].replicas = 6;
        frame.cluster.brokers[0].inSync = 3;
        QCOMPARE(words(Selection::Kind::Broker, 1).detail, QStringLiteral("in 3 of 6 ISRs"));
        QCOMPARE(words(Selection::Kind::Topic, 0).detail, QStringLiteral("6 partitions · rf 3"));
        frame.cluster.producers[0].acks = 1;
        QVERIFY(words(Selection::Kind::Producer, 0).detail.startsWith(QStringLiteral("acks=1")));
        QCOMPARE(labTreeWords(LabTreeSection::Groups, {}, frame).name, QStringLiteral("Consumer groups"));
    }
};

TIDELINE_GUI_TEST_MAIN(LabTreeTest)
#include "lab_tree_test.moc"
