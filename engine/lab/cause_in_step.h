// SPDX-License-Identifier: GPL-3.0-or-later
// CauseInStep: what a fact that a broker or a controller tells in one step was caused by.
//
// One thing leads to the next: the fencing of a broker to a smaller ISR, and that to a new leader. But what
// happens to one partition is not because of what happened to another: it follows from what the step has told
// of the same partition just before, or else from what it has told that is about no partition. Before
// anything was told, from what woke the actor. A value on the stack; one thread.
#pragma once

#include "engine/lab/fact.h"

namespace tideline {

class CauseInStep
{
public:
    explicit CauseInStep(FactNumber woken)
        : general_(woken)
    {}

    // Of the step's next fact, which is about `partition`.
    FactNumber of(PartitionIndex partition) const
    {
        return partition != kNone && partition == partition_ ? ofPartition_ : general_;
    }
    void told(PartitionIndex partition, FactNumber number)
    {
        partition_ = partition;
        (partition == kNone ? general_ : ofPartition_) = number;
    }
    // kNone: it is about no single partition.
    static PartitionIndex partitionOf(const FactBody& fact)
    {
        return std::visit(
            [](const auto& body) -> PartitionIndex {
                if constexpr (requires { body.partition; })
                    return body.partition;
                else
                    return kNone;
            },
            fact);
    }

private:
    FactNumber general_ = 0;
    PartitionIndex partition_ = kNone; // of the last fact
    FactNumber ofPartition_ = 0;
};

} // namespace tideline
