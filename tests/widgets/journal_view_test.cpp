// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/model/journal_sample.h"
#include "tests/support/gui_main.h"
#include "tests/widgets/groups_time_checks.h"
#include "widgets/journal/fact_kinds.h"
#include "widgets/journal/journal_delegate.h"
#include "widgets/journal/journal_layout.h"
#include "widgets/journal/journal_view.h"

#include <QLineEdit>
#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <set>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

FramePtr sample(FactNumber facts)
{
    Frame frame;
    auto names = std::make_shared<Directory>();
    names->brokers = 3;
    names->groups = {"billing"};
    names->members = {{"billing-1", 0}};
    frame.names = names;
    frame.journal = journalSample(facts);
    return std::make_shared<const Frame>(std::move(frame));
}

Selection fact(FactNumber number)
{
    Selection selection;
    selection.kind = Selection::Kind::Fact;
    selection.fact = number;
    return selection;
}

} // namespace

class JournalViewTest : public QObject
{
    Q_OBJECT
private slots:
    void searchNarrowsTheTable()
    {
        JournalView view;
        view.setFrame(sample(100));
        QTRY_COMPARE(view.shown().rowCount(), 100);
        QTest::keyClicks(view.search(), QStringLiteral("BrokerKilled"));
        QTRY_VERIFY(view.shown().complete());
        QCOMPARE(view.shown().rowCount(), 10);
        view.search()->clear();
        QTRY_COMPARE(view.shown().rowCount(), 100);
    }

    void choosingARowSelectsItsFactAndSaysWhy()
    {
        JournalView view;
        view.setFrame(sample(30));
        QTRY_COMPARE(view.shown().rowCount(), 30);
        QSignalSpy selected(&view, &JournalView::selected);
        view.table()->setCurrentIndex(view.shown().index(13, 0));
        QCOMPARE(selected.count(), 1);
        QCOMPARE(selected.last().first().value<Selection>(), fact(14));
        // 14, because of 13, 12 and 11, which a person did.
        QCOMPARE(view.why()->count(), 5);
        QVERIFY(!view.why()->isHidden());
        emit view.why()->itemActivated(view.why()->item(3));
        QCOMPARE(selected.last().first().value<Selection>(), fact(11));
        QCOMPARE(view.table()->currentIndex().row(), 10);
    }

    void enteringARowAsksForThatTime()
    {
        JournalView view;
        view.setFrame(sample(30));
        QTRY_COMPARE(view.shown().rowCount(), 30);
        QSignalSpy jump(&view, &JournalView::jumpRequested);
        emit view.table()->activated(view.shown().index(4, 0));
        QCOMPARE(jump.count(), 1);
        QCOMPARE(jump.last().first().toLongLong(), 5'000);
    }

    void selectionFromElsewhereIsMarkedAndNotSaidAgain()
    {
        JournalView view;
        view.setFrame(sample(30));
        QTRY_COMPARE(view.shown().rowCount(), 30);
        QSignalSpy selected(&view, &JournalView::selected);
        view.setSelection(fact(21));
        QCOMPARE(view.table()->currentIndex().row(), 20);
        QCOMPARE(selected.count(), 0);
        view.setSelection({});
        QVERIFY(view.why()->isHidden());
    }

    void aNarrowJournalKeepsItsRoomForTheFact()
    {
        JournalView view;
        const auto widthOf = [&view](int column) { return view.table()->columnWidth(column); };
        view.resize(1200, 400);
        view.show();
        QVERIFY(widthOf(model::JournalModel::KindColumn) > JournalDelegate::kSignOnly);
        view.resize(700, 400);
        QTRY_COMPARE(view.width(), 700);
        QCOMPARE(widthOf(model::JournalModel::KindColumn), JournalDelegate::kSignOnly);
        QTRY_VERIFY(widthOf(model::JournalModel::WhatColumn) > 300);
    }

    void followsNewFactsOnlyAtTheEnd()
    {
        JournalView view;
        view.resize(900, 400);
        view.show();
        view.setFrame(sample(200));
        QTRY_COMPARE(view.shown().rowCount(), 200);
        QScrollBar* bar = view.table()->verticalScrollBar();
        QTRY_COMPARE(bar->value(), bar->maximum());
        view.setFrame(sample(220));
        QTRY_COMPARE(view.shown().rowCount(), 220);
        QTRY_COMPARE(bar->value(), bar->maximum());
        bar->setValue(3);
        view.setFrame(sample(240));
        QTRY_COMPARE(view.shown().rowCount(), 240);
        QCOMPARE(bar->value(), 3);
    }

    void everyKindHasItsOwnName()
    {
        std::set<QString> names;
        for (const FactKind& kind : factKinds())
            names.insert(kind.name);
        QCOMPARE(names.size(), std::variant_size_v<FactBody>);
        QVERIFY(names.contains(factKindName(BrokerKilled{1})));
    }

    void figureShowsTheNewest()
    {
        const FramePtr frame = sample(1'000);
        const Scene scene = layoutJournal(*frame, {1280, 720}, FixedMetrics());
        QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
        QCOMPARE(overlapping(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
        QVERIFY(regionOf(scene, fact(1'000)) >= 0);
        QVERIFY(regionOf(scene, fact(1)) < 0);
        QVERIFY(scene.shapes.size() < 300);
        QVERIFY(hasText(layoutJournal(Frame(), {1280, 720}, FixedMetrics()),
                        QStringLiteral("Nothing has happened yet")));
        QCOMPARE(layoutJournal(*frame, {0, 0}, FixedMetrics()).size, QSizeF(0, 0));
    }
};

TIDELINE_GUI_TEST_MAIN(JournalViewTest)
#include "journal_view_test.moc"
