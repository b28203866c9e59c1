// SPDX-License-Identifier: GPL-3.0-or-later
// LogTape: a recorded event log in a CSV file, as the engine replays it.
//
// The file is read once from front to end; kept are a row's place in the file and its two times (32 bytes, in
// pages) and its rank by event time (4 bytes), never its text: keys and values are looked at where they lie.
// A file above 64 MB is mapped, so it must not be cut while a run uses it; a smaller one is held in memory.
// What is not a row of the log is told or skipped, never guessed. open() belongs to one thread; the tape
// itself never changes and may be read by any number of them.
#pragma once

#include "engine/base/error.h"
#include "engine/lab/tape.h"

#include <QByteArray>
#include <QFile>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tideline::model {

struct LogTapeRequest
{
    std::string path;
    std::string timeColumn;    // event time
    std::string arrivalColumn; // order and pace of the replay; may be the same; empty: the same
    std::string keyColumn;     // empty: records without key
    bool skipBroken = false;   // else a broken line refuses the file
};

struct LogTapeStats
{
    std::int64_t rows = 0;
    std::int64_t brokenLines = 0;       // skipped: wrong number of fields, unreadable time, wrong quotes
    std::string firstBroken;            // a sentence about the first of them; empty when there is none
    std::int64_t arrivalsBackwards = 0; // arrivals before the one above, taken as that one
};

class LogTape;

struct OpenedLog
{
    std::shared_ptr<const LogTape> tape;
    LogTapeStats stats;
};

class LogTape final : public Tape
{
public:
    // Bytes read and bytes in all; false stops reading. Called about once a megabyte.
    using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;

    // An error is one sentence that begins with the file's name (and line).
    static Result<OpenedLog> open(const LogTapeRequest& request, const Progress& progress = {});

    std::int64_t rows() const override { return rowCount_; }
    TapeRow row(std::int64_t i) const override;
    std::int64_t rowByEventTime(std::int64_t i) const override
    {
        return byEventTime_[static_cast<std::size_t>(i)];
    }
    std::uint64_t contentHash() const override { return contentHash_; } // XXH3 of the file's bytes
    const std::vector<std::string>& columns() const { return columns_; }

    LogTape(const LogTape&) = delete;
    LogTape& operator=(const LogTape&) = delete;

private:
    friend class LogTapeLoader;
    LogTape() = default;

    static constexpr std::int64_t kRowsOfAPage = 1 << 16;

    struct Row
    {
        std::uint64_t begin = 0; // byte of the file
        std::uint32_t length = 0;
        bool keyKeptApart = false; // its text differs from the bytes in the file ("" for a quote)
        Millis arrival = 0;
        Millis happened = 0;
    };

    const Row& at(std::int64_t i) const
    {
        return pages_[static_cast<std::size_t>(i / kRowsOfAPage)][static_cast<std::size_t>(i % kRowsOfAPage)];
    }

    QFile file_;
    QByteArray held_;       // the file's bytes when it is small
    std::string_view text_; // the file's bytes
    std::vector<std::string> columns_;
    std::vector<std::vector<Row>> pages_;
    std::vector<std::uint32_t> byEventTime_;
    std::map<std::int64_t, std::string> keysKeptApart_; // by row
    std::int64_t rowCount_ = 0;
    std::size_t keyField_ = 0;
    bool hasKeys_ = false;
    std::uint64_t contentHash_ = 0;
};

} // namespace tideline::model
