// SPDX-License-Identifier: GPL-3.0-or-later
// "queues": message queues beside the log, each fed by a producer and read by its own consumers.
#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_objects.h"

namespace tideline {

namespace {

constexpr std::size_t kMostQueues = 16;
constexpr std::size_t kMostConsumers = 64;     // of one queue
constexpr std::int64_t kMostPrefetch = 65'535; // AMQP's prefetch-count is a short
constexpr std::int64_t kMostMessages = 1'000'000'000'000;
constexpr Micros kLongestCost = 60'000'000;

void setConsumers(ScenarioReading& reading, std::string_view where, const ScenarioKey&, const JsonNode& node,
                  QueueSpec& queue)
{
    const std::string list = std::string(where) + " consumers";
    readList(reading, list, node, kMostConsumers, [&](const std::string& place, const JsonNode& entry) {
        QueueConsumerSpec consumer;
        if (!readObject(reading, place, "a queue's consumer", entry, queueConsumerKeys(), consumer))
            return;
        if (!entry.find("name"))
            reading.refuse(place, "its name is missing, by which it is shown; add \"name\"");
        requireNewName(reading, place, "consumer", consumer.name, queue.consumers);
        if (consumer.until <= consumer.from)
            reading.refuse(place, "until " + inQuotes(formatDuration(consumer.until)) +
                                      " is not after from " + inQuotes(formatDuration(consumer.from)) +
                                      ", when it comes; write a later time");
        queue.consumers.push_back(std::move(consumer));
    });
}

void readQueue(ScenarioReading& reading, const std::string& where, const JsonNode& entry)
{
    QueueSpec queue;
    if (!readObject(reading, where, "a queue", entry, queueKeys(), queue))
        return;
    if (!entry.find("name"))
        reading.refuse(where, "its name is missing, by which it is shown; add \"name\"");
    requireNewName(reading, where, "queue", queue.name, reading.scenario.queues);
    if (!entry.find("from"))
        reading.refuse(where, "its from is missing, the producer whose records it gets; add \"from\"");
    else if (!queue.from.empty())
        requireListed(reading, where, "from", queue.from, namesOf(reading.scenario.producers),
                      "is not a producer of the scenario", "add it to \"producers\"");
    reading.scenario.queues.push_back(std::move(queue));
}

} // namespace

const std::vector<KeyOf<QueueSpec>>& queueKeys()
{
    using Q = QueueSpec;
    static const std::vector<KeyOf<Q>> kKeys = {
        textKey<&Q::name>("name"),
        textKey<&Q::from>("from"),
        wholeKey<&Q::prefetch>("prefetch", 0, kMostPrefetch, "0 is no limit"),
        wholeKey<&Q::memoryMessages>("memory-messages", 0, kMostMessages),
        durationKey<&Q::messageCost>("message-cost", 1, kLongestCost),
        durationKey<&Q::pageCost>("page-cost", 0, kLongestCost),
        specialKey<Q>("consumers", ValueKind::List, setConsumers),
    };
    return kKeys;
}

const std::vector<KeyOf<QueueConsumerSpec>>& queueConsumerKeys()
{
    using C = QueueConsumerSpec;
    static const std::vector<KeyOf<C>> kKeys = {
        textKey<&C::name>("name"),
        durationKey<&C::from>("from", 0, kLongestDuration),
        durationKey<&C::until>("until", 1, kLongestDuration),
        durationKey<&C::work>("work", 0, kLongestCost),
    };
    return kKeys;
}

void readQueues(ScenarioReading& reading, const JsonNode& node)
{
    readList(reading, "queues", node, kMostQueues,
             [&](const std::string& where, const JsonNode& entry) { readQueue(reading, where, entry); });
}

} // namespace tideline
