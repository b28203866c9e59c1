// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: what follows from facts and from what clients saw: journal, ledger, roll-ups, truth, marks.
#include "engine/lab/simulation.h"

#include "engine/cluster/metadata_batch.h"
#include "engine/cluster/under_replicated.h"
#include "engine/lab/cause_in_step.h"
#include "engine/lab/cause_of_silence.h"
#include "engine/lab/marks.h"

#include <algorithm>

namespace tideline {

namespace {

constexpr std::size_t kMarksKept = 2000;
constexpr std::size_t kMomentsKept = 400;

} // namespace

FactNumber Simulation::tell(NodeIndex from, FactBody body)
{
    if (auto* moved = std::get_if<CoordinatorMoved>(&body))
        moved->broker = from + 1; // the coordinator does not know on which broker it is
    const FactNumber silence = causeOfSilence(world_, body, from);
    const FactNumber cause = silence != 0 ? silence : cause_;
    cause_ = world_.journal.add(world_.now, cause, body);
    const Fact fact{cause_, cause, world_.now, std::move(body)};
    if (observer_)
        observer_->onFact(fact);
    if (isMark(fact.body)) {
        std::vector<TimelineMark>& marks = world_.marks.edit();
        if (marks.size() < kMarksKept)
            marks.push_back({fact.number, fact.time, fact.body});
        else
            ++world_.marksLeftOut;
    }
    follow(fact);
    return fact.number;
}

void Simulation::tell(NodeIndex from, CauseInStep& causes, FactBody body)
{
    const PartitionIndex partition = CauseInStep::partitionOf(body);
    cause_ = causes.of(partition);
    causes.told(partition, tell(from, std::move(body)));
}

void Simulation::follow(const Fact& fact)
{
    if (const NodeIndex node = nodeOfDeed(world_, fact.body); node != kNone)
        world_.nodes[static_cast<std::size_t>(node)].edit().deed = fact.number;
    if (const NodeIndex node = nodeMadeWell(world_, fact.body); node != kNone)
        world_.nodes[static_cast<std::size_t>(node)].edit().deed = 0;
    if (const auto* fenced = std::get_if<BrokerFenced>(&fact.body))
        world_.nodes[static_cast<std::size_t>(Topology::brokerNode(fenced->broker))].edit().fencedSince =
            fenced->lastHeartbeat;
    if (const auto* elected = std::get_if<LeaderElected>(&fact.body)) {
        if (const auto broken = world_.invariants.onLeader(*elected))
            broke(*broken);
    } else if (const auto* started = std::get_if<RebalanceStarted>(&fact.body)) {
        GroupStory& story = world_.groups[static_cast<std::size_t>(started->group)].edit();
        story.stable = false;
        story.rebalanceStarted = fact.time;
        story.rebalanceEnded = 0;
        story.fromGeneration = started->generation;
        story.toGeneration = started->generation;
        story.cause = fact.cause;
    } else if (const auto* generation = std::get_if<GenerationStarted>(&fact.body)) {
        world_.groups[static_cast<std::size_t>(generation->group)].edit().toGeneration =
            generation->generation;
    } else if (const auto* reset = std::get_if<OffsetResetTo>(&fact.body)) {
        if (reset->member != kNone)
            followReset(*reset);
    } else if (std::holds_alternative<PartitionsAssigned>(fact.body)) {
        checkGroupsStable();
    } else if (const auto* created = std::get_if<TopicCreated>(&fact.body)) {
        if (static_cast<std::size_t>(created->topic) >= world_.names->topics.size())
            followTopic(created->topic, created->replicationFactor);
    } else if (const auto* grown = std::get_if<PartitionsCreated>(&fact.body)) {
        followTopic(grown->topic, 0);
    } else if (const auto* deleted = std::get_if<TopicDeleted>(&fact.body)) {
        followTopic(deleted->topic, 0);
    }
    mayContinueRestart(fact.body);
}

// The leader of the quorum learns of it first; what others say of the same batch later is not news.
void Simulation::commit(NodeIndex from, const MetadataCommitted& what)
{
    const MetadataBatch& batch = *metadataOf(what.batch);
    if (batch.image.offset <= world_.committed.offset)
        return;
    std::vector<FactBody> facts = factsOf(batch, world_.committed);
    world_.committed = batch.image;
    CauseInStep causes(batch.cause);
    for (FactBody& fact : facts)
        tell(from, causes, std::move(fact));
}

// A group's position was found by auto.offset.reset: its first one, or because the old one is out of range.
void Simulation::followReset(const OffsetResetTo& reset)
{
    const GroupIndex group = world_.members[static_cast<std::size_t>(reset.member)]->group();
    if (reset.from == kUnknownOffset) {
        world_.ledger.begins(group, reset.partition, reset.to);
        return;
    }
    const GroupSpec& spec = world_.topology->scenario->groups[static_cast<std::size_t>(group)];
    std::vector<LedgerRange> gone;
    world_.ledger.reset(group, reset.partition, reset.from, reset.to, spec.offsetReset == OffsetReset::Latest,
                        gone);
    for (const LedgerRange& range : gone)
        tellGone(world_.memberNode(reset.member), group, range);
}

void Simulation::tellGone(NodeIndex from, GroupIndex group, const LedgerRange& range)
{
    if (range.expired)
        tell(from, RecordsExpired{group, range.partition, range.producer, range.firstK, range.records});
    else
        tell(from, RecordsLost{group, range.partition, range.producer, range.firstK, range.records});
}

// A member's state or its partitions changed in its last step: the Groups view shows when.
void Simulation::noteMember(const GroupConsumer& member, MemberState state)
{
    const GroupStory& story = *world_.groups[static_cast<std::size_t>(member.group())];
    const auto last =
        std::find_if(story.moments.rbegin(), story.moments.rend(),
                     [&](const MemberMoment& moment) { return moment.member == member.index(); });
    if (last != story.moments.rend() && last->state == state && last->partitions == member.assigned())
        return;
    std::vector<MemberMoment>& moments =
        world_.groups[static_cast<std::size_t>(member.group())].edit().moments;
    if (moments.size() >= kMomentsKept)
        moments.erase(moments.begin(), moments.begin() + kMomentsKept / 4);
    moments.push_back({member.index(), state, world_.now, member.assigned()});
}

// A group is stable when every member of its generation has its assignment; sources that wait for that start
// then.
void Simulation::checkGroupsStable()
{
    bool all = true;
    for (std::size_t g = 0; g < world_.groups.size(); ++g) {
        bool stable = true;
        bool any = false;
        for (const Cow<GroupConsumer>& member : world_.members) {
            if (member->group() != static_cast<GroupIndex>(g) ||
                !world_.node(world_.memberNode(member->index())).alive)
                continue;
            any = true;
            stable = stable && member->state() == MemberState::Stable &&
                     member->generation() == world_.groups[g]->toGeneration;
        }
        if (any && stable && !world_.groups[g]->stable) {
            GroupStory& story = world_.groups[g].edit();
            story.stable = true;
            story.rebalanceEnded = world_.now;
        }
        all = all && any && stable;
    }
    if (!all)
        return;
    for (const Cow<Producer>& producer : world_.producers) {
        if (!producer->waitsForGroups())
            continue;
        const auto index = static_cast<ProducerIndex>(&producer - world_.producers.data());
        const NodeIndex node = world_.producerNode(index);
        // Its own step comes as an event, so that this one stays with its member.
        schedule(world_.now, node,
                 RingTimer{Timer{TimerKind::Source, 0, 1}, world_.node(node).incarnation, 0});
    }
}

void Simulation::seen(NodeIndex from, const Effect& effect)
{
    if (observer_)
        observer_->onEffect(world_.now, from, effect);
    if (const auto* produced = std::get_if<RecordsProduced>(&effect)) {
        world_.ledger.produced(*produced);
        world_.rollUps.count(world_.producedLine, produced->records);
        if (!world_.queues.empty())
            publishToQueues(*produced);
    } else if (const auto* moved = std::get_if<RecordsMoved>(&effect)) {
        world_.ledger.moved(*moved);
    } else if (const auto* acknowledged = std::get_if<RecordsAcknowledged>(&effect)) {
        std::vector<std::pair<GroupIndex, LedgerRange>> lost;
        world_.ledger.acknowledged(*acknowledged, lost);
        for (const auto& [group, range] : lost)
            tellGone(from, group, range);
    } else if (const auto* failed = std::get_if<RecordsFailed>(&effect)) {
        world_.ledger.failed(*failed);
    } else if (const auto* delivered = std::get_if<RecordsDelivered>(&effect)) {
        const GroupIndex group = world_.members[static_cast<std::size_t>(delivered->member)]->group();
        std::vector<LedgerRange> again;
        std::vector<LedgerRange> lost;
        world_.ledger.delivered(group, *delivered, again, lost);
        world_.rollUps.count(world_.deliveredLines[static_cast<std::size_t>(group)], delivered->records);
        for (const LedgerRange& range : again)
            tell(from,
                 RecordsRedelivered{group, range.partition, range.producer, range.firstK, range.records});
        for (const LedgerRange& range : lost)
            tellGone(from, group, range);
    } else if (const auto* removed = std::get_if<RecordsRemoved>(&effect)) {
        world_.ledger.removed(*removed);
    } else if (const auto* happened = std::get_if<Happened>(&effect)) {
        const std::string& topic =
            world_.topology->scenario->producers[static_cast<std::size_t>(happened->producer)].topic;
        for (std::size_t p = 0; p < world_.truths.size(); ++p) {
            if (world_.topology->scenario->pipelines[p].from == topic)
                world_.truths[p].edit().add(happened->eventTime, happened->records, happened->sum);
        }
    } else if (const auto* drained = std::get_if<SourceDrained>(&effect)) {
        sourceDrained(drained->producer);
    }
}

// Once every producer of a topic is done, its pipelines know where their partitions end.
void Simulation::sourceDrained(ProducerIndex producer)
{
    const Scenario& scenario = *world_.topology->scenario;
    const std::string& topic = scenario.producers[static_cast<std::size_t>(producer)].topic;
    std::vector<Offset> ends;
    for (std::size_t i = 0; i < world_.producers.size(); ++i) {
        if (scenario.producers[i].topic != topic)
            continue;
        if (scenario.producers[i].acks == 0)
            return; // it never learns where its records lie
        if (!world_.producers[i]->drained() ||
            (scenario.producers[i].log && !scenario.producers[i].log->endOfInput))
            return;
        const std::vector<Offset>& own = world_.producers[i]->acknowledgedEnds();
        ends.resize(own.size());
        for (std::size_t p = 0; p < own.size(); ++p)
            ends[p] = std::max(ends[p], own[p]);
    }
    for (std::size_t i = 0; i < world_.pipelines.size(); ++i) {
        if (scenario.pipelines[i].from != topic)
            continue;
        const NodeIndex node = world_.pipelineNode(static_cast<PipelineIndex>(i));
        const Step step = stepOf(node);
        world_.pipelines[i].edit().endsAt(ends, step);
        carryOut(node, cause_);
    }
}

// Counts again when the metadata has changed since the last time.
void Simulation::countUnhealthy()
{
    const MetadataImage& metadata = world_.metadata();
    UnhealthyPartitions& counted = world_.unhealthy;
    if (counted.asOf == metadata.offset)
        return;
    counted = {metadata.offset, 0, 0};
    for (PartitionIndex p = 0; p < world_.partitionEnd(); ++p) {
        const PartitionRegistration& partition = metadata.partition(p);
        if (partition.leaderEpoch < 0 || world_.topology->isInternal(p))
            continue;
        counted.underReplicated += isUnderReplicated(partition) ? 1 : 0;
        counted.offline += partition.leader == kNone ? 1 : 0;
    }
}

void Simulation::sample()
{
    RollUps& rolls = world_.rollUps;
    countUnhealthy();
    rolls.gauge(world_.underReplicatedLine, world_.unhealthy.underReplicated);
    rolls.gauge(world_.offlineLine, world_.unhealthy.offline);
    for (std::size_t g = 0; g < world_.groups.size(); ++g) {
        for (const auto& [partition, line] : world_.lagLines[g]) {
            const Replica* leader = world_.leaderReplica(partition);
            const Offset position = world_.groupPosition(static_cast<GroupIndex>(g), partition);
            if (leader && position != kUnknownOffset)
                rolls.gauge(line, std::max<Offset>(0, leader->highWatermark - position));
        }
        Histogram latency;
        for (Cow<GroupConsumer>& member : world_.members) {
            if (member->group() != static_cast<GroupIndex>(g) || member->latency().total() == 0)
                continue;
            latency.add(member->latency());
            member.edit().clearLatency();
        }
        if (latency.total() == 0)
            continue; // nothing was delivered in this bucket
        rolls.gauge(world_.latencyLines[g].first, latency.quantile(500));
        rolls.gauge(world_.latencyLines[g].second, latency.quantile(990));
    }
    for (std::size_t i = 0; i < world_.pipelines.size(); ++i) {
        const PipelineJob& pipeline = *world_.pipelines[i];
        const Millis watermark = pipeline.windows().watermark();
        const DataTime& time = world_.topology->dataTimes[static_cast<std::size_t>(pipeline.topic())];
        if (watermark != kMinMillis && watermark != kMaxMillis)
            rolls.gauge(world_.watermarkLines[i], time.at(world_.now) - watermark);
    }
    for (std::size_t q = 0; q < world_.queues.size(); ++q)
        rolls.gauge(world_.queueLines[q].second, world_.queues[q]->ready());
    rolls.closeBucket();
    if (const auto broken = world_.invariants.check(world_))
        broke(*broken);
    for (Cow<Broker>& broker : world_.brokers) {
        if (broker->replicas().touched())
            broker.edit().forgetTouchedReplicas();
    }
}

void Simulation::broke(const InvariantBroken& what)
{
    if (world_.invariantBroken)
        return;
    world_.invariantBroken = true;
    tell(0, what);
}

} // namespace tideline
