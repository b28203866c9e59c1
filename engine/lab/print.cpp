// SPDX-License-Identifier: GPL-3.0-or-later
// Engine: facts, state and metrics as lines of text for the command line. Machine-readable words only;
// sentences are made in widgets/.
#include "engine/cluster/error_code.h"
#include "engine/cluster/message.h"
#include "engine/lab/compression_seen.h"
#include "engine/lab/engine.h"
#include "engine/lab/world.h"

#include <cstdio>

namespace tideline {

namespace {

std::string clock(Micros time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%lld:%02lld:%02lld.%06lld",
                  static_cast<long long>(time / 3'600'000'000),
                  static_cast<long long>(time / 60'000'000 % 60),
                  static_cast<long long>(time / 1'000'000 % 60), static_cast<long long>(time % 1'000'000));
    return text;
}

template <class T>
std::string valueText(std::string_view name, const T& value, const Directory& names)
{
    if constexpr (std::is_same_v<T, ErrorCode>)
        return std::string(errorName(value));
    else if constexpr (std::is_same_v<T, bool>)
        return value ? "true" : "false";
    else if (name == "message")
        return std::string(kMessageNames[static_cast<std::size_t>(value)]);
    else if (name == "partition")
        return names.partitionName(static_cast<PartitionIndex>(value));
    else if (name == "member" && value >= 0 && static_cast<std::size_t>(value) < names.members.size())
        return names.members[static_cast<std::size_t>(value)].name;
    else if (name == "group" && value >= 0 && static_cast<std::size_t>(value) < names.groups.size())
        return names.groups[static_cast<std::size_t>(value)];
    else if (name == "producer" && value >= 0 && static_cast<std::size_t>(value) < names.producers.size())
        return names.producers[static_cast<std::size_t>(value)];
    else if (name == "pipeline" && value >= 0 && static_cast<std::size_t>(value) < names.pipelines.size())
        return names.pipelines[static_cast<std::size_t>(value)];
    else if (name == "topic" && value >= 0 && static_cast<std::size_t>(value) < names.topics.size())
        return names.topics[static_cast<std::size_t>(value)].name;
    else
        return std::to_string(value);
}

template <HasFields T>
std::string fieldsText(const T& object, const Directory& names)
{
    std::string text;
    forEachField(object, [&](std::string_view name, const auto& value) {
        text += " " + std::string(name) + "=" + valueText(name, value, names);
    });
    return text;
}

std::string listOf(const BrokerIds& ids)
{
    std::string text = "[";
    for (const BrokerId id : ids)
        text += (text.size() > 1 ? "," : "") + std::to_string(id);
    return text + "]";
}

std::string partitionLine(const World& world, PartitionIndex index)
{
    const PartitionRegistration& partition = world.metadata().partition(index);
    std::string line = "partition " + world.names->partitionName(index) +
                       " leader=" + std::to_string(partition.leader) +
                       " leaderEpoch=" + std::to_string(partition.leaderEpoch) +
                       " partitionEpoch=" + std::to_string(partition.partitionEpoch) +
                       " replicas=" + listOf(partition.replicas) + " isr=" + listOf(partition.isr);
    for (const BrokerId id : partition.replicas) {
        if (const Replica* replica = world.brokers[static_cast<std::size_t>(id - 1)]->replica(index))
            line += " broker" + std::to_string(id) + "(leo=" + std::to_string(replica->leo()) +
                    ",hw=" + std::to_string(replica->highWatermark) +
                    ",start=" + std::to_string(replica->log.startOffset()) +
                    ",segments=" + std::to_string(replica->log.segmentCount()) + ")";
    }
    return line;
}

std::string controllerLine(const World& world, const Controller& controller)
{
    const Node& node = world.node(world.topology->controllerNode(controller.number()));
    const QuorumState& quorum = controller.quorum().quorum();
    return "controller " + std::to_string(controller.number()) + " alive=" + (node.alive ? "true" : "false") +
           " paused=" + (node.paused ? "true" : "false") + " role=" + raftRoleName(quorum.role()) +
           " epoch=" + std::to_string(quorum.epoch()) +
           " leader=" + world.names->nodeName(Topology::replicaNode(quorum.leader())) +
           " committed=" + std::to_string(controller.quorum().committed()) +
           " metadataEnd=" + std::to_string(controller.metadataEnd());
}

void addProducerMetrics(const World& world, std::vector<MetricLine>& lines)
{
    for (std::size_t i = 0; i < world.producers.size(); ++i) {
        const std::string name = "producer." + world.names->producers[i];
        const Producer::Counts& counts = world.producers[i]->counts();
        lines.push_back({name + ".acknowledged", counts.acknowledged, "records"});
        lines.push_back({name + ".sent", counts.sentBytes, "bytes, of batches"});
        if (counts.plainBytes > 0)
            lines.push_back({name + ".compression-rate", counts.sentBytes * 100 / counts.plainBytes,
                             "percent that is left"});
    }
}

// Of topics in which something is compressed.
void addCompressionMetrics(const World& world, std::vector<MetricLine>& lines)
{
    for (const Directory::Topic& topic : world.names->topics) {
        if (topic.deleted)
            continue;
        CompressionSeen seen;
        for (const PartitionIndex partition : topic.partitions) {
            if (const Replica* leader = world.leaderReplica(partition))
                seen.addNewest(leader->log, leader->log.batchCount());
        }
        if (seen.codec == Codec::None)
            continue;
        lines.push_back({"topic." + topic.name + ".retained", seen.bytes, "bytes"});
        lines.push_back({"topic." + topic.name + ".uncompressed", seen.plainBytes, "bytes"});
    }
}

} // namespace

std::string_view factName(const FactBody& body)
{
    return std::visit([](const auto& fact) { return std::decay_t<decltype(fact)>::kName; }, body);
}

std::string printFact(const Fact& fact, const Directory& names)
{
    std::string line =
        std::to_string(fact.number) + " " + clock(fact.time) + " " + std::string(factName(fact.body));
    line += std::visit([&names](const auto& body) { return fieldsText(body, names); }, fact.body);
    if (fact.cause != 0)
        line += " <- " + std::to_string(fact.cause);
    return line;
}

std::string Engine::printState() const
{
    const World& world = *world_;
    std::string text = "time " + clock(world.now) + "\nevents " + std::to_string(world.events) + "\nfacts " +
                       std::to_string(world.journal.total()) + "\n";
    for (const Cow<Controller>& controller : world.controllers)
        text += controllerLine(world, *controller) + "\n";
    for (const Cow<Broker>& broker : world.brokers) {
        const Node& node = world.node(Topology::brokerNode(broker->id()));
        text += "broker " + std::to_string(broker->id()) + " alive=" + (node.alive ? "true" : "false") +
                " paused=" + (node.paused ? "true" : "false") +
                " fenced=" + (world.metadata().alive(broker->id()) ? "false" : "true") +
                " brokerEpoch=" + std::to_string(world.metadata().brokerEpoch(broker->id())) + "\n";
    }
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        if (!world.names->topicOf(p)->deleted)
            text += partitionLine(world, p) + "\n";
    }
    for (std::size_t i = 0; i < world.producers.size(); ++i)
        text += "producer " + world.names->producers[i] +
                fieldsText(world.producers[i]->counts(), *world.names) + "\n";
    for (std::size_t g = 0; g < world.groups.size(); ++g) {
        const auto group = static_cast<GroupIndex>(g);
        const LedgerNumbers n = world.ledger.numbers(group);
        text += "group " + world.names->groups[g] +
                " generation=" + std::to_string(world.groups[g]->toGeneration) +
                " once=" + std::to_string(n.once) + " repeated=" + std::to_string(n.repeated) +
                " lost=" + std::to_string(n.lost) + " expired=" + std::to_string(n.expired) +
                " pending=" + std::to_string(n.pending) + " before=" + std::to_string(n.before) +
                " deleted=" + std::to_string(n.deleted) + "\n";
        for (const PartitionIndex partition : world.groupPartitions(group))
            text += "offset " + world.names->groups[g] + " " + world.names->partitionName(partition) +
                    " position=" + std::to_string(world.groupPosition(group, partition)) +
                    " committed=" + std::to_string(world.groupCommitted(group, partition)) + "\n";
    }
    for (std::size_t i = 0; i < world.queues.size(); ++i)
        text += "queue " + world.names->queues[i] + " ready=" + std::to_string(world.queues[i]->ready()) +
                " onDisk=" + std::to_string(world.queues[i]->onDisk()) +
                " unacknowledged=" + std::to_string(world.queues[i]->unacknowledged()) +
                fieldsText(world.queues[i]->counts(), *world.names) + "\n";
    for (std::size_t i = 0; i < world.pipelines.size(); ++i) {
        const PipelineJob& job = *world.pipelines[i];
        text += "pipeline " + world.names->pipelines[i] +
                " watermark=" + std::to_string(job.windows().watermark()) +
                " ended=" + (job.ended() ? "true" : "false") +
                fieldsText(job.windows().counters(), *world.names) + "\n";
        job.windows().forEachWindow(kMinMillis, [&](const WindowTotals& totals) {
            text += "window " + world.names->pipelines[i] + " [" + std::to_string(totals.window.start) +
                    ", " + std::to_string(totals.window.end) +
                    ") count=" + std::to_string(totals.aggregate.count) +
                    " truth=" + std::to_string(world.truths[i]->of(totals.window.start).count) +
                    " dropped=" + std::to_string(totals.dropped) + "\n";
        });
    }
    return text;
}

std::vector<MetricLine> Engine::metrics() const
{
    const World& world = *world_;
    std::int64_t retained = 0; // a batch that replicas share counts once: at its leader
    std::int64_t shared = 0;
    std::int64_t entries = 0;
    std::int64_t segments = 0;
    std::int64_t unflushed = 0;
    std::int64_t records = 0;
    for (PartitionIndex p = 0; p < world.partitionEnd(); ++p) {
        if (const Replica* leader = world.leaderReplica(p)) {
            retained += leader->log.bytes();
            records += leader->log.records();
        }
    }
    for (const Cow<Broker>& broker : world.brokers) {
        for (std::size_t i = 0; i < broker->replicaCount(); ++i) {
            shared += broker->replicaAt(i).log.bytes();
            entries += static_cast<std::int64_t>(broker->replicaAt(i).log.batchCount());
            segments += static_cast<std::int64_t>(broker->replicaAt(i).log.segmentCount());
            unflushed += broker->replicaAt(i).leo() - broker->replicaAt(i).log.flushedTo();
        }
    }
    std::vector<MetricLine> lines;
    lines.push_back({"log.records", records, "records"});
    lines.push_back({"log.retained", retained, "bytes"});
    lines.push_back({"log.replicas", shared, "bytes, shared chunks counted once a replica"});
    lines.push_back({"log.segments", segments, "segments, of all replicas"});
    lines.push_back({"log.unflushed", unflushed, "offsets, of all replicas"});
    lines.push_back({"log.batch-entries", entries * static_cast<std::int64_t>(sizeof(LogBatch)), "bytes"});
    lines.push_back(
        {"journal.facts", static_cast<std::int64_t>(world.journal.facts().size() * sizeof(Fact)), "bytes"});
    lines.push_back(
        {"queue.events", static_cast<std::int64_t>(world.queue->size() * (sizeof(Event) + 24)), "bytes"});
    lines.push_back(
        {"roll-ups", static_cast<std::int64_t>(world.rollUps.lineCount() * RollUps::kPoints * 8), "bytes"});
    lines.push_back({"metadata.records", world.metadata().offset, "records"});
    lines.push_back({"run.events", world.events, "events"});
    lines.push_back({"run.facts", world.journal.total(), "facts"});
    addProducerMetrics(world, lines);
    addCompressionMetrics(world, lines);
    for (std::size_t g = 0; g < world.groups.size(); ++g) {
        const LedgerNumbers n = world.ledger.numbers(static_cast<GroupIndex>(g));
        lines.push_back({"group." + world.names->groups[g] + ".delivered", n.once + n.repeated, "records"});
        lines.push_back({"group." + world.names->groups[g] + ".lost", n.lost, "records"});
        lines.push_back({"group." + world.names->groups[g] + ".expired", n.expired, "records"});
    }
    for (std::size_t i = 0; i < world.queues.size(); ++i) {
        const std::string name = "queue." + world.names->queues[i];
        lines.push_back({name + ".acknowledged", world.queues[i]->counts().acknowledged, "messages"});
        lines.push_back({name + ".ready", world.queues[i]->ready(), "messages"});
    }
    for (std::size_t i = 0; i < world.pipelines.size(); ++i) {
        const WindowCounters& counters = world.pipelines[i]->windows().counters();
        lines.push_back({"pipeline." + world.names->pipelines[i] + ".records", counters.records, "records"});
        lines.push_back({"pipeline." + world.names->pipelines[i] + ".numLateRecordsDropped",
                         counters.numLateRecordsDropped, "records"});
    }
    return lines;
}

} // namespace tideline
