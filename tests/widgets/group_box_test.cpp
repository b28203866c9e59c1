// SPDX-License-Identifier: GPL-3.0-or-later
// What a group's box says of its members.
#include "tests/support/gui_main.h"
#include "tests/support/sample_frames.h"
#include "widgets/cluster/cluster_layout.h"

#include <QTest>

#include <algorithm>

using namespace tideline;
using namespace tideline::widgets;

namespace {

// The last line of the first member's tool tip; empty when there is none.
QString partitionsOfTheFirstMember(int partitions)
{
    const Scene scene = layoutCluster(samples::cluster(partitions), {1920, 1080}, {}, FixedMetrics());
    const auto member = std::find_if(scene.regions.begin(), scene.regions.end(), [](const HitRegion& region) {
        return region.selection.kind == Selection::Kind::Member && region.selection.index == 0;
    });
    return member == scene.regions.end() ? QString() : member->tooltip.section('\n', -1);
}

} // namespace

class GroupBoxTest : public QObject
{
    Q_OBJECT
private slots:
    void listsWhatAMemberReads()
    {
        QCOMPARE(partitionsOfTheFirstMember(8), QStringLiteral("orders-0, orders-1"));
        QVERIFY(partitionsOfTheFirstMember(4 * 24).endsWith(", orders-23"));
    }

    void ofManyTheFirstOnes()
    {
        QVERIFY(partitionsOfTheFirstMember(4 * 25).endsWith(", orders-22 and 2 more"));
        QVERIFY(partitionsOfTheFirstMember(1000).endsWith(", orders-22 and 227 more"));
    }
};

TIDELINE_GUI_TEST_MAIN(GroupBoxTest)
#include "group_box_test.moc"
