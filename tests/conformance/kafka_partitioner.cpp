// SPDX-License-Identifier: GPL-3.0-or-later
// Where Kafka's producer put records: by key, by weighted draws, and sticking to a partition through the
// accumulator.
#include "engine/clients/built_in_partitioner.h"
#include "engine/clients/murmur2.h"
#include "engine/clients/partition_order.h"
#include "engine/clients/record_accumulator.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <map>

using namespace tideline;
using namespace tideline::vectors;

namespace {

constexpr BrokerId kBroker = 1;
// The recorder's topic. Its name is in no case, but it decides the order in which a Java client holds the
// partitions.
constexpr const char* kTopic = "t";

std::optional<Mismatch> replayKey(const VectorCase& testCase)
{
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const std::string key = fromHex(testCase.input[i].get<std::string>());
        Json partitions = Json::array();
        for (const Json& count : testCase.config.at("partition_counts"))
            partitions.push_back(partitionForKey(key, count.get<std::int32_t>()));
        const Json actual = {
            {"murmur2", murmur2(key)}, {"positive", toPositive(murmur2(key))}, {"p", partitions}};
        if (auto mismatch = compare(static_cast<std::ptrdiff_t>(i), testCase.expect.at(i), actual))
            return mismatch;
    }
    return std::nullopt;
}

// Racks by name to dense numbers, as the engine has them.
class RackNumbers
{
public:
    std::int32_t of(const Json& name)
    {
        if (!name.is_string() || name.get<std::string>().empty())
            return kNone;
        return numbers_.emplace(name.get<std::string>(), static_cast<std::int32_t>(numbers_.size()))
            .first->second;
    }

private:
    std::map<std::string, std::int32_t> numbers_;
};

std::vector<PartitionLeader> leadersOf(const Json& input, RackNumbers& racks)
{
    std::vector<PartitionLeader> leaders(input.at("partitions").get<std::size_t>(),
                                         PartitionLeader{kBroker, 0, kNone});
    const Json names = input.value("leader_racks", Json::array());
    for (std::size_t p = 0; p < std::min(names.size(), leaders.size()); ++p)
        leaders[p].rack = racks.of(names[p]);
    for (const Json& partition : input.value("leaderless", Json::array()))
        leaders.at(partition.get<std::size_t>()) = PartitionLeader{};
    return leaders;
}

std::optional<Mismatch> replayWeights(const VectorCase& testCase)
{
    const Json& input = testCase.input.at(0);
    RackNumbers racks;
    const std::vector<PartitionLeader> leaders = leadersOf(input, racks);
    std::vector<PartitionLoad> loads;
    for (std::size_t i = 0; i < input.at("length").get<std::size_t>(); ++i) {
        const auto partition = input.at("partition_ids").at(i).get<std::int32_t>();
        loads.push_back({partition, input.at("queue_sizes").at(i).get<std::int32_t>(),
                         input.contains("leader_racks")
                             ? racks.of(input.at("leader_racks").at(static_cast<std::size_t>(partition)))
                             : kNone});
    }
    const bool rackAware = testCase.config.value("partitioner.rack.aware", false);
    BuiltInPartitioner partitioner(1, rackAware ? racks.of(input.value("client_rack", Json())) : kNone);
    partitioner.setLoad(loads, input.at("queue_sizes").size());
    Json partitions = Json::array();
    for (const Json& number : input.at("random")) {
        auto draw = [&] { return number.get<std::int32_t>(); };
        partitions.push_back(partitioner.choose(TopicLeaders(leaders), draw));
    }
    return compare(0, testCase.expect.at("partition"), partitions);
}

// A producer of null keys to one topic, all leaders on one broker.
class StickyProducer
{
public:
    explicit StickyProducer(const Json& config)
        : random_(config.at("random").get<std::vector<std::int32_t>>())
        , leaders_(config.at("partitions").get<std::size_t>(), PartitionLeader{kBroker, 0, kNone})
        , order_(javaPartitionOrder(kTopic, static_cast<std::int32_t>(leaders_.size())))
        , byTopic_{TopicLeaders(leaders_, &order_)}
    {
        AccumulatorConfig accumulatorConfig;
        accumulatorConfig.batchSize = config.at("batch.size").get<std::int32_t>();
        accumulatorConfig.linger = fromMillis(config.at("linger.ms").get<Millis>());
        accumulatorConfig.adaptive = config.at("partitioner.adaptive.partitioning.enable").get<bool>();
        const auto partitions = static_cast<std::int32_t>(leaders_.size());
        accumulator_ = RecordAccumulator(accumulatorConfig, std::span(&partitions, 1));
    }

    Json step(const Json& entry)
    {
        if (entry.at("op") == "append")
            return append(entry.at("value_bytes").get<std::size_t>());
        now_ += fromMillis(entry.at("advance").get<Millis>());
        return send();
    }
    std::size_t randomUsed() const { return used_; }

private:
    Json append(std::size_t valueBytes)
    {
        auto draw = [this] { return random_[used_++ % random_.size()]; };
        const std::string value(valueBytes, 'v');
        const AppendResult result =
            accumulator_.append(0, kNone, 1000, std::nullopt, value, now_, byTopic_[0], draw);
        return {{"partition", result.partition}, {"new_batch", result.newBatch}, {"full", result.full}};
    }
    Json send()
    {
        Json batches = Json::array();
        for (const BrokerId node : accumulator_.ready(byTopic_, now_).nodes) {
            for (const ProducerBatch& batch : accumulator_.drain(node, byTopic_, now_)) {
                batches.push_back({{"partition", batch.partition},
                                   {"records", batch.recordCount},
                                   {"bytes", batch.bytes.size()}});
                accumulator_.release(batch);
            }
        }
        return {{"batches", batches}};
    }

    std::vector<std::int32_t> random_;
    std::size_t used_ = 0;
    std::vector<PartitionLeader> leaders_;
    PartitionOrder order_;
    std::vector<TopicLeaders> byTopic_;
    RecordAccumulator accumulator_;
    Micros now_ = 0;
};

std::optional<Mismatch> replaySticky(const VectorCase& testCase)
{
    StickyProducer producer(testCase.config);
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const Json actual = producer.step(testCase.input[i]);
        if (auto mismatch =
                compare(static_cast<std::ptrdiff_t>(i), testCase.expect.at("steps").at(i), actual))
            return mismatch;
    }
    return compare(-1, testCase.expect.at("random_used"), producer.randomUsed());
}

} // namespace

class KafkaPartitioner : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay()
    {
        file_.judge([](const VectorCase& testCase) {
            const std::string kind = testCase.config.value("kind", "");
            return kind == "key"       ? replayKey(testCase)
                   : kind == "weights" ? replayWeights(testCase)
                                       : replaySticky(testCase);
        });
    }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/partitioner.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 278,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaPartitioner)
#include "kafka_partitioner.moc"
