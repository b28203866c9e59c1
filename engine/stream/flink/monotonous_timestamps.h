// SPDX-License-Identifier: GPL-3.0-or-later
// MonotonousTimestamps: the watermark generator for streams whose timestamps never decrease: bounded
// out-of-orderness 0.
//
// W = largest timestamp - 1, so records with equal timestamps are never late.
// Source: Flink AscendingTimestampsWatermarks. A plain value; one thread at a time.
#pragma once

#include "engine/stream/flink/bounded_out_of_orderness.h"

namespace tideline::flink {

class MonotonousTimestamps : public BoundedOutOfOrderness
{
public:
    MonotonousTimestamps()
        : BoundedOutOfOrderness(0)
    {}
};

} // namespace tideline::flink
