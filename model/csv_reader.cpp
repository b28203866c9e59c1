// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/csv_reader.h"

#include <csv.h>

#include <algorithm>
#include <new>

namespace tideline::model {

namespace {

constexpr std::size_t kFieldBlock = 4096; // libcsv grows its buffer by this

bool isSpace(char c)
{
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

} // namespace

CsvReader::CsvReader(std::string_view text)
    : text_(text)
    , parser_(new csv_parser)
{
    if (text_.starts_with("\xef\xbb\xbf"))
        position_ = 3;
    if (csv_init(parser_, CSV_STRICT | CSV_STRICT_FINI) != 0)
        throw std::bad_alloc();
    csv_set_blk_size(parser_, kFieldBlock);
}

CsvReader::~CsvReader()
{
    csv_free(parser_);
    delete parser_;
}

void CsvReader::onField(void* field, std::size_t size, void* reader)
{
    auto& self = *static_cast<CsvReader*>(reader);
    std::vector<std::string>& fields = self.row_->fields;
    if (self.fieldCount_ == fields.size())
        fields.emplace_back();
    fields[self.fieldCount_++].assign(static_cast<const char*>(field), size);
}

void CsvReader::onRow(int, void* reader)
{
    static_cast<CsvReader*>(reader)->rowEnded_ = true;
}

// Up to and with the next LF, or CR that no LF follows: what can end at most one row.
std::string_view CsvReader::pieceAt(std::uint64_t position) const
{
    const std::string_view rest =
        text_.substr(position, kLongestRow + 2); // so that one endless line costs no endless search
    const std::size_t feedLine = rest.find('\n');
    const std::size_t length = feedLine == std::string_view::npos ? rest.size() : feedLine + 1;
    const std::size_t carriage = rest.substr(0, length).find('\r');
    if (carriage == std::string_view::npos || carriage + 1 == feedLine)
        return rest.substr(0, length);
    return rest.substr(0, carriage + 1);
}

bool CsvReader::feed(std::string_view piece)
{
    return csv_parse(parser_, piece.data(), piece.size(), &CsvReader::onField, &CsvReader::onRow, this) ==
           piece.size();
}

// Forgets a row that went wrong in the middle.
void CsvReader::reset()
{
    csv_free(parser_);
    if (csv_init(parser_, CSV_STRICT | CSV_STRICT_FINI) != 0)
        throw std::bad_alloc();
    csv_set_blk_size(parser_, kFieldBlock);
}

void CsvReader::finish(CsvRow& row)
{
    row.fields.resize(fieldCount_);
    row.length = position_ - row.begin;
    while (row.length > 0 &&
           (text_[row.begin + row.length - 1] == '\n' || text_[row.begin + row.length - 1] == '\r'))
        --row.length;
}

// The row is broken: it is what its first line holds, and the next one begins after that.
bool CsvReader::giveUp(CsvRow& row)
{
    reset();
    position_ = row.begin + pieceAt(row.begin).size();
    line_ = row.line + 1;
    row.broken = true;
    fieldCount_ = 0;
    finish(row);
    return true;
}

bool CsvReader::finishAtEnd(CsvRow& row)
{
    if (csv_fini(parser_, &CsvReader::onField, &CsvReader::onRow, this) != 0)
        return giveUp(row);
    finish(row);
    return rowEnded_;
}

bool CsvReader::next(CsvRow& row)
{
    row_ = &row;
    row.broken = false;
    fieldCount_ = 0;
    rowEnded_ = false;
    bool begun = false;
    while (position_ < text_.size()) {
        const std::string_view piece = pieceAt(position_);
        // libcsv passes over blank lines silently; a row begins where it is not at its start any more.
        const bool blank = !begun && trimmed(piece).find_first_not_of("\r\n") == std::string_view::npos;
        if (!begun) {
            row.begin = position_;
            row.line = line_;
        }
        position_ += piece.size();
        ++line_;
        if (blank)
            continue;
        begun = true;
        if (!feed(piece) || position_ - row.begin > kLongestRow)
            return giveUp(row);
        if (rowEnded_) {
            finish(row);
            return true;
        }
    }
    return begun && finishAtEnd(row);
}

std::string_view rawField(std::string_view row, std::size_t index)
{
    std::size_t begin = 0;
    bool quotesOpen = false;
    for (std::size_t i = 0; i <= row.size(); ++i) {
        if (i < row.size() && row[i] == '"')
            quotesOpen = !quotesOpen; // a doubled quote closes and opens again
        if (i < row.size() && (row[i] != ',' || quotesOpen))
            continue;
        if (index-- == 0) {
            std::string_view field = trimmed(row.substr(begin, i - begin));
            if (field.size() >= 2 && field.front() == '"' && field.back() == '"')
                field = field.substr(1, field.size() - 2);
            return field;
        }
        begin = i + 1;
    }
    return {};
}

} // namespace tideline::model
