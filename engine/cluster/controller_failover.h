// SPDX-License-Identifier: GPL-3.0-or-later
// Controller failover, then and now: what happens between the death of the controller and the first decision
// of the next one, with ZooKeeper (Kafka up to 3.9) and with a KRaft quorum, for a cluster of a given size.
//
// For teaching, and simplified: only what grows with the cluster or waits for a time-out is told; messages
// take their latency, handling them costs no time, and a phase begins when the one before it has ended. The
// quorum that runs in the lab is engine/quorum, not this. Pure. Sources: KafkaController of Kafka 3.9;
// KIP-500, KIP-595.
#pragma once

#include "engine/base/time.h"

#include <cstdint>
#include <vector>

namespace tideline {

struct FailoverSetting
{
    std::int32_t brokers = 3;     // >= 1
    std::int32_t controllers = 3; // voters, >= 1
    std::int32_t topics = 0;
    std::int32_t partitions = 0;
    Micros latency = 1'000;                      // µs one way
    Micros zookeeperSessionTimeout = 18'000'000; // zookeeper.session.timeout.ms
    Micros quorumFetchTimeout = 2'000'000;       // controller.quorum.fetch.timeout.ms
};

enum class FailoverStep : std::uint8_t {
    // ZooKeeper
    SessionExpires,    // the dead controller's session ends, and its node /controller with it
    WatchersTold,      // ZooKeeper tells every other broker that /controller is gone
    RaceForController, // each of them tries to create it; the first one is the controller
    EpochRaised,       // it reads and raises /controller_epoch
    TopicsRead,        // it reads who is alive, all topics and where their replicas are
    StatesRead,        // it reads leader, epoch and ISR of every partition
    BrokersTold,       // it tells every broker about every partition: UpdateMetadata, LeaderAndIsr
    // KRaft
    FetchTimesOut,  // a voter has not fetched for so long
    PreVote,        // it asks whether the others would vote for it
    Vote,           // it raises the epoch and asks for their votes
    EpochBegins,    // it tells the voters
    EpochCommitted, // a majority has fetched its first record
};

struct FailoverPhase
{
    FailoverStep step{};
    Micros from = 0; // µs after the death
    Micros to = 0;
    std::int64_t messages = 0; // requests and answers, sessions and watches included
};

std::vector<FailoverPhase> zookeeperFailover(const FailoverSetting& setting);
// Empty when a voter's death leaves no majority: nobody can be elected.
std::vector<FailoverPhase> kraftFailover(const FailoverSetting& setting);

} // namespace tideline
