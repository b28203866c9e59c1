// SPDX-License-Identifier: GPL-3.0-or-later
// The Metadata Log panel: it follows the end, asks for what can be seen, and says how far each node is.
#include "tests/support/gui_main.h"
#include "widgets/metadata_log/metadata_log_panel.h"
#include "widgets/metadata_log/metadata_log_words.h"

#include <QListWidget>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace tideline;
using namespace tideline::widgets;

namespace {

// Three controllers and a broker; controller 2 lacks the newest records, controller 3 begins with a snapshot.
Frame sample(Offset end)
{
    Frame frame;
    auto names = std::make_shared<Directory>();
    names->brokers = 1;
    names->controllers = 3;
    frame.names = names;
    MetadataLogFrame log;
    log.source = 1;
    log.active = true;
    log.end = end;
    log.committed = end;
    log.holders = {{1, true, true, 0, end, end, end},
                   {2, true, false, 0, end - 2, end - 2, end - 3},
                   {3, false, false, 40, end, end, end, 40, 2, 300, 1},
                   {0, true, false, 0, end, end, end}};
    for (Offset offset = std::max<Offset>(0, end - 60); offset < end; ++offset)
        log.rows.push_back({offset, 1, "Topic", "orders"});
    frame.metadataLog = std::move(log);
    return frame;
}

FramePtr shared(Frame frame)
{
    return std::make_shared<const Frame>(std::move(frame));
}

} // namespace

class MetadataLogTest : public QObject
{
    Q_OBJECT
private slots:
    void saysWhoHasARecord()
    {
        const Frame frame = sample(100);
        const MetadataLogFrame& log = *frame.metadataLog;
        QCOMPARE(holdersText(log, 97), QStringLiteral("3 of 3 controllers, 1 of 1 brokers"));
        QCOMPARE(holdersText(log, 98), QStringLiteral("2 of 3 controllers, 1 of 1 brokers"));
        QCOMPARE(endsText(log, 97, *frame.names), QStringLiteral("controller 2"));
        QCOMPARE(endsText(log, 96, *frame.names), QString());
        QVERIFY(endsText(log, 99, *frame.names).contains(QStringLiteral("broker 1")));
        const QString third = holderText(log.holders[2], *frame.names);
        QVERIFY2(third.contains(QStringLiteral("does not run")), qPrintable(third));
        QVERIFY2(third.contains(QStringLiteral("snapshot up to 40, epoch 2")), qPrintable(third));
    }

    void asksForWhatCanBeSeen()
    {
        MetadataLogPanel panel;
        QSignalSpy wanted(&panel, &MetadataLogPanel::recordsWanted);
        panel.resize(1200, 300);
        panel.show();
        QVERIFY(!wanted.isEmpty());
        QVERIFY(wanted.last()[0].toInt() > 10);
        QCOMPARE(wanted.last()[1].toLongLong(), qint64{-1}); // the newest
        panel.setFrame(shared(sample(1'000)));
        QScrollBar* bar = panel.table()->verticalScrollBar();
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(500);
        const qint64 from = wanted.last()[1].toLongLong();
        QVERIFY(from > 400 && from <= 500);
        panel.setFrame(shared(sample(1'010)));
        QCOMPARE(bar->value(), 500); // it stays where it is
        panel.hide();
        QCOMPARE(wanted.last()[0].toInt(), 0);
    }

    void showsEveryNode()
    {
        MetadataLogPanel panel;
        panel.setFrame(shared(sample(100)));
        QCOMPARE(panel.holders()->count(), 4);
        QVERIFY(panel.holders()->item(0)->text().contains(QStringLiteral("leads")));
        QVERIFY(panel.summary().contains(QStringLiteral("the active controller")));
        QCOMPARE(panel.records().rowCount(), 100);
    }
};

TIDELINE_GUI_TEST_MAIN(MetadataLogTest)
#include "metadata_log_test.moc"
