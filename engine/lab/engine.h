// SPDX-License-Identifier: GPL-3.0-or-later
// Engine: the whole lab as one value: cluster, clients, pipelines, network, clock, chance and journal.
//
// 1. Copying is cheap (state is shared until written) and a copy is independent: a keyframe, a branch, a
// what-if.
// 2. Same scenario, same seed, same commands: the same events, the same journal, the same hash, on every
// machine.
// 3. Looking never changes anything: frame(), hash() and the other const members are pure.
// 4. An observer is no part of the value and cannot change it.
// Thread rule: one engine belongs to one thread at a time; copies may be used on different threads at once.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/error.h"
#include "engine/lab/command.h"
#include "engine/lab/fact.h"
#include "engine/lab/frame.h"
#include "engine/lab/scenario.h"
#include "engine/lab/tape.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tideline {

class Observer;
struct World; // engine/lab/world.h: the state itself

// Bytes or counts by owner, for `--print metrics`.
struct MetricLine
{
    std::string name;
    std::int64_t value = 0;
    std::string_view unit; // "bytes", "records", "events", ...
};

class Engine
{
public:
    // `tapes`: one for each producer of the scenario that replays a log, in their order.
    explicit Engine(const Scenario& scenario, std::vector<TapePtr> tapes = {});
    Engine(const Engine&);
    Engine(Engine&&) noexcept;
    Engine& operator=(const Engine&);
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    const Scenario& scenario() const;
    Micros now() const;          // µs since the run began
    std::int64_t events() const; // handled so far
    FactNumber facts() const;    // given so far
    bool ended() const;          // the duration is reached, or an invariant broke
    bool invariantBroken() const;
    // Time of the next event, kNever when there is none.
    Micros nextEventTime() const;

    // Handles every event up to and including `time` (at most the duration) and leaves the clock there.
    // The slice may be cut at will: advanceTo(a), advanceTo(b) is advanceTo(b).
    void advanceTo(Micros time, Observer* observer = nullptr);
    // As advanceTo, but stops after `maxEvents` events, with the clock at the last one. Returns how many were
    // handled.
    std::int64_t advanceSome(Micros time, std::int64_t maxEvents, Observer* observer = nullptr);
    // Handles one event; false when the run has ended.
    bool stepEvent(Observer* observer = nullptr);
    // Handles events until a new fact is there; false when the run ended before.
    bool stepFact(Observer* observer = nullptr);

    // A person's act. It takes effect 1 µs later, before everything else at that time, so that a script with
    // that time repeats it exactly. An act that cannot be done changes nothing and says why in one sentence.
    std::optional<Error> apply(const Command& command);
    // What apply() accepted so far, with the times at which it took effect.
    const std::vector<TimedCommand>& acts() const;

    Frame frame(const ViewRequest& request) const;
    // Of journal and state, rolling: equal hashes mean equal runs (XXH3, 64 bits).
    std::uint64_t hash() const;
    // Reads all logs and states and compares them with each other; the sentences of what is wrong, empty when
    // all is well.
    std::vector<std::string> audit() const;

    std::vector<MetricLine> metrics() const;
    LedgerNumbers ledger(GroupIndex group) const;
    const CowPages<Fact, 256>& journal() const;
    std::shared_ptr<const Directory> names() const;
    // The state as text, one line a thing, in the order of the field lists.
    std::string printState() const;

    const World& world() const { return *world_; }

private:
    std::unique_ptr<World> world_;
};

// One fact as a line of `--print journal`: "12 0:00:20.000000 BrokerKilled broker=2 <- 3".
std::string printFact(const Fact& fact, const Directory& names);
std::string_view factName(const FactBody& body);

// The life of the record at `offset` of `partition` as it is at `until`, found by running a copy of `start`
// (an engine at an earlier time, usually the beginning) again with an observer. `keepGoing` is asked now and
// then; false gives up.
std::optional<RecordLife> lifeOfRecord(Engine start, PartitionIndex partition, Offset offset, Micros until,
                                       bool (*keepGoing)(void*) = nullptr, void* context = nullptr);

} // namespace tideline
