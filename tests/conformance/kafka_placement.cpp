// SPDX-License-Identifier: GPL-3.0-or-later
// Where Kafka's placer put the replicas of new topics, and every number it drew on the way.
#include "engine/cluster/striped_placement.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::vectors;

namespace {

// java.util.Random, which gave the placer its numbers: 48 bits, linear congruential.
class JavaRandom
{
public:
    explicit JavaRandom(std::uint64_t seed)
        : state_((seed ^ kMultiplier) & kMask)
    {}

    std::uint32_t below(std::uint32_t bound)
    {
        constexpr std::uint64_t kHalf = std::uint64_t{1} << 31;
        std::uint64_t number = next31();
        if ((bound & (bound - 1)) == 0)
            return static_cast<std::uint32_t>((bound * number) >> 31);
        while (number - number % bound + bound - 1 >= kHalf)
            number = next31(); // from the last, incomplete run of remainders
        return static_cast<std::uint32_t>(number % bound);
    }

private:
    static constexpr std::uint64_t kMultiplier = 0x5DEECE66D;
    static constexpr std::uint64_t kMask = (std::uint64_t{1} << 48) - 1;

    std::uint64_t next31()
    {
        state_ = (state_ * kMultiplier + 0xB) & kMask;
        return state_ >> 17;
    }

    std::uint64_t state_;
};

std::vector<UsableBroker> brokersOf(const Json& input)
{
    std::vector<UsableBroker> brokers;
    for (const Json& broker : input)
        brokers.push_back(UsableBroker{broker.at("id").get<BrokerId>(), broker.value("rack", ""),
                                       broker.value("fenced", false)});
    return brokers;
}

std::optional<Mismatch> replayPlacement(const VectorCase& testCase)
{
    const std::vector<UsableBroker> brokers = brokersOf(testCase.input);
    const auto replicationFactor = testCase.config.at("replication_factor").get<std::int32_t>();
    JavaRandom random(testCase.config.at("seed").get<std::uint64_t>());
    Json calls = Json::array();
    const std::vector<BrokerIds> placed =
        placeStriped(brokers, testCase.config.at("partitions").get<std::int32_t>(), replicationFactor,
                     [&](std::uint32_t bound) {
                         const std::uint32_t number = random.below(bound);
                         calls.push_back({bound, number});
                         return number;
                     });
    // The recorder gives up on very long lists of calls.
    Json actual = {{"random_calls", testCase.expect.at("random_calls").is_null() ? Json() : calls}};
    if (const std::string fault = placementFault(brokers, replicationFactor); !fault.empty()) {
        actual["error"] = "InvalidReplicationFactorException";
        actual["message"] = fault;
    } else {
        actual["assignment"] = Json::array();
        for (const BrokerIds& replicas : placed)
            actual["assignment"].push_back(Json(std::vector<BrokerId>(replicas.begin(), replicas.end())));
    }
    return compare(-1, testCase.expect, actual);
}

} // namespace

class KafkaPlacement : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayPlacement); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/placement.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 282,
                      .listed = {},
                      .notBuiltYet = nullptr}};
};

QTEST_APPLESS_MAIN(KafkaPlacement)
#include "kafka_placement.moc"
