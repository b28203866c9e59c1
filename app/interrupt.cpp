// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/interrupt.h"

#include <csignal>

namespace tideline::app {

namespace {

volatile std::sig_atomic_t pressed = 0;

void onInterrupt(int signal)
{
    pressed = 1;
    std::signal(signal, SIG_DFL);
}

} // namespace

void watchForInterrupt()
{
    std::signal(SIGINT, &onInterrupt);
}

bool interrupted()
{
    return pressed != 0;
}

} // namespace tideline::app
