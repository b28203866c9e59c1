// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/session_run.h"

#include <algorithm>
#include <iterator>

namespace tideline::model {

SessionRun::SessionRun(const Scenario& scenario, std::vector<TapePtr> tapes, std::int64_t keyframeSpacing)
    : tapes_(std::move(tapes))
    , engine_(scenario, tapes_)
    , keyframes_(engine_, keyframeSpacing)
{}

// An act takes effect 1 µs after it is made, so it is made again at its time - 1.
bool SessionRun::actIsNext(Micros time) const
{
    const std::size_t known = engine_.acts().size();
    return known < acts_.size() && acts_[known].at <= time;
}

std::int64_t SessionRun::advanceSome(Micros time, std::int64_t maxEvents)
{
    std::int64_t handled = 0;
    while (actIsNext(time)) {
        const TimedCommand& act = acts_[engine_.acts().size()];
        if (engine_.now() < act.at - 1) {
            handled += engine_.advanceSome(act.at - 1, maxEvents - handled);
            if (handled >= maxEvents || engine_.ended())
                return handled;
        }
        if (engine_.apply(act.command)) {
            // The same act at the same state was accepted before; what cannot be repeated must not block the
            // run.
            acts_.erase(acts_.begin() + static_cast<std::ptrdiff_t>(engine_.acts().size()));
        }
    }
    handled += engine_.advanceSome(time, maxEvents - handled);
    keyframes_.consider(engine_);
    return handled;
}

bool SessionRun::reached(Micros time) const
{
    return engine_.ended() || (engine_.now() >= time && engine_.nextEventTime() > time && !actIsNext(time));
}

std::optional<Error> SessionRun::apply(const Command& command)
{
    Engine before = engine_;
    if (std::optional<Error> refused = engine_.apply(command))
        return refused;
    keyframes_.dropAfter(before);
    acts_ = engine_.acts();
    return std::nullopt;
}

void SessionRun::approachTime(Micros time)
{
    const Engine& keyframe = keyframes_.atTime(time);
    const bool back = time < engine_.now();
    if (back || keyframe.events() > engine_.events())
        engine_ = keyframe;
}

void SessionRun::approachEvents(std::int64_t events)
{
    const Engine& keyframe = keyframes_.atEvents(events);
    const bool back = events < engine_.events();
    if (back || keyframe.events() > engine_.events())
        engine_ = keyframe;
}

Scenario SessionRun::scenarioWithActs(Micros until) const
{
    Scenario scenario = engine_.scenario();
    std::vector<TimedCommand> made;
    std::copy_if(acts_.begin(), acts_.end(), std::back_inserter(made),
                 [&](const TimedCommand& act) { return act.at <= until; });
    scenario.script = mergedScript(scenario.script, made);
    return scenario;
}

std::vector<TimedCommand> mergedScript(const std::vector<TimedCommand>& script,
                                       const std::vector<TimedCommand>& acts)
{
    std::vector<TimedCommand> merged;
    merged.reserve(script.size() + acts.size());
    std::merge(acts.begin(), acts.end(), script.begin(), script.end(), std::back_inserter(merged),
               [](const TimedCommand& a, const TimedCommand& b) { return a.at < b.at; });
    return merged;
}

} // namespace tideline::model
