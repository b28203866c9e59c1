// SPDX-License-Identifier: GPL-3.0-or-later
// LifeSearch: finds the life of a record on a thread of its own, beside the running session.
//
// The answer comes from running scenario + acts again with an observer (engine/lab/engine.h). Each question
// has a generation; a new question makes the older one give up, and an answer of an older generation is never
// handed out. Any thread may ask.
#pragma once

#include "engine/lab/engine.h"

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tideline::model {

struct LifeQuestion
{
    Scenario scenario; // with the acts in its script
    std::vector<TapePtr> tapes;
    PartitionIndex partition = kNone;
    Offset offset = kUnknownOffset;
    Micros until = 0; // µs of the run
};

struct LifeAnswer
{
    PartitionIndex partition = kNone;
    Offset offset = kUnknownOffset;
    std::optional<RecordLife> life; // none: no such record by then
};

class LifeSearch
{
public:
    LifeSearch();
    ~LifeSearch();
    LifeSearch(const LifeSearch&) = delete;
    LifeSearch& operator=(const LifeSearch&) = delete;

    void ask(LifeQuestion question);
    // No question stands any more; what is on its way is dropped.
    void forget();
    // The answer to the newest question, once.
    std::optional<LifeAnswer> take();
    // A question is not answered yet.
    bool busy() const;
    // Blocks until no question is open.
    void wait();

private:
    struct Patience;

    void work(std::stop_token stop);

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<LifeQuestion> next_;
    std::optional<LifeAnswer> answer_;
    bool searching_ = false;
    std::atomic<std::uint64_t> generation_{0};
    std::jthread thread_; // last: it ends before the rest goes
};

} // namespace tideline::model
