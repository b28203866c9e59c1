// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/transport.h"

#include <algorithm>

namespace tideline::model {

namespace {

// amount * factor / divisor for amount >= 0 without leaving 64 bits half-way; divisor > 0.
std::int64_t scaled(std::int64_t amount, std::int64_t factor, std::int64_t divisor)
{
    std::int64_t whole = 0;
    if (__builtin_mul_overflow(amount / divisor, factor, &whole))
        return kNever;
    return saturatingAdd(whole, (amount % divisor) * factor / divisor);
}

} // namespace

void Transport::play(Micros wall, Micros now)
{
    playing_ = true;
    anchor(wall, now);
}

void Transport::setSpeed(Speed speed, Micros wall, Micros now)
{
    speed_ = speed;
    if (!speed.unlimited())
        speed_.milli = std::clamp(speed.milli, Speed::kSlowest, Speed::kFastest);
    anchor(wall, now);
}

void Transport::anchor(Micros wall, Micros now)
{
    anchorWall_ = wall;
    anchorNow_ = now;
}

Micros Transport::due(Micros wall) const
{
    if (speed_.unlimited())
        return kNever;
    return saturatingAdd(anchorNow_, scaled(std::max<Micros>(0, wall - anchorWall_), speed_.milli, 1000));
}

Micros Transport::waitFor(Micros time, Micros wall) const
{
    if (speed_.unlimited() || due(wall) >= time)
        return 0;
    if (time == kNever)
        return kNever;
    // Rounded up: waking a moment early would find nothing due.
    const Micros wallOfTime =
        saturatingAdd(anchorWall_, saturatingAdd(scaled(time - anchorNow_, 1000, speed_.milli), 1));
    return std::max<Micros>(1, wallOfTime - wall);
}

bool Transport::behind(Micros wall, Micros now) const
{
    return !speed_.unlimited() && now < due(wall - kPatience);
}

} // namespace tideline::model
