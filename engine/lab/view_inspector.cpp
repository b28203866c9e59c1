// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/views.h"

#include "engine/lab/fact_subject.h"
#include "engine/lab/world.h"
#include "engine/log/record_batch_reader.h"

#include <algorithm>

namespace tideline {

namespace {

using Key = InspectorFrame::Key;

// Of a partition, and partitions of a topic, to say what a codec saves there: a look costs so much at most.
constexpr std::size_t kBatchesLookedAt = 4;
constexpr std::size_t kPartitionsLookedAt = 12;

class Rows
{
public:
    explicit Rows(InspectorFrame& frame)
        : frame_(frame)
    {}
    void number(Key key, std::int64_t value) { frame_.rows.push_back({key, value, {}}); }
    void text(Key key, std::string text) { frame_.rows.push_back({key, 0, std::move(text)}); }
    void readsFrom(std::string partition, BrokerId broker)
    {
        frame_.rows.push_back({Key::ReadsFrom, broker, std::move(partition)});
    }
    void replica(const InspectorFrame::Replica& replica)
    {
        frame_.rows.push_back({Key::ReplicaState, replica.broker, {}, replica});
    }
    // Where nothing is compressed there is nothing to say.
    void compression(const CompressionSeen& seen)
    {
        if (seen.codec != Codec::None)
            frame_.rows.push_back({Key::Compression, 0, {}, {}, {}, {}, seen});
    }
    // Only what is not as it always is.
    void faultsOf(const World& world, NodeIndex node) const
    {
        if (world.node(node).skew != 0)
            frame_.rows.push_back({Key::ClockSkew, world.node(node).skew, {}});
        for (const InspectorFrame::Link& link : linksOf(world, node))
            frame_.rows.push_back({Key::LinkState, link.peer, {}, {}, {}, link});
    }

private:
    InspectorFrame& frame_;
};

std::string listOf(const BrokerIds& ids)
{
    std::string text;
    for (const BrokerId id : ids)
        text += (text.empty() ? "" : ", ") + std::to_string(id);
    return text;
}

template <class List>
bool has(const List& list, std::int32_t index)
{
    return index >= 0 && static_cast<std::size_t>(index) < list.size();
}

bool showBroker(const World& world, BrokerId id, Rows rows)
{
    if (!has(world.brokers, id - 1))
        return false;
    const Broker& broker = *world.brokers[static_cast<std::size_t>(id - 1)];
    std::int64_t bytes = 0;
    std::int64_t leaders = 0;
    for (std::size_t i = 0; i < broker.replicaCount(); ++i) {
        bytes += broker.replicaAt(i).log.bytes();
        leaders += broker.replicaAt(i).role == Replica::Role::Leader ? 1 : 0;
    }
    rows.number(Key::Since, world.node(Topology::brokerNode(id)).since);
    rows.number(Key::BrokerEpoch, world.metadata().brokerEpoch(id));
    if (const std::string rack = world.topology->config.rackOf(id); !rack.empty())
        rows.text(Key::Rack, rack);
    rows.number(Key::Leaders, leaders);
    rows.number(Key::Replicas, static_cast<std::int64_t>(broker.replicaCount()));
    rows.number(Key::Bytes, bytes);
    rows.number(Key::Disk, static_cast<std::int64_t>(broker.disk()));
    if (const Micros delay = world.node(Topology::brokerNode(id)).diskDelay; delay > 0)
        rows.number(Key::DiskDelay, delay);
    rows.number(Key::MetadataOffset, broker.image().offset);
    rows.faultsOf(world, Topology::brokerNode(id));
    return true;
}

// As the broker has it, and as its leader and the controller see it.
InspectorFrame::Replica replicaOn(const World& world, PartitionIndex index, BrokerId broker)
{
    using Standing = InspectorFrame::Replica::Standing;
    const PartitionRegistration& partition = world.metadata().partition(index);
    const Replica* leader = world.leaderReplica(index);
    InspectorFrame::Replica shown;
    shown.broker = broker;
    if (const Replica* replica = world.brokers[static_cast<std::size_t>(broker - 1)]->replica(index)) {
        shown.there = true;
        shown.logStart = replica->log.startOffset();
        shown.logEnd = replica->leo();
        shown.segments = static_cast<std::int64_t>(replica->log.segmentCount());
        shown.bytes = replica->log.bytes();
        shown.flushedTo = replica->log.flushedTo();
        shown.highWatermark = replica->highWatermark;
        shown.leaderEpoch = replica->leaderEpoch;
        shown.missing = leader ? std::max<Offset>(0, leader->leo() - replica->leo()) : 0;
    }
    const FollowerProgress* follower = leader ? leader->follower(broker) : nullptr;
    if (follower && follower->leo != kUnknownOffset && follower->lastFetch != kNeverCaughtUp) {
        const Micros skew =
            world.node(Topology::brokerNode(leader->leader)).skew; // it goes by its wall clock
        shown.sinceFetch = std::max<Micros>(0, world.now + skew - follower->lastFetch);
    }
    if (broker == partition.leader)
        shown.standing = Standing::Leads;
    else if (partition.isr.contains(broker))
        shown.standing = Standing::InSync;
    else if (!world.metadata().alive(broker))
        shown.standing = Standing::BrokerFenced;
    else
        shown.standing = shown.there && shown.missing == 0 ? Standing::CaughtUp : Standing::Behind;
    return shown;
}

bool showPartition(const World& world, PartitionIndex index, Rows rows)
{
    if (!world.names->topicOf(index) || world.names->topicOf(index)->deleted)
        return false;
    const PartitionRegistration& partition = world.metadata().partition(index);
    rows.number(Key::Leader, partition.leader);
    rows.number(Key::LeaderEpoch, partition.leaderEpoch);
    rows.text(Key::ReplicaList, listOf(partition.replicas));
    rows.text(Key::Isr, listOf(partition.isr));
    rows.number(Key::MinIsr, world.metadata().effectiveMinIsr(index));
    // Only what is not as it always is.
    const auto optional = [&](Key key, const BrokerIds& brokers) {
        if (!brokers.empty())
            rows.text(key, listOf(brokers));
    };
    optional(Key::Elr, partition.elr);
    optional(Key::LastKnownElr, partition.lastKnownElr);
    optional(Key::Adding, partition.adding);
    optional(Key::Removing, partition.removing);
    if (partition.recovery == LeaderRecovery::Recovering)
        rows.number(Key::Recovering, partition.leader);
    for (const BrokerId broker : partition.replicas)
        rows.replica(replicaOn(world, index, broker));
    if (const Replica* leader = world.leaderReplica(index)) {
        rows.number(Key::LogStart, leader->log.startOffset());
        rows.number(Key::HighWatermark, leader->highWatermark);
        rows.number(Key::LogEnd, leader->leo());
        rows.number(Key::Batches, static_cast<std::int64_t>(leader->log.batchCount()));
        rows.number(Key::Bytes, leader->log.bytes());
        rows.number(Key::Segments, static_cast<std::int64_t>(leader->log.segmentCount()));
        rows.number(Key::Flushed, leader->log.flushedTo());
        if (leader->log.cleanedTo() > 0)
            rows.number(Key::CleanedTo, leader->log.cleanedTo());
        CompressionSeen seen;
        seen.addNewest(leader->log, kBatchesLookedAt);
        rows.compression(seen);
    }
    return true;
}

bool showProducer(const World& world, ProducerIndex index, Rows rows)
{
    if (!has(world.producers, index))
        return false;
    const Producer& producer = *world.producers[static_cast<std::size_t>(index)];
    rows.number(Key::Rate, producer.rate());
    rows.number(Key::Produced, producer.counts().produced);
    rows.number(Key::Acknowledged, producer.counts().acknowledged);
    rows.number(Key::Failed, producer.counts().failed);
    rows.number(Key::Retries, producer.counts().retries);
    rows.number(Key::Buffered,
                producer.counts().produced - producer.counts().acknowledged - producer.counts().failed);
    rows.compression({world.topology->scenario->producers[static_cast<std::size_t>(index)].compression,
                      producer.counts().sentBytes, producer.counts().plainBytes});
    rows.faultsOf(world, world.producerNode(index));
    return true;
}

bool showGroup(const World& world, GroupIndex index, Rows rows)
{
    if (!has(world.groups, index))
        return false;
    const ClusterFrame::Group group = groupBox(world, index, {});
    rows.number(Key::Generation, group.generation);
    rows.number(Key::Coordinator, group.coordinator);
    rows.number(Key::Members, static_cast<std::int64_t>(group.members.size()));
    rows.number(Key::Lag, group.lag);
    rows.number(Key::DeliveredOnce, group.ledger.once);
    rows.number(Key::Repeated, group.ledger.repeated);
    rows.number(Key::Lost, group.ledger.lost);
    rows.number(Key::Pending, group.ledger.pending);
    if (group.ledger.expired > 0)
        rows.number(Key::Expired, group.ledger.expired);
    return true;
}

// The broker that is asked for it now: the leader, or the replica that it has named (KIP-392); kNone: nobody.
BrokerId readsFrom(const World& world, const FetchClient::Partition& partition)
{
    return partition.preferred != kNone ? partition.preferred
                                        : world.metadata().partition(partition.index).leader;
}

bool showMember(const World& world, MemberIndex index, Rows rows)
{
    if (!has(world.members, index))
        return false;
    const GroupConsumer& member = *world.members[static_cast<std::size_t>(index)];
    rows.number(Key::Since, member.since());
    rows.number(Key::Generation, member.generation());
    std::string assigned;
    for (const PartitionIndex partition : member.assigned())
        assigned += (assigned.empty() ? "" : ", ") + world.names->partitionName(partition);
    rows.text(Key::Assigned, assigned);
    if (const std::string rack = member.rack(*world.topology); !rack.empty())
        rows.text(Key::Rack, rack);
    for (const FetchClient::Partition& partition : member.fetching().partitions())
        rows.readsFrom(world.names->partitionName(partition.index), readsFrom(world, partition));
    for (const PartitionOffset& position : member.fetching().positions()) {
        const Offset committed = world.groupCommitted(member.group(), position.partition);
        rows.text(Key::Position,
                  world.names->partitionName(position.partition) + " @ " + std::to_string(position.offset));
        rows.text(Key::Committed,
                  world.names->partitionName(position.partition) + " @ " +
                      (committed == kUnknownOffset ? std::string("-") : std::to_string(committed)));
    }
    rows.faultsOf(world, world.memberNode(index));
    return true;
}

bool showPipeline(const World& world, PipelineIndex index, Rows rows)
{
    if (!has(world.pipelines, index))
        return false;
    const WindowCounters& counters = world.pipelines[static_cast<std::size_t>(index)]->windows().counters();
    rows.number(Key::Watermark, world.pipelines[static_cast<std::size_t>(index)]->windows().watermark());
    rows.number(Key::Records, counters.records);
    rows.number(Key::LateCounted, counters.countedLate + counters.countedAfterFiring);
    rows.number(Key::Dropped, counters.numLateRecordsDropped);
    rows.number(Key::Firings, counters.panes);
    rows.faultsOf(world, world.pipelineNode(index));
    return true;
}

bool showWindow(const World& world, const Selection& selection, Rows rows)
{
    if (!has(world.pipelines, selection.index))
        return false;
    ViewRequest request;
    request.view = View::Time;
    request.selection = selection;
    for (const TimeFrame::Window& window : timeFrame(world, request).windows) {
        if (window.start != selection.start || window.end != selection.end)
            continue;
        rows.number(Key::WindowStart, window.start);
        rows.number(Key::WindowEnd, window.end);
        rows.number(Key::WindowState, static_cast<std::int64_t>(window.state));
        rows.number(Key::Count, window.count);
        rows.number(Key::Truth, window.truth);
        rows.number(Key::Sum, window.sum);
        rows.number(Key::LateCounted, window.lateCounted);
        rows.number(Key::Dropped, window.dropped);
        rows.number(Key::Firings, window.firings);
        return true;
    }
    return false;
}

bool showRecord(const World& world, const Selection& selection, Rows rows)
{
    if (!world.names->topicOf(selection.partition))
        return false;
    const Replica* leader = world.leaderReplica(selection.partition);
    if (!leader)
        return false;
    const std::size_t place = leader->log.find(selection.offset);
    if (selection.offset < 0 || place >= leader->log.batchCount())
        return false;
    const LogBatch& batch = leader->log.batch(place);
    bool found = false;
    forEachRecord(batch.bytes.bytes(), [&](const RecordView& record) {
        if (batch.baseOffset + record.offset != selection.offset)
            return;
        found = true;
        rows.number(Key::Offset, selection.offset);
        rows.number(Key::LeaderEpoch, batch.leaderEpoch);
        rows.text(Key::Key, std::string(record.key.value_or(Bytes("-"))));
        rows.text(Key::Value, std::string(record.value.value_or(Bytes("-"))));
        rows.number(Key::EventTime, record.timestamp);
        rows.number(Key::Producer, batch.producer);
        rows.number(Key::HighWatermark, leader->highWatermark);
        CompressionSeen seen;
        seen.add(batch);
        rows.compression(seen);
    });
    return found;
}

bool showTopic(const World& world, TopicIndex index, Rows rows)
{
    if (!has(world.names->topics, index) || world.names->topics[static_cast<std::size_t>(index)].deleted)
        return false;
    const Directory::Topic& topic = world.names->topics[static_cast<std::size_t>(index)];
    std::int64_t records = 0;
    std::size_t looked = 0;
    CompressionSeen seen;
    for (const PartitionIndex partition : topic.partitions) {
        const Replica* leader = world.leaderReplica(partition);
        if (!leader)
            continue;
        records += leader->log.records();
        if (looked++ < kPartitionsLookedAt)
            seen.addNewest(leader->log, kBatchesLookedAt);
    }
    rows.number(Key::Replicas, topic.replicationFactor);
    rows.number(Key::Records, records);
    rows.compression(seen);
    return true;
}

// Fills in the rows of one thing, and whether it is there.
void show(const World& world, const Selection& selection, InspectorFrame& frame)
{
    const Rows rows(frame);
    switch (selection.kind) {
    case Selection::Kind::None:
        break;
    case Selection::Kind::Broker:
        frame.found = showBroker(world, selection.index, rows);
        break;
    case Selection::Kind::Controller:
        frame.found = showController(world, selection.index, frame);
        if (frame.found)
            rows.faultsOf(world, world.topology->controllerNode(selection.index));
        break;
    case Selection::Kind::Topic:
        frame.found = showTopic(world, selection.index, rows);
        break;
    case Selection::Kind::Partition:
        frame.found = showPartition(world, selection.index, rows);
        break;
    case Selection::Kind::Producer:
        frame.found = showProducer(world, selection.index, rows);
        break;
    case Selection::Kind::Group:
        frame.found = showGroup(world, selection.index, rows);
        break;
    case Selection::Kind::Member:
        frame.found = showMember(world, selection.index, rows);
        break;
    case Selection::Kind::Pipeline:
        frame.found = showPipeline(world, selection.index, rows);
        break;
    case Selection::Kind::Queue:
        frame.found = showQueue(world, selection.index, frame);
        break;
    case Selection::Kind::Window:
        frame.found = showWindow(world, selection, rows);
        break;
    case Selection::Kind::Record:
        frame.found = showRecord(world, selection, rows);
        break;
    case Selection::Kind::Fact:
        break;
    }
}

} // namespace

InspectorFrame inspectorFrame(const World& world, const ViewRequest& request)
{
    InspectorFrame frame;
    frame.selection = request.selection;
    if (request.selection.kind != Selection::Kind::Fact) {
        frame.subject = request.selection;
        show(world, request.selection, frame);
        return frame;
    }
    if (const Fact* fact = world.journal.find(request.selection.fact)) {
        frame.fact = *fact;
        frame.subject = subjectOf(fact->body, *world.names);
        show(world, frame.subject, frame);
    }
    frame.found = frame.fact.has_value();
    return frame;
}

} // namespace tideline
