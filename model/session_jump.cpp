// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/session_jump.h"

#include <algorithm>

namespace tideline::model {

SessionJump::SessionJump(const SessionRun& run, Goal goal, bool backwards)
    : goal_(goal)
    , from_(run.engine())
    , backwards_(backwards)
{}

// Where the running starts, for the progress.
void SessionJump::begin(const SessionRun& run)
{
    beginTime_ = run.engine().now();
    beginEvents_ = run.engine().events();
}

SessionJump SessionJump::toTime(SessionRun& run, Micros time)
{
    const Micros target = std::clamp<Micros>(time, 0, run.engine().scenario().duration);
    SessionJump jump(run, Time{target}, target < run.engine().now());
    run.approachTime(target);
    jump.begin(run);
    return jump;
}

SessionJump SessionJump::toEvents(SessionRun& run, std::int64_t events)
{
    SessionJump jump(run, Events{events}, events < run.engine().events());
    run.approachEvents(events);
    jump.begin(run);
    return jump;
}

SessionJump SessionJump::toNextFact(SessionRun& run)
{
    SessionJump jump(run, NextFact{run.engine().facts()}, false);
    jump.begin(run);
    return jump;
}

SessionJump SessionJump::toPreviousFact(SessionRun& run)
{
    const std::int64_t limit = run.engine().events();
    SessionJump jump(run, PreviousFact{limit, -1, 0}, true);
    run.approachEvents(std::max<std::int64_t>(0, limit - 1));
    std::get<PreviousFact>(jump.goal_).facts = run.engine().facts();
    jump.begin(run);
    return jump;
}

bool SessionJump::goOn(SessionRun& run, std::int64_t events)
{
    // The goal may become another one on the way, so a copy is worked on.
    return std::visit([&](auto goal) { return goOn(run, goal, events); }, goal_);
}

bool SessionJump::goOn(SessionRun& run, Time& goal, std::int64_t events)
{
    run.advanceSome(goal.time, events);
    return run.reached(goal.time);
}

bool SessionJump::goOn(SessionRun& run, Events& goal, std::int64_t events)
{
    const std::int64_t left = goal.events - run.engine().events();
    if (left > 0)
        run.advanceSome(kNever, std::min(left, events));
    return run.engine().events() >= goal.events || run.engine().ended();
}

bool SessionJump::goOn(SessionRun& run, NextFact& goal, std::int64_t events)
{
    for (; events > 0 && run.engine().facts() <= goal.facts && !run.engine().ended(); --events)
        run.advanceSome(kNever, 1);
    return run.engine().facts() > goal.facts || run.engine().ended();
}

bool SessionJump::goOn(SessionRun& run, PreviousFact& goal, std::int64_t events)
{
    for (; events > 0 && run.engine().events() < goal.limit - 1; --events) {
        run.advanceSome(kNever, 1);
        if (run.engine().facts() > goal.facts)
            goal.found = run.engine().events();
        goal.facts = run.engine().facts();
    }
    goal_ = goal;
    if (run.engine().events() < goal.limit - 1)
        return false;
    if (goal.found >= 0) {
        run.approachEvents(goal.found);
        goal_ = Events{goal.found};
    } else if (beginEvents_ == 0) {
        run.approachEvents(0);
        return true;
    } else {
        // Nothing since that keyframe: the one before it. The keyframe's own event may be the one looked for.
        goal_ = PreviousFact{beginEvents_ + 1, -1, 0};
        run.approachEvents(beginEvents_ - 1);
        std::get<PreviousFact>(goal_).facts = run.engine().facts();
    }
    begin(run);
    return false;
}

std::int32_t SessionJump::progressPermille(const SessionRun& run) const
{
    std::int64_t done = 0;
    std::int64_t all = 0;
    if (const Time* goal = std::get_if<Time>(&goal_)) {
        done = run.engine().now() - beginTime_;
        all = goal->time - beginTime_;
    } else {
        const Events* exact = std::get_if<Events>(&goal_);
        const PreviousFact* previous = std::get_if<PreviousFact>(&goal_);
        done = run.engine().events() - beginEvents_;
        all = (exact ? exact->events : previous ? previous->limit : 0) - beginEvents_;
    }
    if (all <= 0)
        return 0;
    // Times reach 1000 days = 8.64e13 µs, so the product stays inside 64 bits.
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(done * 1000 / all, 0, 1000));
}

} // namespace tideline::model
