// SPDX-License-Identifier: GPL-3.0-or-later
// TextRecords: one text as the records of a batch of a quorum's log.
#pragma once

#include "engine/quorum/raft_records.h"

#include <memory>
#include <string>
#include <utility>

namespace tideline::tests {

class TextRecords : public RaftRecords
{
public:
    explicit TextRecords(std::string text)
        : text_(std::move(text))
    {}
    void hashInto(Hasher& hasher) const override { hasher.bytes(text_); }
    bool sameAs(const RaftRecords& other) const override { return text_ == textOf(other); }
    static std::string textOf(const RaftRecords& records)
    {
        return static_cast<const TextRecords&>(records).text_;
    }

private:
    std::string text_;
};

inline RaftPayload payload(const std::string& text)
{
    return RaftPayload(std::make_shared<const TextRecords>(text));
}

} // namespace tideline::tests
