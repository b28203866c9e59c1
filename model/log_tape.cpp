// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/log_tape.h"

#include "engine/lab/scenario_keys_nearest.h"
#include "model/csv_reader.h"
#include "model/log_time.h"

#include <QFileInfo>

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>

#include <xxhash.h>

namespace tideline::model {

namespace {

constexpr std::int64_t kHeldInMemory = 64 * 1024 * 1024; // bytes
constexpr std::uint64_t kProgressStep = 1024 * 1024;     // bytes
constexpr std::int64_t kMostRows = std::numeric_limits<std::uint32_t>::max();

// XXH3 of bytes as they come.
class ContentHash
{
public:
    ContentHash()
        : state_(XXH3_createState())
    {
        XXH3_64bits_reset(state_);
    }
    ~ContentHash() { XXH3_freeState(state_); }
    ContentHash(const ContentHash&) = delete;
    ContentHash& operator=(const ContentHash&) = delete;
    void add(std::string_view bytes) { XXH3_64bits_update(state_, bytes.data(), bytes.size()); }
    std::uint64_t value() const { return XXH3_64bits_digest(state_); }

private:
    XXH3_state_t* state_;
};

} // namespace

// Fills one LogTape; the steps of open(), each of which may refuse.
class LogTapeLoader
{
public:
    LogTapeLoader(const LogTapeRequest& request, const LogTape::Progress& progress)
        : request_(request)
        , progress_(progress)
        , tape_(new LogTape)
        , name_(QFileInfo(QFile::decodeName(request.path.c_str())).fileName().toStdString())
    {}

    std::optional<Error> openFile();
    std::optional<Error> readColumns();
    std::optional<Error> readRows();
    void sortByEventTime();
    OpenedLog take() { return {std::move(tape_), std::move(stats_)}; }

private:
    Error error(const std::string& rest) const { return Error{name_ + ": " + rest}; }
    std::optional<Error> findColumn(std::string_view role, const std::string& name, std::size_t& field) const;
    // Why the row is none, naming its line; nothing when it was added.
    std::optional<std::string> addRow(const CsvRow& row);
    std::optional<std::string> readTime(const CsvRow& row, std::size_t field, Millis& time) const;
    std::string placeOf(const CsvRow& row) const
    {
        return name_ + " line " + std::to_string(row.line) + ": ";
    }
    void keepKey(const CsvRow& row, LogTape::Row& kept);
    // Hashes what has been read; false when the reader wants to stop.
    bool advance(std::uint64_t position);

    const LogTapeRequest& request_;
    const LogTape::Progress& progress_;
    std::shared_ptr<LogTape> tape_;
    std::string name_; // of the file, without its folder
    LogTapeStats stats_;
    std::optional<CsvReader> reader_;
    std::size_t timeField_ = 0;
    std::size_t arrivalField_ = 0;
    Millis lastArrival_ = kMinMillis;
    ContentHash hash_;
    std::uint64_t hashed_ = 0;
};

std::optional<Error> LogTapeLoader::openFile()
{
    const QFileInfo info(QFile::decodeName(request_.path.c_str()));
    if (!info.exists())
        return error("there is no such file; correct the name");
    if (!info.isFile())
        return error("it is not a regular file, which a recorded log must be; name a CSV file");
    QFile& file = tape_->file_;
    file.setFileName(info.filePath());
    if (!file.open(QIODevice::ReadOnly))
        return error("it cannot be read; allow reading it or name another file");
    const std::int64_t size = file.size();
    if (size == 0)
        return error("it is empty, and its first line should name the columns; name another file");
    if (size > kHeldInMemory) {
        const uchar* bytes = file.map(0, size);
        if (!bytes)
            return error("its " + std::to_string(size) +
                         " bytes cannot be mapped into memory; free some or use a shorter log");
        tape_->text_ = {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
    } else {
        tape_->held_ = file.readAll();
        file.close();
        if (tape_->held_.isEmpty())
            return error("it cannot be read; allow reading it or name another file");
        tape_->text_ = {tape_->held_.constData(), static_cast<std::size_t>(tape_->held_.size())};
    }
    return std::nullopt;
}

std::optional<Error> LogTapeLoader::findColumn(std::string_view role, const std::string& name,
                                               std::size_t& field) const
{
    const std::vector<std::string>& columns = tape_->columns_;
    const auto found = std::find(columns.begin(), columns.end(), name);
    field = static_cast<std::size_t>(found - columns.begin());
    if (found != columns.end())
        return std::nullopt;
    return error("it has no column " + inQuotes(name) + " for the " + std::string(role) +
                 "; the nearest is " + inQuotes(nearestName(name, std::span<const std::string>(columns))) +
                 ", use one that is there");
}

std::optional<Error> LogTapeLoader::readColumns()
{
    reader_.emplace(tape_->text_);
    CsvRow header;
    if (!reader_->next(header) || header.broken)
        return error("its first line does not name columns, as that of a recorded log must; name a CSV file");
    tape_->columns_ = header.fields;
    const std::string& arrival =
        request_.arrivalColumn.empty() ? request_.timeColumn : request_.arrivalColumn;
    if (auto missing = findColumn("time", request_.timeColumn, timeField_))
        return missing;
    if (auto missing = findColumn("arrival", arrival, arrivalField_))
        return missing;
    tape_->hasKeys_ = !request_.keyColumn.empty();
    return tape_->hasKeys_ ? findColumn("key", request_.keyColumn, tape_->keyField_) : std::nullopt;
}

std::optional<std::string> LogTapeLoader::readTime(const CsvRow& row, std::size_t field, Millis& time) const
{
    const std::optional<Millis> parsed = parseLogTime(row.fields[field]);
    if (!parsed)
        return placeOf(row) + tape_->columns_[field] + " " + inQuotes(row.fields[field]) +
               " is not a time such as 2018-01-31T02:23:11.235Z or a number of seconds or milliseconds since "
               "1970";
    time = *parsed;
    return std::nullopt;
}

// Keys are looked up in the file later; one that reads otherwise there than it is meant is kept.
void LogTapeLoader::keepKey(const CsvRow& row, LogTape::Row& kept)
{
    const std::string& key = row.fields[tape_->keyField_];
    if (rawField(tape_->text_.substr(row.begin, row.length), tape_->keyField_) == key)
        return;
    kept.keyKeptApart = true;
    tape_->keysKeptApart_[tape_->rowCount_] = key;
}

std::optional<std::string> LogTapeLoader::addRow(const CsvRow& row)
{
    if (row.broken)
        return placeOf(row) + "its quotes do not match, or it is longer than 1 MB";
    if (row.fields.size() != tape_->columns_.size())
        return placeOf(row) + "it has " + std::to_string(row.fields.size()) +
               (row.fields.size() == 1 ? " field" : " fields") + ", and the first line names " +
               std::to_string(tape_->columns_.size());
    LogTape::Row kept;
    if (auto why = readTime(row, timeField_, kept.happened))
        return why;
    if (auto why = readTime(row, arrivalField_, kept.arrival))
        return why;
    if (kept.arrival < lastArrival_) {
        kept.arrival = lastArrival_;
        ++stats_.arrivalsBackwards;
    }
    lastArrival_ = kept.arrival;
    kept.begin = row.begin;
    kept.length = static_cast<std::uint32_t>(row.length);
    if (tape_->hasKeys_)
        keepKey(row, kept);
    if (tape_->rowCount_ % LogTape::kRowsOfAPage == 0)
        tape_->pages_.emplace_back();
    tape_->pages_.back().push_back(kept);
    ++tape_->rowCount_;
    return std::nullopt;
}

bool LogTapeLoader::advance(std::uint64_t position)
{
    hash_.add(tape_->text_.substr(hashed_, position - hashed_));
    hashed_ = position;
    return !progress_ ||
           progress_(static_cast<std::int64_t>(position), static_cast<std::int64_t>(tape_->text_.size()));
}

std::optional<Error> LogTapeLoader::readRows()
{
    const Error stopped = error("reading it was stopped before its end; open it again to go on");
    CsvRow row;
    while (reader_->next(row)) {
        if (reader_->position() - hashed_ >= kProgressStep && !advance(reader_->position()))
            return stopped;
        if (tape_->rowCount_ == kMostRows)
            return error("it has more than " + std::to_string(kMostRows) +
                         " rows, the most that a log may have; split it");
        if (std::optional<std::string> why = addRow(row)) {
            if (stats_.brokenLines++ == 0)
                stats_.firstBroken = *why;
        }
    }
    if (!advance(tape_->text_.size()))
        return stopped;
    const std::int64_t lines = tape_->rowCount_ + stats_.brokenLines;
    if (stats_.brokenLines > 0 && !request_.skipBroken)
        return Error{stats_.firstBroken + "; " + std::to_string(stats_.brokenLines) + " of " +
                     std::to_string(lines) +
                     " rows are broken, so correct them or set \"on-error\": \"skip\""};
    if (lines == 0)
        return error("it names columns but has no row; name a log with rows");
    if (tape_->rowCount_ == 0)
        return error("none of its " + std::to_string(lines) + " rows can be read (" + stats_.firstBroken +
                     "); check the columns that the scenario names");
    stats_.rows = tape_->rowCount_;
    tape_->contentHash_ = hash_.value();
    return std::nullopt;
}

void LogTapeLoader::sortByEventTime()
{
    std::vector<std::uint32_t>& order = tape_->byEventTime_;
    order.resize(static_cast<std::size_t>(tape_->rowCount_));
    std::iota(order.begin(), order.end(), 0U);
    // The row number as second key makes equal times keep the order of the file.
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
        const Millis left = tape_->at(a).happened;
        const Millis right = tape_->at(b).happened;
        return left != right ? left < right : a < b;
    });
}

Result<OpenedLog> LogTape::open(const LogTapeRequest& request, const Progress& progress)
{
    LogTapeLoader loader(request, progress);
    for (const auto step :
         {&LogTapeLoader::openFile, &LogTapeLoader::readColumns, &LogTapeLoader::readRows}) {
        if (std::optional<Error> refused = (loader.*step)())
            return *refused;
    }
    loader.sortByEventTime();
    return loader.take();
}

TapeRow LogTape::row(std::int64_t i) const
{
    const Row& kept = at(i);
    TapeRow row;
    row.arrival = kept.arrival;
    row.happened = kept.happened;
    row.value = text_.substr(kept.begin, kept.length);
    if (hasKeys_) {
        row.key = kept.keyKeptApart ? std::string_view(keysKeptApart_.at(i)) : rawField(row.value, keyField_);
        row.hasKey = !row.key.empty(); // an empty field is no key, as in a table without a value there
    }
    return row;
}

} // namespace tideline::model
