// SPDX-License-Identifier: GPL-3.0-or-later
// The Cluster view against pictures that somebody has looked at.
#include "tests/support/gui_main.h"
#include "tests/support/picture_compare.h"
#include "tests/support/sample_frames.h"
#include "widgets/cluster/cluster_layout.h"
#include "widgets/scene/scene_to_image.h"

#include <QTest>

using namespace tideline;
using namespace tideline::widgets;
using namespace tideline::test;

namespace {

QImage painted(const Frame& frame, const Theme& theme, const Selection& selection = {})
{
    return sceneToImage(layoutCluster(frame, {1280, 720}, selection, FontMetrics()), theme, selection);
}

} // namespace

class ClusterPicturesTest : public QObject
{
    Q_OBJECT
private slots:
    void clusterDark()
    {
        const Selection record{.kind = Selection::Kind::Record, .partition = 0, .offset = 1616};
        QCOMPARE(
            checkPicture(painted(samples::cluster(6), Theme::dark(), record), QStringLiteral("cluster-dark")),
            QString());
    }
    void clusterLight()
    {
        QCOMPARE(checkPicture(painted(samples::troubledCluster(6), Theme::light()),
                              QStringLiteral("cluster-light")),
                 QString());
    }
    void clusterCompact()
    {
        QCOMPARE(
            checkPicture(painted(samples::cluster(1000), Theme::dark()), QStringLiteral("cluster-compact")),
            QString());
    }
    void clusterScale()
    {
        QCOMPARE(checkPicture(painted(samples::scale(100, 20'000), Theme::dark()),
                              QStringLiteral("cluster-scale")),
                 QString());
    }
};

TIDELINE_GUI_TEST_MAIN(ClusterPicturesTest)
#include "cluster_pictures_test.moc"
