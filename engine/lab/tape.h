// SPDX-License-Identifier: GPL-3.0-or-later
// Tape: a recorded event log as the engine sees it: read-only, in arrival order, addressed by row number.
//
// Implemented in model/, where the readers of files are, and shared by every copy of an engine. A row never
// changes; the content hash names what was read, so that a recording can tell that a file is another one.
// Several threads may read one tape.
#pragma once

#include "engine/base/time.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace tideline {

struct TapeRow
{
    Millis arrival = 0; // ms since 1970; never before the row above (what the file said is counted, not kept)
    Millis happened = 0;    // event time, ms since 1970; may be after the arrival
    std::string_view key;   // valid as long as the tape
    std::string_view value; // the whole line of the file; valid as long as the tape
    bool hasKey = false;
};

class Tape
{
public:
    virtual ~Tape() = default;
    virtual std::int64_t rows() const = 0;
    // Row i in [0, rows()).
    virtual TapeRow row(std::int64_t i) const = 0;
    // Number of the i-th row by event time, i in [0, rows()): what "truth so far" is counted from.
    virtual std::int64_t rowByEventTime(std::int64_t i) const = 0;
    virtual std::uint64_t contentHash() const = 0;
};

using TapePtr = std::shared_ptr<const Tape>;

} // namespace tideline
