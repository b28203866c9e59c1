// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/controller_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::ControllerWords)
};

QString roleText(const ClusterFrame::Controller& controller)
{
    switch (controller.role) {
    case RaftRole::Leader:
        return Words::tr("elected");
    case RaftRole::Follower:
        return Words::tr("follows controller %1").arg(controller.leader);
    case RaftRole::Prospective:
    case RaftRole::Candidate:
        return Words::tr("asks for votes");
    case RaftRole::Resigned:
        return Words::tr("has resigned");
    case RaftRole::Unattached:
        break;
    }
    return Words::tr("knows no leader");
}

} // namespace

QString controllerStateText(const ClusterFrame::Controller& controller, const ClusterFrame& cluster)
{
    const bool anyActive = std::any_of(cluster.controllers.begin(), cluster.controllers.end(),
                                       [](const auto& one) { return one.active; });
    if (!controller.alive)
        return anyActive ? Words::tr("stopped") : Words::tr("stopped: nobody is fenced or elected");
    if (controller.active)
        return Words::tr("active · controller epoch %1").arg(controller.epoch);
    const QString role = controller.paused ? Words::tr("paused") : roleText(controller);
    return Words::tr("%1 · epoch %2").arg(role).arg(controller.epoch);
}

QString controllerShortText(const ClusterFrame::Controller& controller)
{
    if (!controller.alive)
        return Words::tr("stopped");
    if (controller.active)
        return Words::tr("active");
    if (controller.paused)
        return Words::tr("paused");
    return controller.role == RaftRole::Follower ? Words::tr("follows %1").arg(controller.leader)
                                                 : roleText(controller);
}

} // namespace tideline::widgets
