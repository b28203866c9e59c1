// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/session.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tideline::model {

namespace {

// The longest sleep between two events of a slow run: after it the clock is looked at again.
constexpr Micros kLongestNap = kMicrosPerSecond;

} // namespace

Micros steadyWallClock()
{
    using namespace std::chrono;
    return duration_cast<microseconds>(steady_clock::now().time_since_epoch()).count();
}

Session::Session(WallClock clock)
    : core_(std::move(clock))
    , thread_([this](std::stop_token stop) { work(std::move(stop)); })
{}

Session::~Session()
{
    {
        const std::scoped_lock lock(mutex_);
        thread_.request_stop();
    }
    wake_.notify_all();
    thread_.join();
}

void Session::post(Intent intent)
{
    {
        const std::scoped_lock lock(mutex_);
        intents_.push_back(std::move(intent));
        ++posted_;
    }
    wake_.notify_all();
}

void Session::postAndWait(Intent intent)
{
    std::unique_lock lock(mutex_);
    intents_.push_back(std::move(intent));
    const std::uint64_t mine = ++posted_;
    wake_.notify_all();
    taken_.wait(lock, [&] { return done_ >= mine; });
}

void Session::open(Scenario scenario, std::vector<TapePtr> tapes)
{
    life_.forget();
    post([scenario = std::move(scenario), tapes = std::move(tapes)](SessionCore& core) {
        core.open(scenario, tapes);
    });
}

void Session::play()
{
    post([](SessionCore& core) { core.play(); });
}

void Session::pause()
{
    post([](SessionCore& core) { core.pause(); });
}

void Session::setSpeed(Speed speed)
{
    post([speed](SessionCore& core) { core.setSpeed(speed); });
}

void Session::step(StepUnit unit)
{
    post([unit](SessionCore& core) { core.step(unit); });
}

void Session::stepBack(StepUnit unit)
{
    post([unit](SessionCore& core) { core.stepBack(unit); });
}

void Session::seek(Micros time)
{
    post([time](SessionCore& core) { core.seek(time); });
}

void Session::cancelJump()
{
    post([](SessionCore& core) { core.cancelJump(); });
}

void Session::restart()
{
    post([](SessionCore& core) { core.restart(); });
}

void Session::act(const Command& command)
{
    post([this, command](SessionCore& core) {
        if (std::optional<Error> refused = core.apply(command)) {
            const std::scoped_lock lock(mutex_);
            refusals_.push_back(std::move(*refused));
        }
    });
}

std::vector<Error> Session::takeRefusals()
{
    const std::scoped_lock lock(mutex_);
    return std::exchange(refusals_, {});
}

std::optional<Error> Session::apply(const Command& command)
{
    std::optional<Error> refused;
    postAndWait([&](SessionCore& core) { refused = core.apply(command); });
    return refused;
}

void Session::inspect(const std::function<void(const SessionCore&)>& look)
{
    postAndWait([&](const SessionCore& core) { look(core); });
}

void Session::request(const ViewRequest& request)
{
    {
        const std::scoped_lock lock(mutex_);
        request_ = request;
        ++requested_;
    }
    wake_.notify_all();
}

bool Session::outstanding() const
{
    const std::scoped_lock lock(mutex_);
    return request_.has_value() || done_ != posted_;
}

SessionStatus Session::status() const
{
    const std::scoped_lock lock(mutex_);
    return status_;
}

void Session::askLife(PartitionIndex partition, Offset offset)
{
    post([this, partition, offset](SessionCore& core) {
        if (!core.run())
            return;
        const Micros now = core.run()->engine().now();
        life_.ask({core.run()->scenarioWithActs(now), core.run()->tapes(), partition, offset, now});
    });
}

void Session::waitUntilIdle()
{
    std::unique_lock lock(mutex_);
    taken_.wait(lock, [this] { return done_ == posted_ && !status_.jumping && !status_.playing; });
}

void Session::work(std::stop_token stop)
{
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
        while (!intents_.empty()) {
            const Intent intent = std::move(intents_.front());
            intents_.pop_front();
            lock.unlock();
            intent(core_);
            lock.lock();
            ++done_;
            status_ = core_.status();
            taken_.notify_all();
        }
        lock.unlock();
        core_.turn();
        lock.lock();
        status_ = core_.status();
        answer(lock);
        taken_.notify_all();
        sleep(lock, stop);
    }
}

void Session::answer(std::unique_lock<std::mutex>& lock)
{
    if (!request_ || !intents_.empty() || !core_.canLook())
        return;
    const ViewRequest request = *request_;
    const std::uint64_t number = requested_;
    lock.unlock();
    FramePtr frame = core_.look(request);
    if (frame)
        slot_.put(std::move(frame));
    lock.lock();
    status_ = core_.status();
    if (requested_ == number) // else a newer one came meanwhile: it is answered after the next slice
        request_.reset();
}

void Session::sleep(std::unique_lock<std::mutex>& lock, const std::stop_token& stop)
{
    const auto called = [&] {
        return stop.stop_requested() || !intents_.empty() || (request_ && core_.canLook());
    };
    const Micros idle = core_.idleFor();
    if (idle == 0)
        return;
    if (idle == kNever)
        wake_.wait(lock, called);
    else
        wake_.wait_for(lock, std::chrono::microseconds(std::min(idle, kLongestNap)), called);
}

} // namespace tideline::model
