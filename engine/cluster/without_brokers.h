// SPDX-License-Identifier: GPL-3.0-or-later
// without: a list of brokers less some of them; the others keep their order. Pure; any thread.
#pragma once

#include "engine/cluster/broker_ids.h"

namespace tideline {

inline BrokerIds without(const BrokerIds& ids, const BrokerIds& gone)
{
    BrokerIds rest;
    for (const BrokerId id : ids) {
        if (!gone.contains(id))
            rest.push(id);
    }
    return rest;
}

} // namespace tideline
