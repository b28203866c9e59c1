// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/controller_failover.h"

#include <utility>

namespace tideline {

namespace {

class Phases
{
public:
    void add(FailoverStep step, Micros duration, std::int64_t messages)
    {
        const Micros from = list_.empty() ? 0 : list_.back().to;
        list_.push_back({step, from, from + duration, messages});
    }
    std::vector<FailoverPhase> take() { return std::move(list_); }

private:
    std::vector<FailoverPhase> list_;
};

} // namespace

std::vector<FailoverPhase> zookeeperFailover(const FailoverSetting& setting)
{
    const Micros roundTrip = 2 * setting.latency;
    const std::int64_t others = setting.brokers - 1;
    Phases phases;
    phases.add(FailoverStep::SessionExpires, setting.zookeeperSessionTimeout, 0);
    phases.add(FailoverStep::WatchersTold, setting.latency, others);
    phases.add(FailoverStep::RaceForController, roundTrip, 2 * others);
    phases.add(FailoverStep::EpochRaised, 2 * roundTrip, 4); // read, then write under its version
    // The children of /brokers/ids and /brokers/topics, then each of them; requests are sent without waiting
    // for the answers before.
    phases.add(FailoverStep::TopicsRead, 2 * roundTrip, 2 * (2 + others + setting.topics));
    phases.add(FailoverStep::StatesRead, roundTrip, 2 * std::int64_t{setting.partitions});
    phases.add(FailoverStep::BrokersTold, roundTrip, 2 * 2 * others);
    return phases.take();
}

std::vector<FailoverPhase> kraftFailover(const FailoverSetting& setting)
{
    const Micros roundTrip = 2 * setting.latency;
    const std::int64_t others = setting.controllers - 1;
    Phases phases;
    if (others < setting.controllers / 2 + 1)
        return phases.take();
    phases.add(FailoverStep::FetchTimesOut, setting.quorumFetchTimeout, 0);
    // To the dead one too: nobody answers for it.
    const std::int64_t asked = others + (others - 1);
    phases.add(FailoverStep::PreVote, roundTrip, asked);
    phases.add(FailoverStep::Vote, roundTrip, asked);
    phases.add(FailoverStep::EpochBegins, roundTrip, asked);
    phases.add(FailoverStep::EpochCommitted, 2 * roundTrip,
               4 * (others - 1)); // a fetch brings it, the next one says so
    return phases.take();
}

} // namespace tideline
