// SPDX-License-Identifier: GPL-3.0-or-later
// Source: where a producer's records come from: made up, or replayed from a recorded log.
//
// Two things happen to every record: it happens (its event time), and some time later it arrives at the
// producer, which sends it. A made-up source draws when things happen and how long they take to arrive; a log
// has both written down. Above 1 000 records a second the application is taken to hand over once a
// millisecond what has come in. Values inside the producer's actor.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/random.h"
#include "engine/base/time.h"
#include "engine/lab/scenario.h"
#include "engine/lab/tape.h"
#include "engine/log/bytes.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tideline {

// A record as it arrives at the producer. The bytes live until the source is asked again.
struct SourceRecord
{
    Millis eventTime = 0;
    NullableBytes key;
    NullableBytes value;
    std::int32_t keyHash = 0; // murmur2 of the key, when there is one
};

// Things that happened in one millisecond of the data's time.
struct SourceHappening
{
    Millis eventTime = 0;
    std::int64_t records = 0;
    std::int64_t sum = 0; // of the summed field, hundredths
};

// A made-up source: records happen at an even rate, keys and amounts are drawn, and each is on its way for a
// drawn time.
class GeneratorSource
{
public:
    GeneratorSource() = default;
    explicit GeneratorSource(const GeneratorSpec& spec);

    void start(Micros now);
    void changeRate(std::int64_t recordsPerSecond, Micros now);
    // When something happens or arrives next; kNever when nothing will.
    Micros nextWake() const;
    // Lets everything up to `now` happen.
    void happen(Micros now, Random& draws, std::vector<SourceHappening>& happenings);
    // The next record that has arrived by `now`, which stays the next until taken(); false when there is
    // none.
    bool nextArrived(Micros now, SourceRecord& record);
    void taken();
    // Nothing is left: the limit is reached and all has arrived.
    bool ended() const;
    std::int64_t rate() const { return rate_; }

    struct OnTheWay
    {
        Micros arrival = 0;
        std::int64_t number = 0; // breaks ties: what happened first arrives first
        Millis eventTime = 0;
        std::int32_t key = kNone;
        std::int32_t amount = 0; // hundredths
        TIDELINE_FIELDS(OnTheWay, arrival, number, eventTime, key, amount)
        bool operator>(const OnTheWay& other) const
        {
            return arrival != other.arrival ? arrival > other.arrival : number > other.number;
        }
    };
    TIDELINE_FIELDS(GeneratorSource, rate_, since_, happened_, happenedSince_, started_, onTheWay_, next_)

private:
    struct Key
    {
        std::string text;
        std::int32_t hash = 0;
    };
    Micros timeOf(std::int64_t numberSince) const;
    Micros delay(Random& draws) const;
    bool mayHappen() const { return started_ && rate_ > 0 && (spec_.limit == 0 || happened_ < spec_.limit); }

    GeneratorSpec spec_;
    Cow<std::vector<Key>> keys_;
    std::string value_; // the text of every value; the amount's digits are written into it
    std::int64_t rate_ = 0;
    Micros since_ = 0; // the rate holds from here on
    std::int64_t happened_ = 0;
    std::int64_t happenedSince_ = 0;
    bool started_ = false;
    std::vector<OnTheWay> onTheWay_; // a heap by arrival when there are delays, else in order
    std::size_t next_ = 0;           // without delays: the first that has not been taken
};

// A recorded log, replayed in its arrival order at `pace` times its own speed.
class LogSource
{
public:
    LogSource() = default;
    LogSource(const LogSourceSpec& spec, TapePtr tape);

    void start(Micros now);
    Micros nextWake() const;
    void happen(Micros now, std::vector<SourceHappening>& happenings);
    bool nextArrived(Micros now, SourceRecord& record);
    void taken() { ++nextRow_; }
    bool ended() const;

    TIDELINE_FIELDS(LogSource, started_, startedAt_, nextRow_, nextHappened_, earlySeen_)

private:
    Micros runTime(Millis time) const;

    TapePtr tape_;
    std::int64_t pace_ = 1;
    Millis origin_ = 0;
    bool started_ = false;
    Micros startedAt_ = 0;
    std::int64_t nextRow_ = 0;      // by arrival
    std::int64_t nextHappened_ = 0; // by event time
    std::int64_t earlySeen_ = 0;    // rows that arrived before they happened, and were counted then
};

} // namespace tideline
