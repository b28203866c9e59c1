// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/metadata_batch.h"
#include "engine/lab/metadata_text.h"
#include "engine/lab/views.h"
#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

// How far a log is the same as the source's: what it has beyond will be cut off, or is not in the source yet.
Offset agreedUpTo(const RaftLog& log, const RaftLog& source)
{
    const JudgedEnd judged = source.judge(log.end());
    switch (judged.verdict) {
    case JudgedEnd::Verdict::Valid:
        return log.endOffset();
    case JudgedEnd::Verdict::Diverging:
        return std::min(log.truncationOffset(judged.at), source.endOffset());
    case JudgedEnd::Verdict::Snapshot:
        break;
    }
    return std::min(log.endOffset(), source.startOffset());
}

MetadataLogFrame::Holder holderOf(const World& world, NodeIndex node, const RaftNode& replica,
                                  const RaftLog& source)
{
    MetadataLogFrame::Holder holder;
    holder.node = node;
    holder.alive = world.node(node).alive;
    holder.leads = holder.alive && replica.quorum().role() == RaftRole::Leader;
    holder.start = replica.log().startOffset();
    holder.end = replica.log().endOffset();
    holder.agreed = agreedUpTo(replica.log(), source);
    holder.committed = replica.committed();
    holder.snapshots = static_cast<std::int32_t>(replica.log().snapshots().size());
    if (const RaftSnapshot* newest = replica.log().latestSnapshot()) {
        holder.snapshot = newest->id.offset;
        holder.snapshotEpoch = newest->id.epoch;
        holder.snapshotBytes = newest->bytes;
    }
    return holder;
}

const Controller& sourceOf(const World& world)
{
    if (const Controller* active = world.activeController())
        return *active;
    const Controller* most = &*world.controllers.front();
    for (const Cow<Controller>& controller : world.controllers) {
        if (!most->quorum().log().end().isUpToDateWith(controller->quorum().log().end()))
            most = &*controller;
    }
    return *most;
}

MetadataLogFrame::Row rowOf(const World& world, const RaftBatch& batch, Offset offset)
{
    const MetadataBatch* metadata = metadataOf(batch.payload);
    if (!metadata)
        return {offset, batch.epoch, "LeaderChange", "epoch=" + std::to_string(batch.epoch)};
    const auto place = static_cast<std::size_t>(offset - batch.baseOffset);
    const std::string text = metadataText(metadata->records[place], metadata->image, *world.names);
    const std::size_t space = text.find(' ');
    if (space == std::string::npos)
        return {offset, batch.epoch, text, {}};
    return {offset, batch.epoch, text.substr(0, space), text.substr(space + 1)};
}

void addRows(const World& world, const RaftLog& log, const ViewRequest& request, MetadataLogFrame& frame)
{
    const Offset rows = std::clamp<Offset>(request.metadataRows, 0, kMostMetadataRows);
    const Offset newest = std::max(frame.start, frame.end - rows);
    const Offset first = request.metadataFrom == kUnknownOffset
                             ? newest
                             : std::clamp(request.metadataFrom, frame.start, newest);
    const Offset end = std::min(frame.end, first + rows);
    Offset next = first;
    for (std::size_t i = log.find(first); i < log.batchCount() && next < end; ++i) {
        const RaftBatch& batch = log.batch(i);
        for (; next < std::min(end, batch.endOffset()); ++next)
            frame.rows.push_back(rowOf(world, batch, next));
    }
}

// The replica of the metadata log of a broker or a controller; null of anything else.
const RaftLog* logOf(const World& world, const Selection& node)
{
    const auto place = static_cast<std::size_t>(node.index - 1);
    if (node.kind == Selection::Kind::Broker && place < world.brokers.size())
        return &world.brokers[place]->observer().log();
    if (node.kind == Selection::Kind::Controller && place < world.controllers.size())
        return &world.controllers[place]->quorum().log();
    return nullptr;
}

} // namespace

void addSnapshots(const World& world, InspectorFrame& frame)
{
    using Key = InspectorFrame::Key;
    const bool fact = frame.selection.kind == Selection::Kind::Fact;
    const RaftLog* log = frame.found ? logOf(world, fact ? frame.subject : frame.selection) : nullptr;
    const RaftSnapshot* newest = log ? log->latestSnapshot() : nullptr;
    if (!newest)
        return; // the log starts at 0
    const auto end = std::find_if(frame.rows.begin(), frame.rows.end(), [](const InspectorFrame::Row& row) {
        return row.key == Key::MetadataOffset;
    });
    const InspectorFrame::Row start{Key::MetadataLogStart, log->startOffset(), {}};
    const InspectorFrame::Row snapshot{Key::MetadataSnapshot, newest->id.offset,
                                       std::to_string(newest->id.epoch)};
    frame.rows.insert(end, {start, snapshot});
}

MetadataLogFrame metadataLogFrame(const World& world, const ViewRequest& request)
{
    MetadataLogFrame frame;
    const Controller& source = sourceOf(world);
    const RaftLog& log = source.quorum().log();
    frame.source = world.topology->controllerNode(source.number());
    frame.active = &source == world.activeController();
    frame.start = log.startOffset();
    frame.end = log.endOffset();
    frame.committed = std::min(source.quorum().committed(), frame.end);
    for (const Cow<Controller>& controller : world.controllers)
        frame.holders.push_back(
            holderOf(world, world.topology->controllerNode(controller->number()), controller->quorum(), log));
    for (const Cow<Broker>& broker : world.brokers)
        frame.holders.push_back(holderOf(world, Topology::brokerNode(broker->id()), broker->observer(), log));
    addRows(world, log, request, frame);
    return frame;
}

} // namespace tideline
