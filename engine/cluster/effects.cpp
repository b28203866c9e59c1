// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/effects.h"

namespace tideline {

void Effects::request(NodeIndex to, std::int32_t correlation, MessageBody body)
{
    list_.emplace_back(SendRequest{to, correlation, std::move(body)});
}

void Effects::reply(const ReplyTo& to, MessageBody body)
{
    list_.emplace_back(SendReply{to, std::move(body)});
}

void Effects::post(NodeIndex to, MessageBody body)
{
    list_.emplace_back(SendRequest{to, 0, std::move(body)});
}

void Effects::endProcess(ProcessEnd how)
{
    list_.emplace_back(EndProcess{how});
}

void Effects::close(NodeIndex peer)
{
    list_.emplace_back(CloseConnection{peer});
}

void Effects::timer(Micros at, Timer timer)
{
    list_.emplace_back(SetTimer{at, timer});
}

void Effects::fact(FactBody body)
{
    list_.emplace_back(std::move(body));
}

void Effects::saw(Effect what)
{
    list_.push_back(std::move(what));
}

} // namespace tideline
