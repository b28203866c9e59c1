// SPDX-License-Identifier: GPL-3.0-or-later
// Decision: what a rule of the controller says to a request.
//
// 1. An error that changes nothing comes without records. NEW_LEADER_ELECTED is the one error that comes with
// records: the change was made, and moved the leader.
// 2. An empty message means errorText(error), as in Kafka, which leaves out what the code already says.
// 3. Whoever asked appends the records to the metadata log, replays them in order, and answers when they are
// committed.
// Requests and answers have field lists, so that a message may carry them. Plain values.
#pragma once

#include "engine/cluster/control_records.h"
#include "engine/cluster/error_code.h"

#include <string>
#include <utility>

namespace tideline::control {

template <class Answer>
struct Decision
{
    ErrorCode error = ErrorCode::None;
    std::string message;
    Answer answer{};
    Records records;

    bool ok() const { return error == ErrorCode::None; }
};

// The answer of rules that have nothing to say but yes or no.
struct Done
{
};

struct Refusal
{
    ErrorCode error = ErrorCode::None; // None: there is nothing to refuse
    std::string message;

    bool ok() const { return error == ErrorCode::None; }
    template <class Answer>
    operator Decision<Answer>() const
    {
        return {error, message, {}, {}};
    }
};

} // namespace tideline::control
