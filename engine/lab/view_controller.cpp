// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/views.h"

#include "engine/cluster/metadata_batch.h"
#include "engine/lab/metadata_text.h"
#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

using Key = InspectorFrame::Key;

constexpr Offset kNewestRecords = 24;

// When the active controller last heard of this one.
Micros sinceFetch(const World& world, std::int32_t controller)
{
    const Controller* active = world.activeController();
    if (!active || active->number() == controller)
        return -1;
    const NodeIndex self = world.topology->controllerNode(controller);
    const Micros now = world.now - world.node(world.topology->controllerNode(active->number())).clockBehind;
    for (const ReplicaProgress& voter : active->quorum().quorum().as<LeaderState>()->voters()) {
        if (voter.id == Topology::replicaId(self) && voter.lastFetch)
            return std::max<Micros>(0, now - *voter.lastFetch);
    }
    return -1;
}

InspectorFrame::Voter voterOf(const World& world, const Controller& controller)
{
    const QuorumState& quorum = controller.quorum().quorum();
    InspectorFrame::Voter voter;
    voter.controller = controller.number();
    voter.alive = world.node(world.topology->controllerNode(controller.number())).alive;
    voter.role = quorum.role();
    voter.epoch = quorum.epoch();
    voter.voted = controllerNumber(world, quorum.election().voted);
    voter.logEnd = controller.metadataEnd();
    voter.sinceFetch = sinceFetch(world, controller.number());
    return voter;
}

// The newest first; what the quorum itself wrote is there too.
void addRecords(const World& world, const RaftLog& log, InspectorFrame& frame)
{
    Offset left = kNewestRecords;
    for (std::size_t i = log.batchCount(); i > 0 && left > 0; --i) {
        const RaftBatch& batch = log.batch(i - 1);
        const MetadataBatch* metadata = metadataOf(batch.payload);
        for (Offset offset = batch.endOffset() - 1; offset >= batch.baseOffset && left > 0;
             --offset, --left) {
            const auto place = static_cast<std::size_t>(offset - batch.baseOffset);
            frame.rows.push_back({Key::MetadataLogRecord, offset,
                                  metadata
                                      ? metadataText(metadata->records[place], metadata->image, *world.names)
                                      : "LeaderChange epoch=" + std::to_string(batch.epoch)});
        }
    }
}

} // namespace

std::int32_t controllerNumber(const World& world, std::int32_t replica)
{
    return replica == kNone ? kNone : Topology::replicaNode(replica) - world.topology->controllerNode(1) + 1;
}

bool showController(const World& world, std::int32_t number, InspectorFrame& frame)
{
    if (number < 1 || static_cast<std::size_t>(number) > world.controllers.size())
        return false;
    const Controller& controller = *world.controllers[static_cast<std::size_t>(number - 1)];
    const QuorumState& quorum = controller.quorum().quorum();
    const Node& node = world.node(world.topology->controllerNode(number));
    const bool active = &controller == world.activeController();
    frame.rows.push_back({Key::State, active ? 1 : 0, {}});
    frame.rows.push_back({Key::Since, active ? controller.activeSince() : node.since, {}});
    frame.rows.push_back({Key::QuorumRole, static_cast<std::int64_t>(quorum.role()), {}});
    frame.rows.push_back({Key::Epoch, quorum.epoch(), {}});
    frame.rows.push_back({Key::QuorumLeader, controllerNumber(world, quorum.leader()), {}});
    frame.rows.push_back({Key::Voted, controllerNumber(world, quorum.election().voted), {}});
    frame.rows.push_back({Key::MetadataCommitted, controller.quorum().committed(), {}});
    frame.rows.push_back({Key::MetadataOffset, controller.metadataEnd(), {}});
    for (const Cow<Controller>& voter : world.controllers)
        frame.rows.push_back({Key::VoterState, voter->number(), {}, {}, voterOf(world, *voter)});
    addRecords(world, controller.quorum().log(), frame);
    return true;
}

} // namespace tideline
