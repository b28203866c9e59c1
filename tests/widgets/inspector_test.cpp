// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "tests/widgets/groups_time_checks.h"
#include "widgets/inspector/inspector_panel.h"
#include "widgets/inspector/inspector_words.h"
#include "widgets/inspector/life_layout.h"
#include "widgets/inspector/life_view.h"

#include <QAbstractItemModel>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <set>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

Frame sample(const Selection& selection)
{
    Frame frame;
    auto names = std::make_shared<Directory>();
    names->addTopic("orders", 6);
    names->brokers = 3;
    names->producers = {"sensors"};
    names->groups = {"billing"};
    names->members = {{"billing-1", 0}};
    names->pipelines = {"revenue"};
    frame.names = names;
    frame.inspector.selection = selection;
    frame.inspector.found = true;
    return frame;
}

Selection record(PartitionIndex partition, Offset offset)
{
    Selection selection;
    selection.kind = Selection::Kind::Record;
    selection.partition = partition;
    selection.offset = offset;
    return selection;
}

Selection broker(BrokerId id)
{
    Selection selection;
    selection.kind = Selection::Kind::Broker;
    selection.index = id;
    return selection;
}

RecordLife life()
{
    using Step = RecordLife::Step;
    RecordLife life;
    life.partition = 0;
    life.offset = 1838;
    life.producer = 0;
    life.eventTime = 80'900;
    life.key = "sensor-17";
    life.value = "{\"eur\": 42.10}";
    const auto add = [&](Step step, Micros time, BrokerId at = kNone) {
        RecordLife::Entry entry;
        entry.step = step;
        entry.time = time;
        entry.broker = at;
        entry.member = step == Step::Delivered ? 0 : kNone;
        entry.epoch = 7;
        entry.offset = 1838;
        entry.records = 12;
        entry.start = 80'000;
        entry.end = 90'000;
        life.entries.push_back(entry);
    };
    add(Step::Happened, 80'900'000);
    add(Step::Sent, 81'400'000);
    add(Step::BatchSent, 81'410'000);
    add(Step::Appended, 81'416'000, 1);
    add(Step::Replicated, 81'431'000, 3);
    add(Step::HighWatermarkPassed, 81'433'000, 1);
    add(Step::Acknowledged, 81'434'000);
    add(Step::Delivered, 81'502'000);
    add(Step::Counted, 81'502'000);
    return life;
}

} // namespace

class InspectorTest : public QObject
{
    Q_OBJECT
private slots:
    void showsRowsOfWhatIsSelected()
    {
        InspectorPanel panel;
        panel.setSelection(broker(2));
        Frame frame = sample(broker(2));
        frame.inspector.rows = {{InspectorFrame::Key::State, static_cast<int>(BrokerState::Fenced), {}},
                                {InspectorFrame::Key::Since, 20'000'000, {}},
                                {InspectorFrame::Key::Isr, 0, "1, 3"}};
        panel.setFrame(std::make_shared<const Frame>(frame));
        QCOMPARE(panel.title(), QStringLiteral("broker 2"));
        const QAbstractItemModel* model = panel.table()->model();
        QCOMPARE(model->rowCount(), 3);
        QCOMPARE(model->index(0, 1).data().toString(), QStringLiteral("fenced"));
        QCOMPARE(model->index(1, 1).data().toString(), QStringLiteral("00:00:20.000"));
        QCOMPARE(model->index(2, 0).data().toString(), QStringLiteral("ISR"));
        QCOMPARE(model->index(2, 1).data().toString(), QStringLiteral("1, 3"));
        // Until the next frame, rows of broker 2 do not stand under another title.
        panel.setSelection(broker(3));
        QCOMPARE(panel.title(), QStringLiteral("broker 3"));
        QCOMPARE(model->rowCount(), 0);
    }

    void aReplicaSaysWhyItCounts()
    {
        InspectorFrame::Replica replica;
        replica.broker = 3;
        replica.standing = InspectorFrame::Replica::Standing::Behind;
        replica.there = true;
        replica.logEnd = 100;
        replica.highWatermark = 90;
        replica.leaderEpoch = 4;
        replica.missing = 20;
        replica.flushedTo = 60;
        const InspectorFrame::Row row{InspectorFrame::Key::ReplicaState, 3, {}, replica};
        QCOMPARE(inspectorValueText(row, Frame()),
                 QStringLiteral("LEO 100\nHW 90\nepoch 4\non disk below 60"));
        QCOMPARE(inspectorNameText(row), QStringLiteral("broker 3\nout of the ISR: 20 records behind"));
    }

    void aLinkSaysWhatIsDoneToIt()
    {
        Frame frame;
        auto names = std::make_shared<Directory>();
        names->brokers = 3;
        frame.names = names;
        InspectorFrame::Link link;
        link.peer = 1;
        link.cutFrom = true;
        link.held = 4;
        InspectorFrame::Row row{InspectorFrame::Key::LinkState, 1, {}, {}, {}, link};
        QCOMPARE(inspectorValueText(row, frame),
                 QStringLiteral("broker 2: cut: hears nothing from there; 4 messages wait"));
        row.link->cutTo = true;
        row.link->held = 0;
        QCOMPARE(inspectorValueText(row, frame), QStringLiteral("broker 2: cut both ways"));
        row.link = InspectorFrame::Link{.peer = 2, .changed = true, .latency = 200'000, .bandwidth = 4'000};
        QCOMPARE(inspectorValueText(row, frame), QStringLiteral("broker 3: latency 200 ms, 4.0 kB/s"));
        const InspectorFrame::Row clock{InspectorFrame::Key::ClockSkew, -20'000'000, {}};
        QCOMPARE(inspectorValueText(clock, frame), QStringLiteral("20 s behind"));
    }

    void everyKeyHasItsOwnName()
    {
        std::set<QString> names;
        const int last = static_cast<int>(InspectorFrame::Key::ReadsFrom);
        for (int key = 0; key <= last; ++key)
            names.insert(inspectorKeyText(static_cast<InspectorFrame::Key>(key)));
        QCOMPARE(static_cast<int>(names.size()), last + 1);
        QVERIFY(!names.contains(QString()));
    }

    void aRecordAsksForItsLifeOnce()
    {
        InspectorPanel panel;
        QSignalSpy asked(&panel, &InspectorPanel::lifeRequested);
        panel.setFrame(std::make_shared<const Frame>(sample({})));
        panel.setSelection(record(0, 1838));
        panel.setSelection(record(0, 1838));
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.last()[0].toInt(), 0);
        QCOMPARE(asked.last()[1].toLongLong(), 1838);
        QCOMPARE(panel.title(), QStringLiteral("orders-0 @ 1838"));
    }

    void aLifeOfAnotherRecordIsIgnored()
    {
        InspectorPanel panel;
        panel.resize(320, 700);
        panel.setFrame(std::make_shared<const Frame>(sample({})));
        panel.setSelection(record(0, 99));
        panel.setLife(life());
        QVERIFY(!hasText(panel.life()->scene(), QStringLiteral("sensor-17")));
        panel.setSelection(record(0, 1838));
        panel.setLife(life());
        QVERIFY(hasText(panel.life()->scene(), QStringLiteral("sensor-17")));
    }

    void theStoryIsCompleteAndReadable_data()
    {
        QTest::addColumn<qreal>("width");
        QTest::newRow("wide") << 420.0;
        QTest::newRow("narrow") << 200.0;
    }

    void theStoryIsCompleteAndReadable()
    {
        QFETCH(qreal, width);
        const Frame frame = sample({});
        const Scene scene = layoutLife(life(), *frame.names, width, FixedMetrics());
        QCOMPARE(overlapping(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
        QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
        QCOMPARE(scene.regions.size(), life().entries.size() + 1);
        QStringList told;
        for (const HitRegion& region : scene.regions)
            told << region.name;
        const QString all = told.join(QLatin1Char('\n'));
        for (const char* part :
             {"00:01:21.416: appended on broker 1 at offset 1838, leader epoch 7", "replicated to broker 3",
              "high watermark passed: committed", "sent, in a batch of 12", "counted in window [1:20, 1:30)",
              "delivered to billing-1", "acknowledged to sensors"})
            QVERIFY2(all.contains(QLatin1String(part)), qPrintable(all));
    }

    void aLifeWithoutStepsIsNoCrash()
    {
        const Frame frame = sample({});
        RecordLife nothing;
        nothing.partition = 0;
        const Scene scene = layoutLife(nothing, *frame.names, 300, FixedMetrics());
        QCOMPARE(scene.regions.size(), std::size_t(1));
        QVERIFY(layoutLife(life(), *frame.names, 0, FixedMetrics()).size.height() > 0);
    }
};

TIDELINE_GUI_TEST_MAIN(InspectorTest)
#include "inspector_test.moc"
