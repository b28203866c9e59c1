// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/frame_clock.h"

#include <utility>

namespace tideline::app {

namespace {

constexpr int kFrame = 16; // ms: 60 frames a second

bool differs(const model::SessionStatus& a, const model::SessionStatus& b)
{
    return a.open != b.open || a.playing != b.playing || !(a.speed == b.speed) || a.jumping != b.jumping ||
           a.progressPermille != b.progressPermille || a.ended != b.ended || a.actList != b.actList ||
           a.run != b.run;
}

} // namespace

FrameClock::FrameClock(model::Session& session, QObject* parent)
    : QObject(parent)
    , session_(session)
{
    timer_.setTimerType(Qt::PreciseTimer);
    timer_.setInterval(kFrame);
    connect(&timer_, &QTimer::timeout, this, &FrameClock::tick);
}

void FrameClock::setRequest(const ViewRequest& request)
{
    request_ = request;
    if (session_.status().open) // else the first tick after opening looks
        look();
    watch();
}

void FrameClock::watch()
{
    if (!timer_.isActive())
        timer_.start();
}

void FrameClock::look()
{
    request_.lastVersion = frame_ ? frame_->version : 0;
    session_.request(request_);
}

void FrameClock::tick()
{
    // Asked before the answers are fetched: what arrives in between is seen by the next tick.
    const bool outstanding = session_.outstanding();
    const bool searching = session_.life().busy();
    const model::SessionStatus status = session_.status();
    if (FramePtr frame = session_.takeFrame()) {
        frame_ = std::move(frame);
        emit frameArrived(frame_);
    }
    if (differs(std::exchange(status_, status), status))
        emit statusChanged(status_);
    for (const Error& refusal : session_.takeRefusals())
        emit refused(QString::fromStdString(refusal.sentence));
    if (const std::optional<model::LifeAnswer> answer = session_.life().take())
        emit lifeFound(*answer);

    const bool stale = status.open && (!frame_ || frame_->version != status.version);
    if (stale && !outstanding)
        look();
    if (!status.playing && !status.jumping && !outstanding && !searching && !stale)
        timer_.stop();
}

} // namespace tideline::app
