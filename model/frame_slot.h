// SPDX-License-Identifier: GPL-3.0-or-later
// FrameSlot: where the engine thread leaves the newest frame and the window fetches it.
//
// A mutex around a shared_ptr: the newest frame wins, an unfetched older one is dropped, nobody waits for
// anybody. Frames are immutable, so both sides may go on using what they hold. Any thread.
#pragma once

#include "engine/lab/frame.h"

#include <mutex>
#include <utility>

namespace tideline::model {

class FrameSlot
{
public:
    void put(FramePtr frame)
    {
        const std::scoped_lock lock(mutex_);
        frame_.swap(frame); // the old frame is freed after the lock
    }

    // The newest frame that was not fetched yet; null when there is none.
    FramePtr take()
    {
        const std::scoped_lock lock(mutex_);
        return std::exchange(frame_, nullptr);
    }

private:
    std::mutex mutex_;
    FramePtr frame_;
};

} // namespace tideline::model
