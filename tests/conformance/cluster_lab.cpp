// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/cluster_lab.h"

#include "engine/cluster/metadata_batch.h"
#include "engine/lab/judge_command.h"
#include "engine/lab/new_world.h"

namespace tideline::vectors {

ClusterLab::ClusterLab(const Scenario& scenario)
    : world_(newWorld(scenario, {}))
{}

void ClusterLab::run(Micros duration)
{
    const Micros until = world_.now + duration;
    Simulation simulation(world_, this);
    while (simulation.handleNext(until)) {
    }
    simulation.passTo(until);
}

void ClusterLab::settle(Micros quiet)
{
    const Micros latest = world_.now + 120 * kMicrosPerSecond;
    Micros lastNews = world_.now;
    while (world_.now < latest && world_.now - lastNews < quiet) {
        const FactNumber before = world_.journal.total();
        run(kMicrosPerSecond / 2);
        if (world_.journal.total() != before)
            lastNews = world_.now;
    }
}

std::optional<Error> ClusterLab::act(const Command& command)
{
    if (auto refusal = judgeCommand(world_, command))
        return refusal;
    std::vector<TimedCommand>& commands = world_.commands.edit();
    commands.push_back({world_.now + 1, command});
    world_.queue.edit().pushAct(world_.now + 1,
                                Event{0, kNone, CarryOutAct{static_cast<std::int32_t>(commands.size() - 1)}});
    run(1);
    return std::nullopt;
}

void ClusterLab::send(BrokerId broker, MessageBody request)
{
    const NodeIndex from = world_.producerNode(0);
    const NodeIndex to = Topology::brokerNode(broker);
    const std::int32_t connection = world_.network.edit().link(from, to).connection;
    Message message{from, to, ++correlation_, connection, world_.now, std::move(request)};
    world_.queue.edit().push(world_.now,
                             Event{0, to, DeliverMessage{std::move(message), DeliverMessage::Way::Arrived}});
}

std::optional<MessageBody> ClusterLab::ask(BrokerId broker, MessageBody request, Micros patience)
{
    answer_.reset();
    send(broker, std::move(request));
    const Micros until = world_.now + patience;
    while (!answer_ && world_.now < until)
        run(std::min<Micros>(kMicrosPerMilli, until - world_.now));
    return answer_;
}

std::vector<MetadataRecord> ClusterLab::metadataSince(Offset offset) const
{
    std::vector<MetadataRecord> records;
    const RaftLog& log = controller().quorum().log();
    for (std::size_t i = log.find(offset); i < log.batchCount(); ++i) {
        const MetadataBatch* batch = metadataOf(log.batch(i).payload);
        if (batch && batch->image.offset <= world_.metadata().offset)
            records.insert(records.end(), batch->records.begin(), batch->records.end());
    }
    return records;
}

void ClusterLab::onMessage(Micros, const Message& message)
{
    if (message.to == world_.producerNode(0) && message.correlation == correlation_)
        answer_ = message.body;
}

} // namespace tideline::vectors
