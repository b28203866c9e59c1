// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/session_core.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace tideline::model {

namespace {

bool sameLook(const ViewRequest& a, const ViewRequest& b)
{
    return a.view == b.view && a.width == b.width && a.height == b.height && a.zoom == b.zoom &&
           a.centre == b.centre && a.selection == b.selection && a.metadataRows == b.metadataRows &&
           a.metadataFrom == b.metadataFrom;
}

Micros lengthOf(StepUnit unit)
{
    return unit == StepUnit::Second ? kMicrosPerSecond : kMicrosPerMilli;
}

} // namespace

SessionCore::SessionCore(WallClock clock)
    : clock_(std::move(clock))
{}

void SessionCore::open(const Scenario& scenario, std::vector<TapePtr> tapes)
{
    jump_.reset();
    run_.emplace(scenario, std::move(tapes));
    transport_.pause();
    ++runs_;
    changed();
}

void SessionCore::play()
{
    if (run_ && !run_->engine().ended())
        transport_.play(clock_(), run_->engine().now());
}

void SessionCore::pause()
{
    transport_.pause();
}

void SessionCore::setSpeed(Speed speed)
{
    transport_.setSpeed(speed, clock_(), run_ ? run_->engine().now() : 0);
}

void SessionCore::startJump(SessionJump jump)
{
    jump_.emplace(std::move(jump));
    changed();
}

void SessionCore::step(StepUnit unit)
{
    if (!run_ || jump_)
        return;
    transport_.pause();
    const Engine& engine = run_->engine();
    if (unit == StepUnit::Event)
        startJump(SessionJump::toEvents(*run_, engine.events() + 1));
    else if (unit == StepUnit::Fact)
        startJump(SessionJump::toNextFact(*run_));
    else
        startJump(SessionJump::toTime(*run_, saturatingAdd(engine.now(), lengthOf(unit))));
}

void SessionCore::stepBack(StepUnit unit)
{
    if (!run_ || jump_)
        return;
    transport_.pause();
    const Engine& engine = run_->engine();
    if (unit == StepUnit::Event)
        startJump(SessionJump::toEvents(*run_, std::max<std::int64_t>(0, engine.events() - 1)));
    else if (unit == StepUnit::Fact)
        startJump(SessionJump::toPreviousFact(*run_));
    else
        startJump(SessionJump::toTime(*run_, engine.now() - lengthOf(unit)));
}

void SessionCore::seek(Micros time)
{
    if (!run_)
        return;
    SessionJump jump = SessionJump::toTime(*run_, time);
    if (jump_)
        jump.keepOrigin(
            *jump_); // dragging gives one goal after another; giving up leads back to before the first
    startJump(std::move(jump));
}

void SessionCore::cancelJump()
{
    if (!jump_)
        return;
    jump_->cancel(*run_);
    endJump();
}

void SessionCore::restart()
{
    if (!run_)
        return;
    jump_.reset();
    transport_.pause();
    const Scenario scenario = run_->engine().scenario();
    std::vector<TapePtr> tapes = run_->tapes();
    run_.emplace(scenario, std::move(tapes));
    changed();
}

std::optional<Error> SessionCore::apply(const Command& command)
{
    if (!run_)
        return Error{"no scenario is open, so there is nothing to act on; open one first"};
    if (jump_)
        return Error{"the run is on its way to another time; wait until it is there, or cancel the jump"};
    std::optional<Error> refused = run_->apply(command);
    if (!refused)
        changed();
    return refused;
}

void SessionCore::turn()
{
    if (!run_ || idleFor() > 0)
        return;
    const Micros before = clock_();
    if (jump_) {
        if (jump_->goOn(*run_, slice_.events()))
            endJump();
        changed();
    } else {
        playSlice();
    }
    slice_.took(clock_() - before);
}

void SessionCore::endJump()
{
    jump_.reset();
    changed();
    if (run_->engine().ended())
        transport_.pause();
    transport_.anchor(clock_(), run_->engine().now());
}

void SessionCore::playSlice()
{
    const Engine& engine = run_->engine();
    const Micros wall = clock_();
    const Micros due = transport_.due(wall);
    const Micros before = engine.now();
    if (run_->advanceSome(due, slice_.events()) > 0 || engine.now() != before)
        changed();
    if (engine.ended())
        transport_.pause();
    else if (transport_.behind(wall, engine.now()))
        transport_.anchor(wall, engine.now());
}

Micros SessionCore::idleFor() const
{
    if (!run_)
        return kNever;
    if (jump_)
        return 0;
    if (!transport_.playing())
        return kNever;
    // Events lie ahead, or only the end does.
    const Engine& engine = run_->engine();
    const Micros next = std::min(engine.nextEventTime(), engine.scenario().duration);
    return transport_.waitFor(next, clock_());
}

SessionStatus SessionCore::status() const
{
    SessionStatus status;
    status.open = run_.has_value();
    status.playing = transport_.playing();
    status.speed = transport_.speed();
    status.jumping = jump_.has_value();
    status.run = runs_;
    status.version = version_;
    if (!run_)
        return status;
    status.progressPermille = jump_ ? jump_->progressPermille(*run_) : 0;
    status.ended = run_->engine().ended();
    status.now = run_->engine().now();
    status.acts = run_->acts().size();
    if (!actList_ || *actList_ != run_->acts())
        actList_ = std::make_shared<const std::vector<TimedCommand>>(run_->acts());
    status.actList = actList_;
    return status;
}

FramePtr SessionCore::look(const ViewRequest& request)
{
    if (!canLook())
        return nullptr;
    if (transport_.playing() && !jump_)
        playSlice(); // the clock moves between events, too
    if (request.lastVersion == version_ && shown_ && sameLook(*shown_, request))
        return nullptr;
    Frame frame = run_->engine().frame(request);
    frame.version = version_;
    shown_ = request;
    return std::make_shared<const Frame>(std::move(frame));
}

} // namespace tideline::model
