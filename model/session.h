// SPDX-License-Identifier: GPL-3.0-or-later
// Session: a lab that runs: a SessionCore on a thread of its own, a window's intents going in, its newest
// frame coming out.
//
// 1. Intents return at once and are taken between slices of at most 2 ms, in the order given.
// 2. One view request is outstanding; a newer one replaces it. It is answered between slices, into a slot
// from which the window
//    takes the newest frame. The same version means no frame.
// 3. A paused session with nothing outstanding sleeps: no CPU.
// 4. How often somebody looks, or how the work is sliced, cannot change the run.
// Every member may be called from any thread; std::mutex and std::condition_variable only.
#pragma once

#include "model/frame_slot.h"
#include "model/session_core.h"
#include "model/session_life.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tideline::model {

// The steady clock of the machine, µs.
Micros steadyWallClock();

class Session
{
public:
    explicit Session(WallClock clock = &steadyWallClock);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    void open(Scenario scenario, std::vector<TapePtr> tapes = {});
    void play();
    void pause();
    void setSpeed(Speed speed);
    void step(StepUnit unit);
    void stepBack(StepUnit unit);
    void seek(Micros time);
    void cancelJump();
    void restart();
    // A person's act. What is refused comes from takeRefusals(), what was done is in status().actList.
    void act(const Command& command);
    std::vector<Error> takeRefusals();
    // As act(), but waits for the engine thread, which answers between two slices: for batch use and tests.
    std::optional<Error> apply(const Command& command);
    // What has to be done with the session's state when its turn comes; waits until it is done: for batch use
    // and tests.
    void inspect(const std::function<void(const SessionCore&)>& look);

    void request(const ViewRequest& request);
    // Something that was asked for, an intent or a look, is not done yet.
    bool outstanding() const;
    // The newest frame that was not taken yet, or null.
    FramePtr takeFrame() { return slot_.take(); }
    SessionStatus status() const;

    // The life of a record up to the current time; the answer comes on another thread.
    void askLife(PartitionIndex partition, Offset offset);
    LifeSearch& life() { return life_; }

    // Blocks until every intent is taken, no jump is under way and nothing plays: for batch use and tests.
    void waitUntilIdle();

private:
    using Intent = std::function<void(SessionCore&)>;

    void post(Intent intent);
    // post() and wait until it is taken.
    void postAndWait(Intent intent);
    void work(std::stop_token stop);
    void answer(std::unique_lock<std::mutex>& lock);
    void sleep(std::unique_lock<std::mutex>& lock, const std::stop_token& stop);

    SessionCore core_; // of the engine thread alone
    FrameSlot slot_;
    LifeSearch life_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;  // for the engine thread
    std::condition_variable taken_; // for those who wait for it
    std::deque<Intent> intents_;
    std::uint64_t posted_ = 0;
    std::uint64_t done_ = 0;
    std::optional<ViewRequest> request_;
    std::uint64_t requested_ = 0;
    SessionStatus status_;
    std::vector<Error> refusals_;
    std::jthread thread_; // last: it ends before the rest goes
};

} // namespace tideline::model
