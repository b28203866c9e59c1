// SPDX-License-Identifier: GPL-3.0-or-later
// How long a cluster is without a controller after the active one dies: with ZooKeeper and with a quorum,
// side by side in time and messages. A model for teaching (engine/cluster/controller_failover.h), marked as
// such.
#pragma once

#include "engine/cluster/controller_failover.h"
#include "engine/lab/scenario.h"

#include <QString>

namespace tideline::app {

// A cluster like the scenario's; one controller is shown as a quorum of three.
FailoverSetting failoverSettingOf(const Scenario& scenario);
// Rich text.
QString electionPage(const FailoverSetting& setting);

} // namespace tideline::app
