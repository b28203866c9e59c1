// SPDX-License-Identifier: GPL-3.0-or-later
// SessionCore: what a session does, one slice at a time: play, pause, speed, steps both ways, seeking, acts,
// looks.
//
// 1. A slice (turn) takes about kSlice of wall time: its number of events follows what the last ones cost.
// 2. A jump (step or seek) has a goal; it runs in slices, tells its progress and can be cancelled, which puts
// back the state from
//    before. Playing goes on after a jump when it was on before.
// 3. A frame's version counts the changes of this session, so that it never repeats on another line of time.
// Wall time comes from the clock that is handed in. One thread at a time; Session puts it on one.
#pragma once

#include "model/session_jump.h"
#include "model/session_run.h"
#include "model/slice_of_work.h"
#include "model/transport.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tideline::model {

// Wall time in µs from any beginning, never running backwards.
using WallClock = std::function<Micros()>;

enum class StepUnit : std::uint8_t { Event, Fact, Milli, Second };

struct SessionStatus
{
    bool open = false;
    bool playing = false;
    Speed speed;
    bool jumping = false;              // a step or a seek is under way
    std::int32_t progressPermille = 0; // of the jump
    bool ended = false;
    Micros now = 0;       // µs of the run
    std::size_t acts = 0; // on this line of time, also ahead
    // The acts themselves; another pointer when they are others. Null before the first lab is open.
    std::shared_ptr<const std::vector<TimedCommand>> actList;
    std::uint64_t run = 0;     // counts the scenarios that were opened
    std::uint64_t version = 0; // as in Frame
};

class SessionCore
{
public:
    static constexpr Micros kSlice = 1'500; // µs of wall time

    explicit SessionCore(WallClock clock);

    void open(const Scenario& scenario, std::vector<TapePtr> tapes);
    void play();
    void pause();
    void setSpeed(Speed speed);
    void step(StepUnit unit);
    void stepBack(StepUnit unit);
    // Any time; before the beginning is the beginning, past the end is the end.
    void seek(Micros time);
    void cancelJump();
    // The same scenario and seed from the beginning, without the acts.
    void restart();
    std::optional<Error> apply(const Command& command);

    // One slice of work; nothing when there is none.
    void turn();
    // Wall µs until turn() has something to do: 0 now, kNever only after an intent.
    Micros idleFor() const;

    SessionStatus status() const;
    // A jump backwards shows nothing on its way.
    bool canLook() const { return run_ && !(jump_ && jump_->backwards()); }
    // The picture of now; null when it is the one that the request says is shown, or when there is none to
    // show.
    FramePtr look(const ViewRequest& request);

    const std::optional<SessionRun>& run() const { return run_; }

private:
    void startJump(SessionJump jump);
    void endJump();
    void playSlice();
    void changed() { ++version_; }

    WallClock clock_;
    std::optional<SessionRun> run_;
    Transport transport_;
    std::optional<SessionJump> jump_;
    SliceOfWork slice_{kSlice};
    std::uint64_t runs_ = 0;
    std::uint64_t version_ = 0;
    std::optional<ViewRequest> shown_;                                 // answered last
    mutable std::shared_ptr<const std::vector<TimedCommand>> actList_; // as last told
};

} // namespace tideline::model
