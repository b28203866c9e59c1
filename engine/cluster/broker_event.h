// SPDX-License-Identifier: GPL-3.0-or-later
// Broker events: what happens to the partitions of a broker that is fenced, comes back, shuts down, has
// restarted or is taken out of the cluster.
//
// Fenced, shutting down, unregistered or cleanly restarted: it leaves the ISR of every partition, and those
// that it led elect another leader. Back: partitions without a leader elect one. Restarted uncleanly, with
// ELR: it may have lost what it had acknowledged, so it is no longer eligible anywhere (KIP-966). An election
// is unclean where the topic allows it. Pure functions; any thread.
#pragma once

#include "engine/cluster/cluster_control.h"

namespace tideline::control {

// The broker is registered.
Records recordsOfFencing(const ClusterControl& control, BrokerId broker);
Records recordsOfUnfencing(const ClusterControl& control, BrokerId broker);
Records recordsOfControlledShutdown(const ClusterControl& control, BrokerId broker);
Records recordsOfUnregistering(const ClusterControl& control, BrokerId broker);

// What the end of the broker's last incarnation left behind, without the new registration.
Records recordsOfRestart(const ClusterControl& control, BrokerId broker, bool clean);

} // namespace tideline::control
