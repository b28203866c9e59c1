// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/views.h"

#include "engine/cluster/under_replicated.h"
#include "engine/lab/key_colour.h"
#include "engine/lab/shown_indexes.h"
#include "engine/lab/world.h"
#include "engine/log/record_batch_reader.h"

#include <algorithm>
#include <bit>

namespace tideline {

namespace {

constexpr std::size_t kMostProducers = 32;
constexpr std::size_t kMostGroups = 16;
constexpr std::size_t kMostPipelines = 16;
constexpr std::size_t kMostFlights = 256;
constexpr std::size_t kMostEventsLookedAt = 20'000;
// Offsets of a replica's log that are shown: a few replicas show more of it than many.
constexpr Offset kCellsInAll = 720; // shared by the replicas, down to the fewest
constexpr Offset kFewestCells = 14;
constexpr Offset kMostCells = 142;       // nine lines of 16, with two places left for records to come
constexpr std::size_t kCellRows = 120;   // replicas with cells; more are shown as strips
constexpr std::size_t kMostRows = 4'000; // replicas with rows at all; more are blocks

BrokerState stateOf(const World& world, BrokerId id)
{
    const Node& node = world.node(Topology::brokerNode(id));
    if (!node.alive)
        return BrokerState::Stopped;
    if (node.paused)
        return BrokerState::Paused;
    return world.metadata().alive(id) ? BrokerState::Running : BrokerState::Fenced;
}

std::vector<ClusterFrame::GroupMark> marksOf(const World& world, PartitionIndex partition)
{
    std::vector<ClusterFrame::GroupMark> marks;
    const std::string& topic = world.names->topicOf(partition)->name;
    for (std::size_t g = 0; g < world.groups.size() && g < kMostGroups; ++g) {
        const auto& topics = world.topology->scenario->groups[g].topics;
        if (std::find(topics.begin(), topics.end(), topic) == topics.end())
            continue;
        const auto group = static_cast<GroupIndex>(g);
        marks.push_back(
            {group, world.groupPosition(group, partition), world.groupCommitted(group, partition)});
    }
    return marks;
}

// `cells`: how many offsets back its cells begin; 0: it has none.
ClusterFrame::Replica replicaRow(const World& world, BrokerId id, PartitionIndex p, Offset cells)
{
    const PartitionRegistration& partition = world.metadata().partition(p);
    ClusterFrame::Replica row;
    row.partition = p;
    row.leader = partition.leader == id;
    row.inIsr = partition.isr.contains(id);
    row.epoch = partition.leaderEpoch;
    if (const Replica* replica = world.brokers[static_cast<std::size_t>(id - 1)]->replica(p)) {
        row.leo = replica->leo();
        row.hw = replica->highWatermark;
        row.logStart = replica->log.startOffset();
        row.segments = static_cast<std::int32_t>(replica->log.segmentCount());
        row.bytes = replica->log.bytes();
        const Replica* leader = world.leaderReplica(p);
        row.lag = leader ? std::max<Offset>(0, leader->leo() - row.leo) : 0;
        if (cells > 0)
            row.cells = cellsOf(world, p, id, std::max(row.logStart, row.leo - cells), row.leo);
    }
    if (row.leader)
        row.marks = marksOf(world, p);
    return row;
}

std::int32_t selectedAs(const Selection& selected, Selection::Kind kind)
{
    return selected.kind == kind ? selected.index : kNone;
}

// Itself, or that of the selected member.
GroupIndex selectedGroup(const World& world, const Selection& selected)
{
    const MemberIndex member = selectedAs(selected, Selection::Kind::Member);
    if (member >= 0 && static_cast<std::size_t>(member) < world.members.size())
        return world.members[static_cast<std::size_t>(member)]->group();
    return selectedAs(selected, Selection::Kind::Group);
}

void addControllers(const World& world, ClusterFrame& frame)
{
    frame.combinedRoles = world.topology->config.combinedRoles;
    for (const Cow<Controller>& controller : world.controllers) {
        const Node& node = world.node(world.topology->controllerNode(controller->number()));
        const QuorumState& quorum = controller->quorum().quorum();
        ClusterFrame::Controller box;
        box.id = controller->number();
        box.alive = node.alive;
        box.paused = node.paused;
        box.active = &*controller == world.activeController();
        box.epoch = quorum.epoch();
        box.since = box.active ? controller->activeSince() : node.since;
        box.metadataOffset = controller->metadataEnd();
        box.role = quorum.role();
        box.leader = controllerNumber(world, quorum.leader());
        box.voted = controllerNumber(world, quorum.election().voted);
        box.committed = controller->quorum().committed();
        frame.controllers.push_back(box);
    }
}

// One pass over the partitions fills all brokers.
void addBrokers(const World& world, ClusterFrame& frame, bool rows, Offset cells)
{
    for (BrokerId id = 1; id <= world.topology->config.brokers; ++id) {
        ClusterFrame::Broker box;
        box.id = id;
        box.state = stateOf(world, id);
        box.since = world.node(Topology::brokerNode(id)).since;
        if (box.state == BrokerState::Fenced)
            box.since = std::max(box.since, world.node(Topology::brokerNode(id)).fencedSince);
        box.brokerEpoch = world.metadata().brokerEpoch(id);
        box.disk = world.brokers[static_cast<std::size_t>(id - 1)]->disk();
        box.diskDelay = world.node(Topology::brokerNode(id)).diskDelay;
        box.rack = world.topology->config.rackOf(id);
        frame.brokers.push_back(std::move(box));
    }
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        if (world.topology->isInternal(p))
            continue;
        const PartitionRegistration& partition = world.metadata().partition(p);
        for (const BrokerId id : partition.replicas) {
            ClusterFrame::Broker& box = frame.brokers[static_cast<std::size_t>(id - 1)];
            ++box.replicas;
            box.leaders += partition.leader == id ? 1 : 0;
            box.inSync += partition.isr.contains(id) ? 1 : 0;
            if (rows)
                box.rows.push_back(replicaRow(world, id, p, cells));
        }
    }
}

ClusterFrame::Producer producerBox(const World& world, ProducerIndex index)
{
    const ProducerSpec& spec = world.topology->scenario->producers[static_cast<std::size_t>(index)];
    const Producer& producer = *world.producers[static_cast<std::size_t>(index)];
    ClusterFrame::Producer box;
    box.index = index;
    box.topic = spec.topic;
    box.acks = spec.acks;
    box.partitioner = spec.partitioner;
    box.keyed = spec.log ? !spec.log->keyColumn.empty() : spec.generator->keys > 0;
    box.recordsPerSecond = producer.rate();
    box.replaysLog = world.topology->scenario->producers[static_cast<std::size_t>(index)].log.has_value();
    box.produced = producer.counts().produced;
    box.acknowledged = producer.counts().acknowledged;
    box.failed = producer.counts().failed;
    box.retries = producer.counts().retries;
    box.buffered = box.produced - box.acknowledged - box.failed;
    return box;
}

ClusterFrame::Pipeline pipelineBox(const World& world, PipelineIndex index)
{
    const PipelineSpec& spec = world.topology->scenario->pipelines[static_cast<std::size_t>(index)];
    const PipelineJob& job = *world.pipelines[static_cast<std::size_t>(index)];
    ClusterFrame::Pipeline box;
    box.index = index;
    box.kind = spec.window;
    box.size = spec.size;
    box.slide = spec.slide;
    box.lateness = spec.allowedLateness;
    box.outOfOrderness = spec.watermark.boundedOutOfOrderness;
    const Millis watermark = job.windows().watermark();
    if (watermark != kMinMillis)
        box.watermark = watermark;
    box.records = job.windows().counters().records;
    box.dropped = job.windows().counters().numLateRecordsDropped;
    job.windows().forEachWindow(kMinMillis, [&](const WindowTotals& totals) {
        if (box.windows.size() >= 8)
            box.windows.erase(box.windows.begin());
        const auto state = totals.phase == WindowPhase::Open    ? WindowState::Open
                           : totals.phase == WindowPhase::Fired ? WindowState::Fired
                                                                : WindowState::Final;
        box.windows.push_back({totals.window.start, totals.window.end, state, totals.aggregate.count,
                               world.truths[static_cast<std::size_t>(index)]->of(totals.window.start).count,
                               totals.dropped});
    });
    return box;
}

std::uint8_t firstColour(const LogBatch& batch)
{
    RecordBatchReader reader(batch.bytes.bytes());
    RecordView record;
    return reader.next(record) ? keyColour(record.key) : RecordCell::kNoColour;
}

// The dot of a message on its way; where on the way is the caller's to say.
ClusterFrame::Flight flightOf(const Message& message)
{
    ClusterFrame::Flight flight;
    flight.from = message.from;
    flight.to = message.to;
    using Kind = ClusterFrame::Flight::Kind;
    const auto takeBatches = [&flight](const auto& parts) {
        for (const auto& part : parts) {
            if (flight.partition == kNone)
                flight.partition = part.partition;
            for (const LogBatch& batch : part.batches) {
                if (flight.records == 0) {
                    flight.partition = part.partition;
                    flight.colour = firstColour(batch);
                }
                flight.records += batch.records;
            }
        }
    };
    if (const auto* produce = message.body.as<ProduceRequest>()) {
        flight.kind = Kind::Produce;
        for (const ProduceRequest::Part& part : produce->parts) {
            if (flight.records == 0) {
                flight.partition = part.partition;
                flight.colour = firstColour(part.batch);
            }
            flight.records += part.batch.records;
        }
    } else if (const auto* ack = message.body.as<ProduceResponse>()) {
        flight.kind = Kind::ProduceAck;
        flight.partition = ack->parts.empty() ? kNone : ack->parts.front().partition;
    } else if (const auto* fetch = message.body.as<ReplicaFetchRequest>()) {
        flight.kind = Kind::ReplicaFetch;
        flight.partition = fetch->parts.empty() ? kNone : fetch->parts.front().partition;
    } else if (const auto* data = message.body.as<ReplicaFetchResponse>()) {
        flight.kind = Kind::ReplicaData;
        takeBatches(data->parts);
    } else if (const auto* consumerFetch = message.body.as<FetchRequest>()) {
        flight.kind = Kind::ConsumerFetch;
        flight.partition = consumerFetch->parts.empty() ? kNone : consumerFetch->parts.front().partition;
    } else if (const auto* consumerData = message.body.as<FetchResponse>()) {
        flight.kind = Kind::ConsumerData;
        takeBatches(consumerData->parts);
    } else {
        flight.kind = Kind::Control;
    }
    return flight;
}

void addFlights(const World& world, ClusterFrame& frame)
{
    if (world.queue->size() <= kMostEventsLookedAt) {
        for (const auto& entry : world.queue->entries()) {
            const auto* arrival = std::get_if<DeliverMessage>(&world.queue->payload(entry).body);
            if (!arrival || frame.flights.size() >= kMostFlights)
                continue;
            ClusterFrame::Flight flight = flightOf(arrival->message);
            const Micros way = std::max<Micros>(1, entry.time - arrival->message.sent);
            flight.permille = static_cast<std::int32_t>(
                std::clamp<Micros>((world.now - arrival->message.sent) * 1000 / way, 0, 1000));
            frame.flights.push_back(flight);
        }
    }
    addLinks(world, frame);
    frame.rollingRestart = world.restart->phase != RestartStory::Phase::None;
    for (const Network::Link& link : world.network->links()) {
        if (link.held.empty() || frame.flights.size() >= kMostFlights)
            continue;
        ClusterFrame::Flight flight = flightOf(link.held.front());
        flight.permille = 500;
        flight.held = true;
        frame.flights.push_back(flight);
    }
    // The queue's own order is that of a heap; a picture wants one that does not jump.
    std::sort(frame.flights.begin(), frame.flights.end(), [](const auto& a, const auto& b) {
        return std::tie(a.from, a.to, a.kind, a.permille, a.partition) <
               std::tie(b.from, b.to, b.kind, b.permille, b.partition);
    });
}

void countPartitions(const World& world, ClusterFrame& frame, bool blocks)
{
    using Health = ClusterFrame::Health;
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        const bool absent = world.topology->isInternal(p) || world.names->topicOf(p)->deleted;
        const PartitionRegistration& partition = world.metadata().partition(p);
        Health health = absent ? Health::Absent : Health::Idle;
        std::uint8_t lagClass = 0;
        if (partition.leaderEpoch >= 0 && !absent) {
            ++frame.partitions;
            health = Health::Healthy;
            const Replica* leader = world.leaderReplica(p);
            if (isUnderReplicated(partition)) {
                health = Health::UnderReplicated;
                ++frame.underReplicated;
            }
            if (static_cast<std::int32_t>(partition.isr.size()) < world.metadata().effectiveMinIsr(p)) {
                health = Health::UnderMinIsr;
                ++frame.underMinIsr;
            }
            if (partition.leader == kNone) {
                health = Health::Offline;
                ++frame.offline;
            }
            if (leader) {
                frame.recordsInLogs += leader->log.records();
                Offset worst = 0;
                for (const FollowerProgress& follower : leader->followers)
                    worst = std::max(worst, leader->leo() - std::max<Offset>(0, follower.leo));
                lagClass = static_cast<std::uint8_t>(
                    std::min<int>(7, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(worst)))));
                if (health == Health::Healthy && leader->leo() == 0)
                    health = Health::Idle;
            }
        }
        if (!blocks)
            continue;
        frame.blocks.push_back(health);
        frame.blockLag.push_back(lagClass);
        frame.blockLeader.push_back(partition.replicas.empty() ? kNone : partition.replicas[0]);
    }
    while (!frame.blocks.empty() && frame.blocks.back() == Health::Absent) {
        frame.blocks.pop_back();
        frame.blockLag.pop_back();
        frame.blockLeader.pop_back();
    }
}

} // namespace

ClusterFrame clusterFrame(const World& world, const ViewRequest& request)
{
    ClusterFrame frame;
    std::size_t replicas = 0; // that there are now: topics come, grow and go
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        if (!world.topology->isInternal(p))
            replicas += world.metadata().partition(p).replicas.size();
    }
    const bool asked = request.view == View::Cluster;
    frame.scale = asked && replicas > kMostRows;
    const bool rows = asked && !frame.scale;
    addControllers(world, frame);
    frame.cellsBack = std::clamp(kCellsInAll / std::max<Offset>(1, static_cast<Offset>(replicas)),
                                 kFewestCells, kMostCells);
    addBrokers(world, frame, rows, rows && replicas <= kCellRows ? frame.cellsBack : 0);
    frame.producersInAll = static_cast<std::int64_t>(world.producers.size());
    frame.groupsInAll = static_cast<std::int64_t>(world.groups.size());
    frame.pipelinesInAll = static_cast<std::int64_t>(world.pipelines.size());
    const Selection& selected = request.selection;
    for (const std::int32_t i : shownIndexes(world.producers.size(), kMostProducers,
                                             selectedAs(selected, Selection::Kind::Producer)))
        frame.producers.push_back(producerBox(world, i));
    for (const std::int32_t g :
         shownIndexes(world.groups.size(), kMostGroups, selectedGroup(world, selected)))
        frame.groups.push_back(groupBox(world, g, selected));
    for (const std::int32_t i : shownIndexes(world.pipelines.size(), kMostPipelines,
                                             selectedAs(selected, Selection::Kind::Pipeline)))
        frame.pipelines.push_back(pipelineBox(world, i));
    frame.queues = queueBoxes(world);
    if (asked)
        addFlights(world, frame);
    countPartitions(world, frame, frame.scale);
    // A producer's newest records are the newest cells of its topic.
    if (rows) {
        for (ClusterFrame::Producer& producer : frame.producers) {
            for (const ClusterFrame::Broker& broker : frame.brokers) {
                for (const ClusterFrame::Replica& row : broker.rows) {
                    if (!row.leader || row.cells.empty() || row.cells.back().producer != producer.index ||
                        producer.recent.size() >= 5)
                        continue;
                    producer.recent.push_back(row.cells.back());
                }
            }
        }
    }
    return frame;
}

} // namespace tideline
