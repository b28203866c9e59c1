// SPDX-License-Identifier: GPL-3.0-or-later
// RaftRecords: what one batch of a quorum's log holds, opaque to the quorum.
//
// The leader's user derives from it, appends an instance, and gets the same instance back from the log of
// every node that has the batch. It never changes once it is made, so that nodes, messages and copies of
// nodes share it on any thread.
#pragma once

#include "engine/base/hash.h"

#include <memory>
#include <utility>

namespace tideline {

class RaftRecords
{
public:
    virtual ~RaftRecords() = default;
    // Feeds everything that tells two instances apart.
    virtual void hashInto(Hasher& hasher) const = 0;
    virtual bool sameAs(const RaftRecords& other) const = 0;
};

// A shared RaftRecords, or none: control batches have none.
class RaftPayload
{
public:
    RaftPayload() = default;
    explicit RaftPayload(std::shared_ptr<const RaftRecords> records)
        : records_(std::move(records))
    {}

    const RaftRecords* get() const { return records_.get(); }
    void hashInto(Hasher& hasher) const
    {
        hasher(records_ ? 1U : 0U);
        if (records_)
            records_->hashInto(hasher);
    }
    bool operator==(const RaftPayload& other) const
    {
        if (records_ == other.records_)
            return true;
        return records_ && other.records_ && records_->sameAs(*other.records_);
    }

private:
    std::shared_ptr<const RaftRecords> records_;
};

} // namespace tideline
