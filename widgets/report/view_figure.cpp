// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/view_figure.h"

#include "widgets/charts/charts_figure.h"
#include "widgets/cluster/cluster_layout.h"
#include "widgets/groups/groups_layout.h"
#include "widgets/journal/journal_layout.h"
#include "widgets/scene/scene_to_image.h"
#include "widgets/time/time_layout.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

Scene sceneOf(const Frame& frame, View view, const QSizeF& size, const TextMetrics& metrics)
{
    switch (view) {
    case View::Cluster:
        return layoutCluster(frame, size, {}, metrics);
    case View::Groups:
        return layoutGroups(frame, size, metrics);
    case View::Time:
        return layoutTime(frame, {size, 1, 0.5}, {}, metrics);
    case View::Charts:
    case View::Journal:
        break;
    }
    return layoutJournal(frame, size, metrics);
}

} // namespace

ViewFigure viewFigure(const Frame& frame, View view, const QSize& size, const Theme& theme, qreal scale)
{
    if (view == View::Charts)
        return {chartsFigure(frame, size, theme, scale),
                QCoreApplication::translate(
                    "Report", "Charts of throughput, lag, latency, health and watermark lag over the run")};
    const FontMetrics metrics;
    const Scene scene = sceneOf(frame, view, size, metrics);
    return {sceneToImage(scene, theme, {}, scale), scene.description};
}

} // namespace tideline::widgets
