// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sample_frames.h"

#include "engine/base/random.h"

#include <algorithm>
#include <bit>

namespace tideline::samples {

namespace {

constexpr Micros kSecond = kMicrosPerSecond;
constexpr int kCellsUpTo = 64;   // partitions
constexpr int kRecentCells = 13; // of a producer

std::shared_ptr<const Directory> directory(int brokers, int partitions)
{
    auto names = std::make_shared<Directory>();
    names->addTopic("orders", partitions, false, 3);
    names->producers = {"sensors", "clicks"};
    names->groups = {"billing"};
    for (int member = 0; member < 4; ++member)
        names->members.push_back({"billing-" + std::to_string(member + 1), 0});
    names->pipelines = {"revenue"};
    names->brokers = brokers;
    names->controllers = 1;
    return names;
}

Frame base(int brokers, int partitions, int step)
{
    Frame frame;
    frame.version = static_cast<std::uint64_t>(step) + 1;
    frame.now = 83'450'000 + step * 16'000;
    frame.duration = 135 * kSecond;
    frame.events = 120'000 + step;
    frame.seed = 1;
    frame.title = "Orders";
    frame.names = directory(brokers, partitions);
    frame.watermark = 78'200 + step * 16;
    frame.watermarkLag = 5'250'000;
    frame.cluster.partitions = partitions;
    frame.cluster.controllers.push_back({1, true, true, 1, 120'000, 4'321 + step});
    frame.cluster.controllers.back().role = RaftRole::Leader;
    return frame;
}

std::vector<RecordCell> cells(int partition, Offset end, int count)
{
    std::vector<RecordCell> all;
    for (Offset offset = std::max<Offset>(0, end - count); offset < end; ++offset) {
        Random random(static_cast<std::uint64_t>(partition), static_cast<std::uint64_t>(offset));
        all.push_back({offset, static_cast<std::uint8_t>(random.below(8)), partition % 2, offset});
    }
    return all;
}

ClusterFrame::Replica replica(int partition, BrokerId broker, int step)
{
    const Offset end = 1'620 + 47 * (partition % 7) + 13 * partition + step;
    ClusterFrame::Replica row;
    row.partition = partition;
    row.leader = broker == 1 + partition % 3;
    const bool behind = broker == 2 && partition % 3 == 2;
    row.inIsr = !behind;
    row.lag = row.leader ? 0 : behind ? 3 + 5 * (partition % 4) : (partition + broker) % 2;
    row.leo = end - row.lag;
    row.hw = std::min(row.leo, end - (row.leader ? 2 : 3));
    row.epoch = 7;
    if (row.leader)
        row.marks.push_back({0, end - 6, end - 9});
    return row;
}

ClusterFrame::Broker broker(BrokerId id, int partitions, int step, int cellsOfRow)
{
    ClusterFrame::Broker made;
    made.id = id;
    made.since = 2 * kSecond;
    made.brokerEpoch = 10 + id;
    for (int partition = 0; partition < partitions; ++partition) {
        made.rows.push_back(replica(partition, id, step));
        ClusterFrame::Replica& row = made.rows.back();
        if (partitions <= kCellsUpTo)
            row.cells = cells(partition, row.leo, cellsOfRow);
        made.leaders += row.leader ? 1 : 0;
        made.inSync += row.inIsr ? 1 : 0;
    }
    made.replicas = partitions;
    return made;
}

void addProducers(Frame& frame, int step)
{
    for (ProducerIndex index = 0; index < 2; ++index) {
        ClusterFrame::Producer producer;
        producer.index = index;
        producer.topic = "orders";
        producer.acks = index == 0 ? -1 : 1;
        producer.keyed = index == 0;
        producer.recordsPerSecond = 200;
        producer.produced = 10'700 + step;
        producer.acknowledged = 10'694 + step;
        producer.recent = cells(index + 1, 40 + step / 4, kRecentCells);
        frame.cluster.producers.push_back(std::move(producer));
    }
}

void addGroup(Frame& frame, int partitions)
{
    ClusterFrame::Group group;
    group.state = GroupState::Stable;
    group.generation = 12;
    group.coordinator = 2;
    const int lags[] = {12, 7, 21, 22};
    for (MemberIndex index = 0; index < 4; ++index) {
        ClusterFrame::Member member;
        member.index = index;
        member.state = MemberState::Stable;
        member.since = 80 * kSecond;
        member.lag = lags[index];
        for (int partition = partitions * index / 4; partition < partitions * (index + 1) / 4; ++partition)
            member.partitions.push_back(partition);
        group.lag += member.lag;
        group.members.push_back(std::move(member));
    }
    group.ledger = {10'760, 10'694, 0, 10'682, 14, 14, 0, 62};
    frame.cluster.groups.push_back(std::move(group));
}

void addPipeline(Frame& frame)
{
    ClusterFrame::Pipeline pipeline;
    pipeline.size = pipeline.slide = 10'000;
    pipeline.lateness = 5'000;
    pipeline.outOfOrderness = 5'000;
    pipeline.watermark = frame.watermark;
    pipeline.records = 10'694;
    pipeline.dropped = 4;
    for (int window = 0; window < 5; ++window) {
        const WindowState state = window < 2    ? WindowState::Final
                                  : window == 2 ? WindowState::Fired
                                                : WindowState::Open;
        const std::int64_t counts[] = {2'010, 1'987, 1'954, 1'210, 140};
        pipeline.windows.push_back({50'000 + window * 10'000, 60'000 + window * 10'000, state, counts[window],
                                    window < 2 ? counts[window] : 2'000, window == 1 ? 4 : 0});
    }
    frame.cluster.pipelines.push_back(std::move(pipeline));
}

// Nodes: brokers 0..2, controller 3, producers 4 and 5, the pipeline 6, members 7..10.
void addFlights(Frame& frame, int step)
{
    using Kind = ClusterFrame::Flight::Kind;
    const ClusterFrame::Flight flights[] = {
        {Kind::Produce, 4, 0, 300, 0, 12, 0, false},        {Kind::Produce, 4, 1, 620, 1, 12, 1, false},
        {Kind::Produce, 5, 2, 480, 2, 3, 6, false},         {Kind::ProduceAck, 0, 5, 450, 3, 0, 255, false},
        {Kind::ReplicaFetch, 1, 0, 400, 0, 0, 255, false},  {Kind::ReplicaData, 0, 2, 550, 0, 12, 2, false},
        {Kind::ConsumerFetch, 8, 1, 300, 2, 0, 255, false}, {Kind::ConsumerData, 2, 10, 600, 5, 40, 3, false},
        {Kind::ConsumerData, 0, 6, 500, 0, 40, 4, false},   {Kind::Control, 1, 3, 500, kNone, 0, 255, false}};
    for (ClusterFrame::Flight flight : flights) {
        flight.permille = (flight.permille + step * 20) % 1000;
        frame.cluster.flights.push_back(flight);
    }
}

void addTimeline(Frame& frame)
{
    for (int second = 0; second < 84; ++second) {
        Random random(7, static_cast<std::uint64_t>(second));
        frame.timeline.density.push_back(40 + 30 * (second / 9 % 3) + random.between(0, 40));
    }
    FactNumber number = 100;
    const auto mark = [&](Micros time, FactBody body) {
        frame.timeline.marks.push_back({number++, time, body});
    };
    mark(16'200'000, ControllerElected{3, 1});
    mark(35'100'000, RebalanceStarted{0, 11});
    mark(38'200'000, GenerationStarted{0, 12, 4});
    mark(55'300'000, BrokerKilled{2});
    mark(64'300'000, BrokerFenced{2, 55'000'000});
    mark(67'500'000, RecordsDroppedLate{0, 1, 1'702, 58'100, 4});
    mark(77'000'000, BrokerUnfenced{2});
}

} // namespace

Frame cluster(int partitions, int step, int cells)
{
    Frame frame = base(3, partitions, step);
    for (BrokerId id = 1; id <= 3; ++id)
        frame.cluster.brokers.push_back(broker(id, partitions, step, cells));
    addProducers(frame, step);
    addGroup(frame, partitions);
    addPipeline(frame);
    addFlights(frame, step);
    addTimeline(frame);
    frame.cluster.underReplicated = (partitions + 1) / 3;
    frame.cluster.recordsInLogs = 10'694 + step;
    return frame;
}

Frame troubledCluster(int partitions)
{
    Frame frame = cluster(partitions);
    ClusterFrame& cluster = frame.cluster;
    cluster.brokers[2].state = BrokerState::Stopped;
    cluster.brokers[2].since = 41 * kSecond;
    cluster.brokers[1].state = BrokerState::Fenced;
    cluster.brokers[1].since = 50 * kSecond;
    cluster.cuts.push_back({0, 1});
    cluster.flights.front().held = true;
    cluster.groups[0].state = GroupState::PreparingRebalance;
    cluster.groups[0].members[2].state = MemberState::Crashed;
    cluster.groups[0].members[2].since = 58 * kSecond;
    cluster.groups[0].members[3].state = MemberState::Joining;
    cluster.groups[0].members[3].since = 80 * kSecond;
    cluster.groups[0].members[3].partitions.clear();
    cluster.groups[0].ledger.lost = 3;
    return frame;
}

Frame scale(int brokers, int partitions, int step)
{
    Frame frame = base(brokers, partitions, step);
    ClusterFrame& cluster = frame.cluster;
    cluster.scale = true;
    for (BrokerId id = 1; id <= brokers; ++id) {
        ClusterFrame::Broker made;
        made.id = id;
        made.state = id >= 42 && id <= 44 ? BrokerState::Fenced : BrokerState::Running;
        made.since = made.state == BrokerState::Running ? 2 * kSecond : 41 * kSecond;
        made.replicas = made.inSync = partitions * 3 / brokers;
        made.leaders =
            made.state == BrokerState::Running ? partitions / brokers + static_cast<int>(id * 7 % 13) : 0;
        cluster.brokers.push_back(std::move(made));
    }
    using Health = ClusterFrame::Health;
    for (int partition = 0; partition < partitions; ++partition) {
        Random random(static_cast<std::uint64_t>(partition), static_cast<std::uint64_t>(step / 8));
        const BrokerId preferred = 1 + partition % brokers;
        const std::uint64_t dice = random.below(100);
        const bool fenced = preferred >= 42 && preferred <= 44;
        const Health health = fenced      ? (dice < 40   ? Health::Offline
                                             : dice < 60 ? Health::UnderMinIsr
                                                         : Health::UnderReplicated)
                              : dice < 94 ? Health::Healthy
                              : dice < 97 ? Health::Idle
                              : dice < 99 ? Health::UnderReplicated
                                          : Health::UnderMinIsr;
        cluster.blocks.push_back(health);
        const auto lag = static_cast<std::uint8_t>(std::countr_zero(random.next() | 128));
        cluster.blockLag.push_back(lag);
        cluster.blockLeader.push_back(preferred);
        cluster.underReplicated += health == Health::UnderReplicated ? 1 : 0;
        cluster.underMinIsr += health == Health::UnderMinIsr ? 1 : 0;
        cluster.offline += health == Health::Offline ? 1 : 0;
    }
    cluster.recordsInLogs = 412'000'000;
    return frame;
}

Frame empty()
{
    Frame frame;
    frame.duration = 60 * kSecond;
    frame.names = std::make_shared<const Directory>();
    return frame;
}

} // namespace tideline::samples
