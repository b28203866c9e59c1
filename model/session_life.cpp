// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/session_life.h"

#include <utility>

namespace tideline::model {

// What the search asks now and then: is the question still the newest, and is anybody waiting?
struct LifeSearch::Patience
{
    const std::atomic<std::uint64_t>& newest;
    std::uint64_t generation;
    const std::stop_token& stop;

    static bool keepGoing(void* context)
    {
        const auto* self = static_cast<const Patience*>(context);
        return !self->stop.stop_requested() && self->newest.load() == self->generation;
    }
};

LifeSearch::LifeSearch()
    : thread_([this](std::stop_token stop) { work(std::move(stop)); })
{}

LifeSearch::~LifeSearch()
{
    {
        const std::scoped_lock lock(mutex_);
        thread_.request_stop();
    }
    changed_.notify_all();
    thread_.join();
}

void LifeSearch::ask(LifeQuestion question)
{
    {
        const std::scoped_lock lock(mutex_);
        ++generation_;
        next_ = std::move(question);
        answer_.reset();
    }
    changed_.notify_all();
}

void LifeSearch::forget()
{
    {
        const std::scoped_lock lock(mutex_);
        ++generation_;
        next_.reset();
        answer_.reset();
    }
    changed_.notify_all();
}

std::optional<LifeAnswer> LifeSearch::take()
{
    const std::scoped_lock lock(mutex_);
    return std::exchange(answer_, std::nullopt);
}

bool LifeSearch::busy() const
{
    const std::scoped_lock lock(mutex_);
    return searching_ || next_;
}

void LifeSearch::wait()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !searching_ && !next_; });
}

void LifeSearch::work(std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [&] { return stop.stop_requested() || next_; });
        if (stop.stop_requested())
            return;
        const LifeQuestion question = *std::exchange(next_, std::nullopt);
        const std::uint64_t generation = generation_;
        searching_ = true;
        lock.unlock();
        Patience patience{generation_, generation, stop};
        LifeAnswer answer{question.partition, question.offset, std::nullopt};
        answer.life = lifeOfRecord(Engine(question.scenario, question.tapes), question.partition,
                                   question.offset, question.until, &Patience::keepGoing, &patience);
        lock.lock();
        searching_ = false;
        if (generation == generation_)
            answer_ = std::move(answer);
        changed_.notify_all();
    }
}

} // namespace tideline::model
