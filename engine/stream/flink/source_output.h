// SPDX-License-Identifier: GPL-3.0-or-later
// SourceOutput: everything between a source's reader and its stream: per-split generators, their merging,
// idleness, ticks.
//
// Each split has a generator of its own, and so has the main output (records that belong to no split). At a
// tick every split's generator emits, then the merged watermark goes out, then the main generator emits. The
// source is idle when both sides are; the split side counts as idle until its first watermark, the main side
// does not. Ticks have a fixed delay: due + interval, several of them when the clock jumps. Source:
// Flink 2.3.0 ProgressiveTimestampsAndWatermarks. A plain value; one thread at a time.
#pragma once

#include "engine/base/fields.h"
#include "engine/stream/flink/activity_clock.h"
#include "engine/stream/flink/watermark_multiplexer.h"
#include "engine/stream/flink/watermark_output.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace tideline::flink {

template <class Generator>
class SourceOutput
{
public:
    // Every split gets a copy of the generator; interval in milliseconds, 0 = no ticks.
    SourceOutput(Generator generator, Millis interval, Millis now)
        : fresh_(generator)
        , main_(std::move(generator))
        , interval_(interval)
        , due_(saturatingAdd(now, interval))
        , now_(now)
    {}

    // False when the split is there already.
    bool addSplit(SplitId id)
    {
        if (!multiplexer_.registerOutput(id))
            return false;
        splits_.push_back({id, fresh_, ActivityClock{}});
        return true;
    }

    // The split is finished; the merged watermark moves at the next merge.
    void releaseSplit(SplitId id)
    {
        multiplexer_.unregisterOutput(id);
        std::erase_if(splits_, [id](const Split& split) { return split.id == id; });
    }

    // A record of a split, or of the main output, has just been forwarded.
    void onRecord(std::optional<SplitId> id, Millis timestamp, Signals& out)
    {
        if (!id)
            main_.onEvent(timestamp, MainSide{*this, out});
        else if (Split* split = find(*id))
            split->generator.onEvent(timestamp, Immediate{*this, *id, out});
    }

    // The reader says that nothing will come for a while.
    void markIdle(std::optional<SplitId> id, Signals& out)
    {
        if (!id)
            MainSide{*this, out}.markIdle();
        else if (find(*id))
            Immediate{*this, *id, out}.markIdle();
    }

    void pauseSplit(SplitId id)
    {
        if (Split* split = find(id))
            split->clock.pause(now_);
    }
    void resumeSplit(SplitId id)
    {
        if (Split* split = find(id))
            split->clock.resume(now_);
    }

    // The clock is now at `now`; every tick that was due sees that time.
    void advanceProcessingTime(Millis now, Signals& out)
    {
        now_ = now;
        for (; interval_ > 0 && due_ <= now; due_ = saturatingAdd(due_, interval_))
            tick(out);
    }

    void endOfInput(Signals& out) { output_.emitWatermark(kMaxMillis, out); }

    // When the next tick is due; kMaxMillis when there are none.
    Millis nextTick() const { return interval_ > 0 ? due_ : kMaxMillis; }
    // The last watermark that went out.
    Millis watermark() const { return output_.watermark(); }
    bool idle() const { return output_.idle(); }
    std::optional<Millis> splitWatermark(SplitId id) const { return multiplexer_.watermark(id); }
    bool splitIdle(SplitId id) const { return multiplexer_.isIdle(id); }

    bool operator==(const SourceOutput&) const = default;
    TIDELINE_FIELDS(SourceOutput, fresh_, main_, splits_, multiplexer_, output_, splitsIdle_, mainIdle_,
                    interval_, due_, now_)

private:
    struct Split
    {
        SplitId id = 0;
        Generator generator;
        ActivityClock clock;

        bool operator==(const Split&) const = default;
        TIDELINE_FIELDS(Split, id, generator, clock)
    };

    // Where the main generator writes.
    struct MainSide
    {
        SourceOutput& source;
        Signals& out;

        void emitWatermark(Millis watermark)
        {
            source.output_.emitWatermark(watermark, out);
            source.mainIdle_ = false;
        }
        void markIdle()
        {
            source.mainIdle_ = true;
            source.markIdleIfBothAre(out);
        }
    };

    // Where the merged watermark of the splits goes.
    struct SplitSide
    {
        SourceOutput& source;
        Signals& out;

        void emitWatermark(Millis watermark)
        {
            source.output_.emitWatermark(watermark, out);
            source.splitsIdle_ = false;
        }
        void markIdle()
        {
            source.splitsIdle_ = true;
            source.markIdleIfBothAre(out);
        }
    };

    // Where a split's generator writes on a record.
    struct Immediate
    {
        SourceOutput& source;
        SplitId id;
        Signals& out;

        void emitWatermark(Millis watermark)
        {
            source.multiplexer_.emitImmediate(id, watermark, SplitSide{source, out});
        }
        void markIdle() { source.multiplexer_.setIdleImmediate(id, true, SplitSide{source, out}); }
    };

    // Where a split's generator writes at a tick.
    struct Deferred
    {
        WatermarkMultiplexer& multiplexer;
        SplitId id;

        void emitWatermark(Millis watermark) { multiplexer.emitDeferred(id, watermark); }
        void markIdle() { multiplexer.setIdleDeferred(id, true); }
    };

    void tick(Signals& out)
    {
        for (Split& split : splits_)
            split.generator.onPeriodicEmit(split.clock.read(now_), Deferred{multiplexer_, split.id});
        multiplexer_.merge(SplitSide{*this, out});
        main_.onPeriodicEmit(now_, MainSide{*this, out});
    }

    void markIdleIfBothAre(Signals& out)
    {
        if (splitsIdle_ && mainIdle_)
            output_.markIdle(out);
    }

    Split* find(SplitId id)
    {
        if (id < splits_.size() && splits_[id].id == id)
            return &splits_[id];
        const auto found =
            std::find_if(splits_.begin(), splits_.end(), [id](const Split& split) { return split.id == id; });
        return found == splits_.end() ? nullptr : &*found;
    }

    Generator fresh_;
    Generator main_;
    std::vector<Split> splits_;
    WatermarkMultiplexer multiplexer_;
    WatermarkOutput output_;
    bool splitsIdle_ = true;
    bool mainIdle_ = false;
    Millis interval_;
    Millis due_;
    Millis now_;
};

} // namespace tideline::flink
