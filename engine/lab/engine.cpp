// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/engine.h"

#include "engine/lab/judge_command.h"
#include "engine/lab/new_world.h"
#include "engine/lab/simulation.h"
#include "engine/lab/views.h"
#include "engine/lab/world_hash.h"

#include <algorithm>
#include <limits>

namespace tideline {

Engine::Engine(const Scenario& scenario, std::vector<TapePtr> tapes)
    : world_(std::make_unique<World>(newWorld(scenario, tapes)))
{}
Engine::Engine(const Engine& other)
    : world_(std::make_unique<World>(*other.world_))
{}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(const Engine& other)
{
    if (this != &other)
        world_ = std::make_unique<World>(*other.world_);
    return *this;
}
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

const Scenario& Engine::scenario() const
{
    return *world_->topology->scenario;
}
Micros Engine::now() const
{
    return world_->now;
}
std::int64_t Engine::events() const
{
    return world_->events;
}
FactNumber Engine::facts() const
{
    return world_->journal.total();
}
bool Engine::invariantBroken() const
{
    return world_->invariantBroken;
}
bool Engine::ended() const
{
    // Several events may stand at the very end: the run ends with the last of them, however it is sliced.
    return world_->invariantBroken || (now() >= scenario().duration && nextEventTime() > scenario().duration);
}
Micros Engine::nextEventTime() const
{
    return world_->invariantBroken ? kNever : world_->queue->nextTime();
}

void Engine::advanceTo(Micros time, Observer* observer)
{
    advanceSome(time, std::numeric_limits<std::int64_t>::max(), observer);
}

std::int64_t Engine::advanceSome(Micros time, std::int64_t maxEvents, Observer* observer)
{
    const Micros limit = std::min(time, scenario().duration);
    Simulation simulation(*world_, observer);
    std::int64_t handled = 0;
    while (handled < maxEvents && simulation.handleNext(limit))
        ++handled;
    if (handled < maxEvents && !world_->invariantBroken)
        simulation.passTo(limit);
    return handled;
}

bool Engine::stepEvent(Observer* observer)
{
    return Simulation(*world_, observer).handleNext(scenario().duration);
}

bool Engine::stepFact(Observer* observer)
{
    const FactNumber before = facts();
    Simulation simulation(*world_, observer);
    while (facts() == before) {
        if (!simulation.handleNext(scenario().duration)) {
            if (!world_->invariantBroken)
                simulation.passTo(scenario().duration);
            return false;
        }
    }
    return true;
}

std::optional<Error> Engine::apply(const Command& command)
{
    if (invariantBroken() || now() >= scenario().duration)
        return Error{"the run has ended at " + std::to_string(toMillis(now())) +
                     " ms; go back in time or start it again to act"};
    if (auto error = judgeCommand(*world_, command))
        return error;
    const TimedCommand timed{world_->now + 1, command};
    world_->acts.push_back(timed);
    std::vector<TimedCommand>& commands = world_->commands.edit();
    commands.push_back(timed);
    world_->queue.edit().pushAct(
        timed.at, Event{0, kNone, CarryOutAct{static_cast<std::int32_t>(commands.size() - 1)}});
    return std::nullopt;
}

const std::vector<TimedCommand>& Engine::acts() const
{
    return world_->acts;
}

Frame Engine::frame(const ViewRequest& request) const
{
    return makeFrame(*world_, request);
}

std::uint64_t Engine::hash() const
{
    return hashWorld(*world_);
}

std::vector<std::string> Engine::audit() const
{
    return auditWorld(*world_);
}

LedgerNumbers Engine::ledger(GroupIndex group) const
{
    return world_->ledger.numbers(group);
}

const CowPages<Fact, 256>& Engine::journal() const
{
    return world_->journal.facts();
}

std::shared_ptr<const Directory> Engine::names() const
{
    return world_->names;
}

} // namespace tideline
