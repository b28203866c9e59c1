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

QString roleText(const ClusterFrame::Controller& controller, bool narrow)
{
    switch (controller.role) {
    case RaftRole::Leader:
        return Words::tr("elected");
    case RaftRole::Follower:
        return (narrow ? Words::tr("follows %1") : Words::tr("follows controller %1")).arg(controller.leader);
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

QString stateText(const ClusterFrame::Controller& controller, bool narrow)
{
    if (!controller.alive)
        return Words::tr("stopped");
    if (controller.active)
        return Words::tr("active");
    return controller.paused ? Words::tr("paused") : roleText(controller, narrow);
}

} // namespace

QString controllerStateText(const ClusterFrame::Controller& controller, const ClusterFrame& cluster)
{
    const bool anyActive = std::any_of(cluster.controllers.begin(), cluster.controllers.end(),
                                       [](const auto& one) { return one.active; });
    const QString state = stateText(controller, false);
    if (!controller.alive)
        return anyActive ? state : Words::tr("%1: nobody is fenced or elected").arg(state);
    const QString words =
        controller.active ? Words::tr("%1 · controller epoch %2") : Words::tr("%1 · epoch %2");
    return words.arg(state).arg(controller.epoch);
}

QString controllerShortText(const ClusterFrame::Controller& controller)
{
    return stateText(controller, true);
}

} // namespace tideline::widgets
