// SPDX-License-Identifier: GPL-3.0-or-later
// The Cluster view without pixels: whatever is in the frame and however large the view, nothing touches and
// nothing is cut off.
#include "tests/support/golden_text.h"
#include "tests/support/gui_main.h"
#include "tests/support/sample_frames.h"
#include "tests/support/scene_checks.h"
#include "widgets/cluster/cluster_flows.h"
#include "widgets/cluster/cluster_form.h"
#include "widgets/cluster/cluster_hit.h"
#include "widgets/cluster/cluster_layout.h"
#include "widgets/cluster/record_cells.h"
#include "widgets/cluster/scale_form.h"

#include <QTest>

#include <algorithm>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

Frame inRacks(Frame frame)
{
    const char* const racks[] = {"a", "eu-west-1b", "a rack with a name of its own"};
    for (std::size_t i = 0; i < frame.cluster.brokers.size(); ++i)
        frame.cluster.brokers[i].rack = racks[i % std::size(racks)];
    return frame;
}

// A few replicas show more of their log.
Frame farBack(Frame frame)
{
    frame.cluster.cellsBack = 94;
    for (ClusterFrame::Broker& broker : frame.cluster.brokers) {
        for (ClusterFrame::Replica& row : broker.rows) {
            row.cells.clear();
            for (Offset offset = std::max<Offset>(0, row.leo - frame.cluster.cellsBack); offset < row.leo;
                 ++offset)
                row.cells.push_back({offset, static_cast<std::uint8_t>(offset % 8), 0, offset});
        }
    }
    return frame;
}

Frame sampleNamed(const QString& name)
{
    if (name == QLatin1String("far back"))
        return farBack(samples::cluster(1));
    if (name == QLatin1String("troubled"))
        return samples::troubledCluster(6);
    if (name == QLatin1String("empty"))
        return samples::empty();
    if (name == QLatin1String("racks"))
        return inRacks(samples::cluster(6));
    if (name.startsWith(QLatin1String("scale")))
        return samples::scale(name.section(u'-', 1, 1).toInt(), name.section(u'-', 2, 2).toInt());
    return samples::cluster(name.toInt());
}

template <class T>
std::vector<T> shapesOf(const Scene& scene)
{
    std::vector<T> all;
    for (const Shape& shape : scene.shapes) {
        if (const T* found = std::get_if<T>(&shape))
            all.push_back(*found);
    }
    return all;
}

bool hasText(const Scene& scene, const QString& words)
{
    for (const TextShape& text : shapesOf<TextShape>(scene)) {
        if (text.text.contains(words))
            return true;
    }
    return false;
}

} // namespace

class ClusterLayoutTest : public QObject
{
    Q_OBJECT
private slots:
    void nothingTouchesAndNothingIsCutOff_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<QSizeF>("size");
        for (const char* sample : {"0", "1", "6", "12", "40", "200", "1000", "troubled", "empty", "racks",
                                   "far back", "scale-3-200", "scale-100-20000"}) {
            for (const QSizeF size :
                 {QSizeF(640, 420), QSizeF(1280, 720), QSizeF(1920, 1080), QSizeF(2560, 1440)})
                QTest::addRow("%s at %dx%d", sample, int(size.width()), int(size.height()))
                    << QString::fromLatin1(sample) << size;
        }
    }
    void nothingTouchesAndNothingIsCutOff()
    {
        QFETCH(QString, sample);
        QFETCH(QSizeF, size);
        const Frame frame = sampleNamed(sample);
        const FixedMetrics wide;
        const FontMetrics real;
        for (const TextMetrics* metrics :
             {static_cast<const TextMetrics*>(&wide), static_cast<const TextMetrics*>(&real)}) {
            const Scene scene = layoutCluster(frame, size, {}, *metrics);
            QCOMPARE(overlapOfTexts(scene, *metrics), QString());
            QCOMPARE(outsideOfView(scene), QString());
            QCOMPARE(faultOfRegions(scene), QString());
        }
    }

    void theNumberOfShapesIsBoundedByPixels_data()
    {
        QTest::addColumn<QString>("sample");
        QTest::addColumn<int>("most");
        QTest::newRow("10") << QStringLiteral("10") << 1'500;
        QTest::newRow("1 000") << QStringLiteral("1000") << 9'000;
        QTest::newRow("20 000") << QStringLiteral("scale-100-20000") << 300;
        QTest::newRow("60 000") << QStringLiteral("scale-100-60000") << 300;
    }
    void theNumberOfShapesIsBoundedByPixels()
    {
        QFETCH(QString, sample);
        QFETCH(int, most);
        const Scene scene = layoutCluster(sampleNamed(sample), {1280, 720}, {}, FixedMetrics());
        std::size_t shapes = scene.shapes.size();
        for (const RectsShape& many : shapesOf<RectsShape>(scene))
            shapes += many.rects.size();
        QVERIFY2(static_cast<int>(shapes) <= most, qPrintable(QString::number(shapes)));
        QVERIFY(static_cast<int>(scene.regions.size()) <= most + 200);
    }

    void whatFitsDecidesTheForm()
    {
        const auto styleOf = [](int partitions, QSizeF size) {
            const Frame frame = samples::cluster(partitions);
            return planRows(frame.cluster, clusterAreas(frame.cluster, size)).style;
        };
        QCOMPARE(styleOf(3, {1280, 720}), RowStyle::Tall);
        QCOMPARE(styleOf(9, {1280, 720}), RowStyle::Medium);
        QCOMPARE(styleOf(12, {1280, 720}), RowStyle::Short);
        QCOMPARE(styleOf(200, {1280, 720}), RowStyle::Strip);
        QCOMPARE(styleOf(12, {2560, 1440}), RowStyle::Tall);
    }

    // A record is committed when the high watermark is past it; followers show the leader's offsets, with
    // what is missing left empty.
    void cellsSayWhatIsCommitted()
    {
        ClusterFrame::Replica leader;
        leader.leader = leader.inIsr = true;
        leader.leo = 103;
        leader.hw = 101;
        for (Offset offset = 98; offset < 103; ++offset)
            leader.cells.push_back({offset, 0, 0, offset});
        ClusterFrame::Replica follower = leader;
        follower.leader = false;
        follower.leo = 101;
        follower.hw = 100;
        follower.cells.resize(3);
        const CellPlaces places = placeCells(QRectF(0, 0, 200, 14), follower, &leader);
        QCOMPARE(places.first, Offset(98));
        QCOMPARE(placeCells(QRectF(0, 0, 200, 14), leader, &leader).first, Offset(98));
        Scene scene;
        const FixedMetrics metrics;
        SceneWriter writer(scene, metrics);
        layoutCells(writer, places, follower);
        std::vector<RectShape> cells = shapesOf<RectShape>(scene);
        QCOMPARE(cells.size(), std::size_t(7));
        QCOMPARE(cells[1].fill, keyDimRole(0));   // 99: committed
        QCOMPARE(cells[2].fill, ColorRole::None); // 100: not yet, hollow
        QCOMPARE(cells[2].border, keyDimRole(0));
        QCOMPARE(cells[3].border, ColorRole::Placeholder);            // 101: not here yet
        QCOMPARE(places.edgeOf(100).x(), cells[2].rect.left() - 1.5); // the high watermark stands before 100
        QCOMPARE(places.edgeOf(-5), places.edgeOf(98));
        QCOMPARE(places.edgeOf(5'000), places.edgeOf(105));
    }

    // Like a page: newest in the last line, which moves up when it is full; an offset keeps its place until
    // then, on every replica.
    void aTallRowShowsSeveralLines()
    {
        ClusterFrame::Replica leader;
        leader.leader = true;
        const auto placesAt = [&leader](Offset end) {
            leader.leo = end;
            return placeLines(QRectF(0, 0, 320, 140), leader, &leader, 62);
        };
        const CellPlaces young = placesAt(5);
        QCOMPARE(young.perLine, 16);
        QCOMPARE(young.count, 48);
        QCOMPARE(young.first, Offset(0));
        QCOMPARE(young.edgeOf(16).x(), young.edgeOf(0).x());
        QVERIFY(young.edgeOf(16).y() >= young.cell(0).bottom() + kOffsetLine);
        QVERIFY(young.bottom() + kOffsetLine <= 140);
        QCOMPARE(young.edgeOf(99).y(), young.cell(47).top()); // behind the last, in its line
        QVERIFY(young.edgeOf(99).x() > young.cell(47).right());
        for (Offset end = 5; end < 300; ++end) {
            const CellPlaces places = placesAt(end);
            QCOMPARE(places.first % places.perLine, Offset(0));
            QVERIFY(places.first + places.count >= end + 2);
            QVERIFY(places.first == 0 || places.first + places.count - places.perLine < end + 2);
            ClusterFrame::Replica follower = leader;
            follower.leader = false;
            follower.leo -= 5;
            QCOMPARE(placeLines(QRectF(0, 0, 320, 140), follower, &leader, 62).first, places.first);
        }
        // Fewer offsets than two lines take: one line, as in a low row.
        QCOMPARE(placeLines(QRectF(0, 0, 320, 140), leader, &leader, 14).count, 2);
        QCOMPARE(placeLines(QRectF(0, 0, 320, 60), leader, &leader, 62).linePitch, 0.0);
    }

    void positionAndCommittedOffsetHaveTheirOwnSigns()
    {
        const Scene scene = layoutCluster(samples::cluster(3), {1280, 720}, {}, FixedMetrics());
        QVERIFY(hasText(scene, QStringLiteral("billing 1614")));
        QVERIFY(hasText(scene, QStringLiteral("1611")));
        QVERIFY(hasText(scene, QStringLiteral("HW 1618")));
        QVERIFY(hasText(scene, QStringLiteral("LEO 1620")));
        int triangles = 0;
        int rings = 0;
        for (const MarkerShapeAt& marker : shapesOf<MarkerShapeAt>(scene)) {
            triangles += marker.shape == MarkerShape::Triangle && marker.fill == ColorRole::Warning ? 1 : 0;
            rings += marker.shape == MarkerShape::Ring && marker.fill == ColorRole::Warning ? 1 : 0;
        }
        QCOMPARE(rings, 6); // three leaders, beside the cells and beside the words
        QCOMPARE(triangles,
                 6 + 2); // and the signs of broker 2, which catches up, and of a window that has fired
    }

    void statesAreWords()
    {
        const Scene scene = layoutCluster(samples::troubledCluster(3), {1280, 720}, {}, FixedMetrics());
        for (const char* words :
             {"stopped since 0:41", "fenced since 0:50", "preparing rebalance", "crashed for", "joining for",
              "lost", "controller epoch 1", "[1:20, 1:30)", "open", "final", "out of ISR"})
            QVERIFY2(hasText(scene, QString::fromLatin1(words)), words);
    }

    // Cut off, "leads 1 · in syn…" and a member without its partitions would say less.
    void narrowBoxesUseShorterWords()
    {
        const Frame frame = samples::cluster(3);
        const Scene wide = layoutCluster(frame, {1920, 1080}, {}, FixedMetrics());
        QVERIFY(hasText(wide, QStringLiteral("leads 1 · in sync 3/3")));
        QVERIFY(hasText(wide, QStringLiteral("active · controller epoch 1")));
        const Scene narrow = layoutCluster(frame, {900, 520}, {}, FixedMetrics());
        QVERIFY(hasText(narrow, QStringLiteral("leads 1")));
        QVERIFY(!hasText(narrow, QStringLiteral("leads 1 ·")));
        QVERIFY(hasText(narrow, QStringLiteral("reads orders-")));
        Frame many = frame;
        const ClusterFrame::Controller first = many.cluster.controllers.front();
        for (std::int32_t id = 2; id <= 5; ++id) {
            many.cluster.controllers.push_back(first);
            many.cluster.controllers.back().id = id;
            many.cluster.controllers.back().active = false;
            many.cluster.controllers.back().role = RaftRole::Follower;
            many.cluster.controllers.back().leader = 1;
        }
        QVERIFY(hasText(layoutCluster(many, {1920, 1080}, {}, FixedMetrics()), QStringLiteral("follows 1")));
    }

    void aBrokerNamesItsRack()
    {
        const Scene scene = layoutCluster(inRacks(samples::cluster(3)), {1280, 720}, {}, FixedMetrics());
        QVERIFY(hasText(scene, QStringLiteral("broker 1 · a")));
        QVERIFY(std::any_of(scene.regions.begin(), scene.regions.end(), [](const auto& region) {
            return region.name.startsWith(QLatin1String("broker 2 in rack eu-west-1b"));
        }));
    }

    void messagesTravelAlongTheLines()
    {
        const Frame frame = samples::cluster(6);
        const ClusterAreas areas = clusterAreas(frame.cluster, {1280, 720});
        ClusterAnchors anchors;
        for (std::size_t i = 0; i < 3; ++i)
            anchors.brokers[static_cast<NodeIndex>(i)] = areas.cards[i];
        anchors.producers[4] = QPointF(areas.producers.right(), 60);
        const std::vector<QPointF> path = pathBetween(4, 2, areas, anchors);
        QVERIFY(path.size() >= 4);
        for (std::size_t i = 1; i < path.size(); ++i)
            QVERIFY(path[i].x() == path[i - 1].x() || path[i].y() == path[i - 1].y());
        QCOMPARE(pointAlong(path, 0), path.front());
        QCOMPARE(pointAlong(path, 1000), path.back());
        QVERIFY(pointAlong(path, 500).x() > path.front().x() && pointAlong(path, 500).x() < path.back().x());
        const std::vector<QPointF> answer = pathBetween(2, 4, areas, anchors);
        QCOMPARE(answer.front(), path.back());
        QCOMPARE(answer.back(), path.front());
        for (const QRectF& card : areas.cards) {
            for (int permille = 10; permille < 990; permille += 10)
                QVERIFY(!card.adjusted(2, 2, -2, -2).contains(pointAlong(path, permille)));
        }
        QVERIFY(pathBetween(4, 99, areas, anchors).empty());
        QCOMPARE(pointAlong({}, 500), QPointF());
    }

    void aBlockIsFoundWhereItIsPainted()
    {
        const Frame frame = samples::scale(10, 777);
        const BlockPlaces places = placeBlocks(frame.cluster, blocksArea({1280, 720}));
        for (PartitionIndex partition = 0; partition < 777; ++partition) {
            const std::optional<QRectF> rect = blockOf(places, partition);
            QVERIFY(rect && places.rect.contains(*rect));
            QCOMPARE(blockAt(places, rect->center()), std::optional(partition));
        }
        QVERIFY(!blockOf(places, 777));
        QVERIFY(!blockAt(places, places.rect.topLeft() - QPointF(1, 1)));
        const auto brokerRow = [&](PartitionIndex partition) {
            return int((blockOf(places, partition)->top() - places.rect.top()) / places.cell.height()) /
                   places.rowsPerBroker;
        };
        QCOMPARE(brokerRow(0), 0);  // preferred leader 1
        QCOMPARE(brokerRow(19), 9); // preferred leader 10
    }

    void aBandAnswersForTheBlockUnderThePointer()
    {
        const Frame frame = samples::scale(10, 777);
        const QSizeF size(1280, 720);
        const Scene scene = layoutCluster(frame, size, {}, FixedMetrics());
        const BlockPlaces places = placeBlocks(frame.cluster, blocksArea(size));
        const QPointF point = blockOf(places, 35)->center();
        const int region = regionOf(scene, {.kind = Selection::Kind::Broker, .index = 6});
        QVERIFY(region >= 0);
        const HitRegion hit =
            refineClusterRegion(frame, size, scene.regions[static_cast<std::size_t>(region)], point);
        QCOMPARE(hit.selection, (Selection{.kind = Selection::Kind::Partition, .index = 35}));
        QVERIFY(clusterTooltip(frame, hit).startsWith(QStringLiteral("orders-35: ")));
    }

    void aSelectedBlockIsInReachOfTheKeyboard()
    {
        const Frame frame = samples::scale(100, 20'000);
        PartitionIndex healthy = 0;
        while (frame.cluster.blocks[static_cast<std::size_t>(healthy)] != ClusterFrame::Health::Healthy)
            ++healthy;
        const Selection selection{.kind = Selection::Kind::Partition, .index = healthy};
        QCOMPARE(regionOf(layoutCluster(frame, {1280, 720}, {}, FixedMetrics()), selection), -1);
        QVERIFY(regionOf(layoutCluster(frame, {1280, 720}, selection, FixedMetrics()), selection) >= 0);
    }

    // Cut both ways the whole line is broken; one way only the half that leads to whoever hears nothing.
    void aLinkCutOneWayIsHalfBroken()
    {
        Frame frame = samples::cluster(6);
        const auto brokenLines = [&](const ClusterFrame::Link& cut) {
            frame.cluster.cuts = {cut};
            std::vector<PolylineShape> broken;
            const Scene scene = layoutCluster(frame, {1280, 720}, {}, FixedMetrics());
            for (const PolylineShape& line : shapesOf<PolylineShape>(scene)) {
                if (line.dash == Dash::Dashed && line.role == ColorRole::Bad)
                    broken.push_back(line);
            }
            return broken;
        };
        const auto both = brokenLines({0, 1});
        const auto there = brokenLines({0, 1, true});
        const auto back = brokenLines({1, 0, true});
        QVERIFY(both.size() == 1 && there.size() == 1 && back.size() == 1);
        QCOMPARE(there[0].points.back(), both[0].points.back());
        QCOMPARE(back[0].points.back(), both[0].points.front());
        QCOMPARE(there[0].points.front(), back[0].points.front()); // the middle
        QVERIFY(there[0].points.front() != both[0].points.front());
    }

    void aChangedLinkHasASign()
    {
        Frame frame = samples::cluster(6);
        frame.cluster.changed = {{0, 1, 200'000, 1'000'000}};
        const Scene scene = layoutCluster(frame, {1280, 720}, {}, FixedMetrics());
        const auto said =
            std::count_if(scene.regions.begin(), scene.regions.end(), [](const HitRegion& region) {
                return region.tooltip == QStringLiteral("link broker 1 – broker 2: latency 200 ms, 1.0 MB/s");
            });
        QCOMPARE(said, 1);
    }

    void colourHasASecondCue()
    {
        const Scene scene = layoutCluster(samples::scale(100, 20'000), {1280, 720}, {}, FixedMetrics());
        const CellGridShape grid = shapesOf<CellGridShape>(scene).front();
        QCOMPARE(grid.roles.size(), grid.patterns.size());
        for (std::size_t i = 0; i < grid.roles.size(); ++i) {
            QCOMPARE(grid.patterns[i] == Pattern::Cross, grid.roles[i] == ColorRole::BlockOffline);
            QCOMPARE(grid.patterns[i] == Pattern::Diagonal, grid.roles[i] == ColorRole::BlockUnderMinIsr);
        }
    }

    void goldens()
    {
        const Scene rows = layoutCluster(samples::cluster(2), {900, 520}, {}, FixedMetrics());
        QCOMPARE(checkGolden(dumpScene(rows), QStringLiteral("tests/widgets/golden/cluster-rows.txt")),
                 QString());
        const Scene blocks = layoutCluster(samples::scale(4, 60), {900, 520}, {}, FixedMetrics());
        QCOMPARE(checkGolden(dumpScene(blocks), QStringLiteral("tests/widgets/golden/cluster-blocks.txt")),
                 QString());
    }
};

TIDELINE_GUI_TEST_MAIN(ClusterLayoutTest)
#include "cluster_layout_test.moc"
