// SPDX-License-Identifier: GPL-3.0-or-later
// Observer: somebody who watches a run closely while it advances. It is no part of the engine and cannot
// change it.
//
// This is how questions about the past are answered: run again from a copy, and watch. Calls come in the
// order of the run, on the thread that advances. The default does nothing.
#pragma once

#include "engine/cluster/effects.h"
#include "engine/cluster/message.h"
#include "engine/cluster/topology.h"
#include "engine/lab/fact.h"

namespace tideline {

class Observer
{
public:
    virtual ~Observer() = default;

    // The record that pipelines should tell about; none by default.
    virtual WatchedRecord watched() const { return {}; }
    virtual void onFact(const Fact&) {}
    // What clients saw and sent (produced, sent, acknowledged, delivered, counted...), at its time.
    virtual void onEffect(Micros, NodeIndex, const Effect&) {}
    // A message arrives at a node that is there to take it.
    virtual void onMessage(Micros, const Message&) {}
};

} // namespace tideline
