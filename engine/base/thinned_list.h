// SPDX-License-Identifier: GPL-3.0-or-later
// ThinnedList: an even sample of a stream of values that never holds more than a limit.
//
// It keeps every stride-th value; when it is full, every second one goes and the stride doubles. What is kept
// depends only on the values' numbers, never on time or chance. Copies share pages. A plain value.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"

#include <cstdint>

namespace tideline {

template <class T, std::size_t Limit>
class ThinnedList
{
public:
    // True when the next value would be kept: lets the caller skip making one that would not.
    bool wantsNext() const { return seen_ % stride_ == 0; }
    void skip() { ++seen_; }
    void add(const T& value)
    {
        if (seen_++ % stride_ != 0)
            return;
        kept_.push(value);
        if (kept_.size() >= Limit)
            halve();
    }
    const CowPages<T, 256>& kept() const { return kept_; }
    std::int64_t seen() const { return seen_; }
    std::int64_t stride() const { return stride_; }
    TIDELINE_FIELDS(ThinnedList, kept_, seen_, stride_)

private:
    void halve()
    {
        CowPages<T, 256> half;
        for (std::size_t i = 0; i < kept_.size(); i += 2)
            half.push(kept_[i]);
        kept_ = half;
        stride_ *= 2;
    }

    CowPages<T, 256> kept_;
    std::int64_t seen_ = 0;
    std::int64_t stride_ = 1;
};

} // namespace tideline
