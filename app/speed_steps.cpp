// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/speed_steps.h"

#include <QCoreApplication>

#include <array>

namespace tideline::app {

namespace {

using model::Speed;

constexpr std::array<std::int32_t, 20> kMilli{
    1,     2,     5,      10,     20,     50,      100,     200,     500,       1'000,
    2'000, 5'000, 10'000, 20'000, 50'000, 100'000, 200'000, 500'000, 1'000'000, Speed::kUnlimited};

} // namespace

int speedSteps()
{
    return static_cast<int>(kMilli.size());
}

Speed speedOfStep(int step)
{
    return {kMilli[static_cast<std::size_t>(step)]};
}

int stepOfSpeed(Speed speed)
{
    if (speed.unlimited())
        return speedSteps() - 1;
    int step = 0;
    while (step + 2 < speedSteps() && kMilli[static_cast<std::size_t>(step) + 1] <= speed.milli)
        ++step;
    return step;
}

QString speedText(Speed speed)
{
    if (speed.unlimited())
        return QCoreApplication::translate("Speed", "max");
    return QString::number(speed.milli / 1000.0) + QStringLiteral("×");
}

} // namespace tideline::app
