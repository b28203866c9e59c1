// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/gui_main.h"
#include "tests/widgets/groups_sample.h"
#include "tests/widgets/groups_time_checks.h"
#include "widgets/groups/group_words.h"
#include "widgets/groups/groups_layout.h"
#include "widgets/groups/rebalance_pause.h"
#include "widgets/groups/who_reads_rows.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

Scene layout(const Frame& frame, const QSizeF& size = {1280, 720})
{
    return layoutGroups(frame, size, FixedMetrics());
}

} // namespace

class GroupsLayoutTest : public QObject
{
    Q_OBJECT
private slots:
    void staysInsideAndReadable_data();
    void staysInsideAndReadable();
    void primitivesAreBounded();
    void lagsAddUp();
    void whatDoesNotFitIsCounted();
    void idleMembersSayWhy();
    void committedAndPositionHaveTwoMarks();
    void barsHoldEveryCommittedOffset();
    void guaranteeFollowsFromTheKeys();
    void pauseIsMeasured();
    void aShortRebalanceIsSeen();
    void whyLeadsToTheCause();
    void memberAndPartitionAreFoundWhereTheyAre();
    void saysSoWhenThereIsNoGroup();
    void survivesOddFrames();
};

void GroupsLayoutTest::staysInsideAndReadable_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<int>("members");
    QTest::addColumn<int>("partitions");
    QTest::addColumn<int>("groups");
    for (const QSizeF& size :
         {QSizeF(1280, 720), QSizeF(1600, 1000), QSizeF(2560, 1440), QSizeF(640, 480), QSizeF(380, 260)}) {
        QTest::addRow("few %gx%g", size.width(), size.height()) << size << 5 << 4 << 3;
        QTest::addRow("many %gx%g", size.width(), size.height()) << size << 64 << 640 << 16;
        QTest::addRow("one member %gx%g", size.width(), size.height()) << size << 1 << 60 << 1;
    }
}

void GroupsLayoutTest::staysInsideAndReadable()
{
    QFETCH(QSizeF, size);
    QFETCH(int, members);
    QFETCH(int, partitions);
    QFETCH(int, groups);
    const Scene scene = layout(groupsSample({members, partitions, groups}), size);
    QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
    QCOMPARE(overlapping(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
    for (const HitRegion& region : scene.regions)
        QVERIFY(!region.name.isEmpty());
}

void GroupsLayoutTest::primitivesAreBounded()
{
    const Scene scene = layout(groupsSample({64, 640, 16, 100'000}));
    QVERIFY2(scene.shapes.size() < 2'000, qPrintable(QString::number(scene.shapes.size())));
    for (const Shape& shape : scene.shapes) {
        if (const auto* line = std::get_if<PolylineShape>(&shape))
            QVERIFY(line->points.size() <= 1280);
    }
}

void GroupsLayoutTest::lagsAddUp()
{
    const Frame frame = groupsSample({4, 6, 1});
    std::int64_t partitions = 0;
    std::int64_t members = 0;
    for (const GroupsFrame::Member& member : frame.groups->members) {
        members += member.base.lag;
        for (const GroupsFrame::Reading& reading : member.readings)
            partitions += lagOf(reading);
    }
    QCOMPARE(partitions, frame.groups->groups[0].lag);
    QCOMPARE(members, frame.groups->groups[0].lag);
    QVERIFY(hasText(layout(frame), QStringLiteral("lag %1").arg(members)));
}

void GroupsLayoutTest::whatDoesNotFitIsCounted()
{
    const Frame frame = groupsSample({20, 200, 1});
    for (const qreal height : {120.0, 400.0, 2'000.0}) {
        const WhoReadsRows rows = whoReadsRows(*frame.groups, 3, height, 52, 40, 8);
        std::int64_t lag = rows.membersLeftLag;
        std::size_t partitions = 0;
        for (const WhoReadsRow& row : rows.rows) {
            lag += row.leftLag;
            partitions += row.shown.size() + static_cast<std::size_t>(row.left);
            for (const GroupsFrame::Reading& reading : row.shown)
                lag += lagOf(reading);
        }
        QCOMPARE(lag, frame.groups->groups[0].lag);
        QCOMPARE(static_cast<int>(rows.rows.size()) + rows.membersLeft, 20);
        QCOMPARE(partitions, rows.rows.size() * 10);
    }
}

void GroupsLayoutTest::idleMembersSayWhy()
{
    QVERIFY(hasText(layout(groupsSample({5, 4, 1})), QStringLiteral("more members than partitions: waits")));
    Frame crashed = groupsSample({5, 4, 1});
    crashed.groups->members[4].base.state = MemberState::Crashed;
    QVERIFY(hasText(layout(crashed), QStringLiteral("session.timeout.ms")));
}

void GroupsLayoutTest::committedAndPositionHaveTwoMarks()
{
    Frame frame = groupsSample({1, 1, 1});
    // One triangle is the legend's.
    QCOMPARE(countMarkers(layout(frame), MarkerShape::Triangle), 2);
    frame.groups->members[0].readings[0].committed = kUnknownOffset;
    QCOMPARE(countMarkers(layout(frame), MarkerShape::Triangle), 1);
}

void GroupsLayoutTest::barsHoldEveryCommittedOffset()
{
    Frame frame = groupsSample({2, 2, 1});
    QCOMPARE(barRecords(*frame.groups), std::int64_t(50)); // 29 back, and a quarter more
    frame.groups->members[0].readings[0].committed = 0;
    QVERIFY(barRecords(*frame.groups) >= frame.groups->members[0].readings[0].leo);
    QCOMPARE(barRecords(GroupsFrame()), std::int64_t(10));
}

void GroupsLayoutTest::guaranteeFollowsFromTheKeys()
{
    Frame frame = groupsSample();
    GroupSpec spec = frame.groups->spec;
    const GuaranteeWords automatic = guaranteeOf(frame, spec);
    QCOMPARE(automatic.name, QStringLiteral("at least once"));
    QCOMPARE(automatic.keys, QStringLiteral("enable.auto.commit=true, auto.commit.interval.ms=5000"));
    QVERIFY(automatic.acks.contains(QStringLiteral("acks=all")));
    spec.commit = CommitOrder::BeforeProcessing;
    QCOMPARE(guaranteeOf(frame, spec).name, QStringLiteral("at most once"));
    spec.commit = CommitOrder::AfterProcessing;
    QVERIFY(guaranteeOf(frame, spec).keys.contains(QStringLiteral("enable.auto.commit=false")));
    frame.cluster.producers[0].acks = 1;
    QVERIFY(guaranteeOf(frame, spec).acks.contains(QStringLiteral("sensors has acks=1")));
    spec.topics = {"clicks"};
    QCOMPARE(guaranteeOf(frame, spec).acks, QString());
}

void GroupsLayoutTest::pauseIsMeasured()
{
    GroupsFrame::Rebalance rebalance;
    rebalance.started = 1'000;
    rebalance.ended = 2'000;
    rebalance.segments = {
        {0, MemberState::Stable, 0, 1'200, {0, 1}},  {0, MemberState::Joining, 1'200, 1'900, {}},
        {0, MemberState::Stable, 1'900, 3'000, {0}}, {1, MemberState::Stable, 0, 1'500, {0}},
        {1, MemberState::Syncing, 1'500, 2'000, {}}, {1, MemberState::Stable, 2'000, 3'000, {0}}};
    const RebalancePause pause = rebalancePause(rebalance, 3'000);
    QCOMPARE(pause.member, 0);
    QCOMPARE(pause.longest, Micros(700));
    QCOMPARE(pause.all, Micros(400)); // 1500..1900
    // Who is gone waits for nobody.
    rebalance.segments.push_back({2, MemberState::Crashed, 0, 3'000, {}});
    QCOMPARE(rebalancePause(rebalance, 3'000).member, 0);
    rebalance.segments.clear();
    QCOMPARE(rebalancePause(rebalance, 3'000).member, kNone);
    rebalance.ended = 0;
    QCOMPARE(rebalancePause(rebalance, 3'000).all, Micros(2'000));
}

void GroupsLayoutTest::aShortRebalanceIsSeen()
{
    Frame frame = groupsSample({1, 1, 1});
    GroupsFrame::Rebalance& rebalance = *frame.groups->rebalance;
    rebalance.started = 50'000'000;
    rebalance.ended = 50'012'000; // 12 ms, with a second before and after
    rebalance.segments = {{0, MemberState::Stable, 49'000'000, 50'000'000, {0}},
                          {0, MemberState::Joining, 50'000'000, 50'012'000, {}},
                          {0, MemberState::Stable, 50'012'000, 51'012'000, {0}}};
    QVERIFY(hasText(layout(frame), QStringLiteral("JoinGroup")));
}

void GroupsLayoutTest::whyLeadsToTheCause()
{
    const Scene scene = layout(groupsSample());
    Selection fact;
    fact.kind = Selection::Kind::Fact;
    fact.fact = 412;
    const int region = regionOf(scene, fact);
    QVERIFY(region >= 0);
    QCOMPARE(regionAt(scene, scene.regions[static_cast<std::size_t>(region)].rect.center()), region);
}

void GroupsLayoutTest::memberAndPartitionAreFoundWhereTheyAre()
{
    const Scene scene = layout(groupsSample());
    int found = 0;
    for (const HitRegion& region : scene.regions) {
        if (region.selection.kind != Selection::Kind::Partition &&
            region.selection.kind != Selection::Kind::Group)
            continue;
        ++found;
        const int hit = regionAt(scene, region.rect.center());
        QCOMPARE(scene.regions[static_cast<std::size_t>(hit)].selection, region.selection);
    }
    QCOMPARE(found, 4 + 4 + 3); // bars, labels of lag lines, group cards
}

void GroupsLayoutTest::saysSoWhenThereIsNoGroup()
{
    QVERIFY(hasText(layout(Frame()), QStringLiteral("no consumer group")));
    QVERIFY(hasText(layout(groupsSample({0, 0, 0, 0})), QStringLiteral("no consumer group")));
}

void GroupsLayoutTest::survivesOddFrames()
{
    Frame frame = groupsSample({0, 0, 1, 0});
    QVERIFY(hasText(layout(frame), QStringLiteral("no members")));
    QVERIFY(hasText(layout(frame), QStringLiteral("not rebalanced yet")));
    QCOMPARE(layout(frame, {0, 0}).size, QSizeF(0, 0));
    // A single moment, and a rebalance that is going on.
    Frame moment = groupsSample({2, 2, 1, 1});
    moment.groups->rebalance->ended = 0;
    QVERIFY(hasText(layout(moment), QStringLiteral("going on")));
    moment.groups->unassigned = {0, 1};
    const Scene scene = layout(moment);
    QVERIFY(hasText(scene, QStringLiteral("read by nobody: ")));
    QCOMPARE(outside(scene, FixedMetrics()).join(QLatin1Char('\n')), QString());
}

TIDELINE_GUI_TEST_MAIN(GroupsLayoutTest)
#include "groups_layout_test.moc"
