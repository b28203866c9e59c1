// SPDX-License-Identifier: GPL-3.0-or-later
// CsvReader: the rows of a CSV text (RFC 4180), one after the other, with the bytes that each one takes.
//
// Fields are parsed by libcsv: quotes, commas and line breaks inside them, CRLF, LF or CR; blank lines are no
// rows. A row that breaks the quoting rules, or is longer than kLongestRow, is reported as broken, and
// reading goes on with the line after the one it began on. The text must outlive the reader; nothing of it is
// kept but the current row. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct csv_parser;

namespace tideline::model {

inline constexpr std::size_t kLongestRow = 1024 * 1024; // bytes

struct CsvRow
{
    std::uint64_t begin = 0;         // byte of the text where the row begins
    std::uint64_t length = 0;        // bytes, without the line's end
    std::int64_t line = 0;           // from 1, of its first byte
    std::vector<std::string> fields; // without quotes; spaces around unquoted ones are dropped
    bool broken = false;             // quoting is wrong, or it is too long: the fields are unusable
};

class CsvReader
{
public:
    // Skips a byte-order mark.
    explicit CsvReader(std::string_view text);
    ~CsvReader();
    CsvReader(const CsvReader&) = delete;
    CsvReader& operator=(const CsvReader&) = delete;

    // False at the end of the text. `row` is reused, so that a row costs no allocation.
    bool next(CsvRow& row);

    std::uint64_t position() const { return position_; }

private:
    std::string_view pieceAt(std::uint64_t position) const;
    bool feed(std::string_view piece);
    void reset();
    bool finishAtEnd(CsvRow& row);
    bool giveUp(CsvRow& row);
    void finish(CsvRow& row);

    static void onField(void* field, std::size_t size, void* reader);
    static void onRow(int end, void* reader);

    std::string_view text_;
    std::uint64_t position_ = 0;
    std::int64_t line_ = 1; // of position_
    csv_parser* parser_;
    CsvRow* row_ = nullptr; // being filled
    std::size_t fieldCount_ = 0;
    bool rowEnded_ = false;
};

// The raw bytes of field `index` (from 0) of a row, with its quotes stripped but "" left as it is; empty when
// there are fewer.
std::string_view rawField(std::string_view row, std::size_t index);

} // namespace tideline::model
