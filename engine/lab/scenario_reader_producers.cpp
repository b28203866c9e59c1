// SPDX-License-Identifier: GPL-3.0-or-later
// "producers": their Kafka config and the rules between its keys. What they send is in
// scenario_reader_sources.cpp.
#include "engine/lab/scenario_reader_objects.h"

#include <array>

namespace tideline {

namespace {

constexpr std::size_t kMostProducers = 1'000;
constexpr std::int64_t kMaxInt = 2'147'483'647; // Kafka's INT keys
constexpr std::int64_t kMaxMilliseconds =
    86'400'000'000; // 1000 days; Kafka's LONG keys go further than a run lasts
constexpr std::int64_t kMostBufferMemory = 1'000'000'000'000;

constexpr auto kPartitioners = std::to_array<std::string_view>(
    {"RoundRobinPartitioner", "org.apache.kafka.clients.producer.RoundRobinPartitioner"});
constexpr auto kAcks = std::to_array<std::string_view>({"0", "1", "all"});

// "all", "1", "0" as in Kafka's properties, or 1, 0, -1 as numbers.
void setAcks(ScenarioReading& reading, std::string_view where, const ScenarioKey& key, const JsonNode& node,
             ProducerSpec& producer)
{
    const bool scalar = node.isText() || node.kind == JsonNode::Kind::Number;
    if (scalar && (node.text == "all" || node.text == "-1"))
        producer.acks = -1;
    else if (scalar && node.text == "0")
        producer.acks = 0;
    else if (scalar && node.text == "1")
        producer.acks = 1;
    else
        reading.refuse(where, key, node, " is none of 0, 1 and all (INVALID_REQUIRED_ACKS); use one of them");
}

void setPartitioner(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                    const JsonNode& node, ProducerSpec& producer)
{
    if (node.kind == JsonNode::Kind::Null || !readChoice(reading, where, key, node))
        return; // null is Kafka's default: the built-in partitioner
    producer.partitioner = Partitioner::RoundRobin;
}

void setConfig(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
               ProducerSpec& producer)
{
    if (!readObject(reading, where, "a producer's config", node, producerConfigKeys(), producer))
        return;
    // ProducerConfig.configureDeliveryTimeout: an explicit value that is too small is refused, the default is
    // raised.
    const Micros least = producer.linger + producer.requestTimeout;
    if (producer.deliveryTimeout >= least)
        return;
    if (node.find("delivery.timeout.ms"))
        reading.refuse(where,
                       "delivery.timeout.ms " + std::to_string(toMillis(producer.deliveryTimeout)) +
                           " is below linger.ms + request.timeout.ms = " + std::to_string(toMillis(least)) +
                           ", Kafka's least (ConfigException); raise it or lower them");
    else
        producer.deliveryTimeout = least;
}

void setSource(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
               ProducerSpec& producer)
{
    readSource(reading, where, node, producer);
}

void readProducer(ScenarioReading& reading, const std::string& where, const JsonNode& entry)
{
    ProducerSpec producer;
    if (!readObject(reading, where, "a producer", entry, producerKeys(), producer))
        return;
    if (!entry.find("source")) {
        producer.generator = GeneratorSpec{};
        reading.fields.push_back({producer.topic, {"eur"}});
    }
    if (!entry.find("name"))
        reading.refuse(where, "its name is missing, by which others refer to it; add \"name\"");
    requireNewName(reading, where, "producer", producer.name, reading.scenario.producers);
    if (!entry.find("topic"))
        reading.refuse(where, "its topic is missing, without which it has nowhere to send; add \"topic\"");
    else if (!producer.topic.empty())
        requireTopic(reading, where, "topic", producer.topic);
    reading.scenario.producers.push_back(std::move(producer));
}

} // namespace

const std::vector<KeyOf<ProducerSpec>>& producerKeys()
{
    static const std::vector<KeyOf<ProducerSpec>> kKeys = {
        textKey<&ProducerSpec::name>("name"),
        textKey<&ProducerSpec::topic>("topic", 249),
        specialKey<ProducerSpec>("config", ValueKind::Object, setConfig),
        specialKey<ProducerSpec>("source", ValueKind::Other, setSource),
    };
    return kKeys;
}

const std::vector<KeyOf<ProducerSpec>>& producerConfigKeys()
{
    using P = ProducerSpec;
    static const std::vector<KeyOf<P>> kKeys = {
        {{"acks", ValueKind::Choice, 0, 0, {}, kAcks, {}}, setAcks},
        wholeKey<&P::batchSize>("batch.size", 0, kMaxInt, "Kafka's range"),
        millisecondsKey<&P::linger>("linger.ms", 0, kMaxMilliseconds, "Kafka's least is 0"),
        choiceKey<&P::compression>("compression.type", kProducerCompressions),
        wholeKey<&P::retries>("retries", 0, kMaxInt, "Kafka's range"),
        millisecondsKey<&P::deliveryTimeout>("delivery.timeout.ms", 0, kMaxInt, "Kafka's range"),
        millisecondsKey<&P::requestTimeout>("request.timeout.ms", 1, kMaxInt),
        millisecondsKey<&P::retryBackoff>("retry.backoff.ms", 0, kMaxMilliseconds, "Kafka's least is 0"),
        millisecondsKey<&P::retryBackoffMax>("retry.backoff.max.ms", 0, kMaxMilliseconds,
                                             "Kafka's least is 0"),
        wholeKey<&P::maxInFlight>("max.in.flight.requests.per.connection", 1, kMaxInt, "Kafka's range"),
        wholeKey<&P::maxRequestSize>("max.request.size", 0, kMaxInt, "Kafka's range"),
        wholeKey<&P::bufferMemory>("buffer.memory", 0, kMostBufferMemory, "Kafka's least is 0"),
        millisecondsKey<&P::metadataMaxAge>("metadata.max.age.ms", 1, kMaxMilliseconds),
        {{"partitioner.class", ValueKind::Choice, 0, 0, {}, kPartitioners, {}}, setPartitioner},
        flagKey<&P::ignoreKeys>("partitioner.ignore.keys"),
    };
    return kKeys;
}

void readProducers(ScenarioReading& reading, const JsonNode& node)
{
    readList(reading, "producers", node, kMostProducers,
             [&](const std::string& where, const JsonNode& entry) { readProducer(reading, where, entry); });
}

} // namespace tideline
