// SPDX-License-Identifier: GPL-3.0-or-later
// ClusterLab: a whole simulated cluster under the hands of a test: it runs until all is stable, is broken and
// mended by commands, and is asked by raw requests, as the recorded clusters were.
//
// The requests come from the node of a producer that sends nothing by itself; an observer sees the answers.
// One thread.
#pragma once

#include "engine/lab/observer.h"
#include "engine/lab/simulation.h"
#include "engine/lab/world.h"

#include <optional>
#include <vector>

namespace tideline::vectors {

class ClusterLab : private Observer
{
public:
    explicit ClusterLab(const Scenario& scenario);

    void run(Micros duration);
    // Until nothing has happened but heartbeats and fetches for `quiet`; at most 120 s.
    void settle(Micros quiet);
    // The refusal, if it cannot be done.
    std::optional<Error> act(const Command& command);
    // The answer of a broker that runs, when it comes within `patience`.
    std::optional<MessageBody> ask(BrokerId broker, MessageBody request, Micros patience);
    // Sends it and does not wait.
    void send(BrokerId broker, MessageBody request);

    const World& world() const { return world_; }
    const Controller& controller() const { return *world_.controllers.front(); }
    // What the quorum has committed from this offset of the metadata log on.
    std::vector<MetadataRecord> metadataSince(Offset offset) const;
    const Broker& broker(BrokerId id) const { return *world_.brokers[static_cast<std::size_t>(id - 1)]; }
    const Node& node(BrokerId id) const { return world_.node(Topology::brokerNode(id)); }

private:
    void onMessage(Micros, const Message& message) override;

    World world_;
    std::int32_t correlation_ = 1'000'000; // far from the numbers of the node itself
    std::optional<MessageBody> answer_;
};

} // namespace tideline::vectors
