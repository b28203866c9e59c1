// SPDX-License-Identifier: GPL-3.0-or-later
// Partition directories as brokers of Kafka 4.4.0 left them, each with the dump.json that Kafka's own readers
// wrote.
//
// Every folder found is a case: in tests/vectors/kafka/segments, or the same path below TIDELINE_VECTORS,
// where an absent folder is no failure and max(1 case, 2 %) may differ.
#include "engine/log/compressed_batch.h"
#include "engine/log/log_lookup.h"
#include "engine/log/segment_builder.h"
#include "engine/log/segment_directory.h"
#include "engine/log/transaction_index.h"
#include "tests/conformance/segments_json.h"

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

using namespace tideline;
using namespace tideline::vectors;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKnownFolders = 27;
constexpr const char* kDump = "dump.json";

struct Folder
{
    Json dump;
    PartitionFiles files;
    PartitionContents contents;
};

std::optional<Mismatch> readFolder(const fs::path& path, Folder& folder)
{
    Result<PartitionFiles> files = readSegmentDirectory(path.string());
    if (!files.ok())
        return Mismatch{-1, files.error().sentence};
    folder.files = std::move(files.value());
    folder.dump = Json::parse(folder.files.at(kDump));
    folder.files.erase(kDump);
    folder.contents = readPartition(folder.files);
    return std::nullopt;
}

std::optional<Mismatch> compareDump(const Folder& folder)
{
    return compare(-1, comparable(folder.dump.at("files")),
                   dumpOf(folder.files, folder.contents, folder.dump.at("topicDir").get<std::string>()));
}

// Nothing is wrong with what a broker wrote but the tail that was torn off.
std::optional<Mismatch> compareFaults(const Folder& folder)
{
    std::size_t torn = 0;
    for (const Json& file : folder.dump.at("files"))
        torn += file.contains("tornTailBytes") ? 1 : 0;
    for (const SegmentFault& fault : folder.contents.faults) {
        if (fault.damage != SegmentDamage::TornTail)
            return Mismatch{-1, fault.sentence};
    }
    return compare(-1, torn, folder.contents.faults.size());
}

std::optional<Mismatch> compareBytes(const Folder& folder, const std::string& name,
                                     const std::string& written)
{
    std::string expected = folder.files.at(name);
    const Json& dump = folder.dump.at("files").at(name);
    expected.resize(expected.size() - dump.value("tornTailBytes", std::size_t{0}));
    return compare(-1, name + " " + toHex(expected), name + " " + toHex(written));
}

// What was read, written again, is the same file.
std::optional<Mismatch> compareWritten(const Folder& folder)
{
    using Kind = PartitionFileKind;
    for (const SegmentContents& segment : folder.contents.segments) {
        SegmentBuilder builder(segment.baseOffset, SegmentConfig(), 0);
        for (const BatchPosition& batch : segment.scan.batches)
            builder.append(batchBytes(segment.log, batch));
        const std::pair<Kind, std::string> written[] = {
            {Kind::Log, builder.log()},
            {Kind::OffsetIndex, segment.offsetIndex.bytes()},
            {Kind::TimeIndex, segment.timeIndex.bytes()},
            {Kind::TransactionIndex, transactionIndexBytes(segment.aborted)},
        };
        for (const auto& [kind, bytes] : written) {
            const std::string name = segmentFileName(kind, segment.baseOffset);
            if (!folder.files.contains(name) && bytes.empty())
                continue;
            if (auto mismatch = compareBytes(folder, name, bytes))
                return mismatch;
        }
    }
    for (const auto& [offset, snapshot] : folder.contents.snapshots) {
        const std::string name = segmentFileName(Kind::ProducerSnapshot, offset);
        if (auto mismatch = compareBytes(folder, name, producerSnapshotBytes(snapshot)))
            return mismatch;
    }
    return std::nullopt;
}

// A compressed batch, taken apart and compressed anew, holds the same records.
std::optional<Mismatch> compareCompressedAnew(const Folder& folder)
{
    for (const SegmentContents& segment : folder.contents.segments) {
        for (const BatchPosition& batch : segment.scan.batches) {
            Chunk plain;
            if (const RecordsFault fault = decompressBatch(batchBytes(segment.log, batch), plain);
                !fault.ok())
                return Mismatch{-1, fault.brokenRule()};
            const auto codec = static_cast<Codec>(batch.header.codecNumber());
            Chunk again;
            if (const RecordsFault fault =
                    decompressBatch(compressBatch(plain.bytes(), codec).bytes(), again);
                !fault.ok())
                return Mismatch{-1, fault.brokenRule()};
            if (!(plain == again))
                return Mismatch{-1, "batch at offset " + std::to_string(batch.header.baseOffset) +
                                        ": its records differ when compressed anew"};
        }
    }
    return std::nullopt;
}

// The answers that the dump gives, by looking at all of it: the last entry whose key is not after the target.
Json entryFor(const Json& entries, std::int64_t target, Json none)
{
    Json found = std::move(none);
    for (const Json& entry : entries) {
        if (entry.at(0).get<std::int64_t>() <= target)
            found = entry;
    }
    return found;
}

const Json& dumped(const Folder& folder, PartitionFileKind kind, const SegmentContents& segment)
{
    return folder.dump.at("files").at(segmentFileName(kind, segment.baseOffset));
}

std::optional<Mismatch> compareOffsetLookups(const Folder& folder)
{
    for (const SegmentContents& segment : folder.contents.segments) {
        const Json& batches = dumped(folder, PartitionFileKind::Log, segment).at("batches");
        const Json& entries = dumped(folder, PartitionFileKind::OffsetIndex, segment).at("entries");
        for (Offset target = segment.baseOffset; target <= segment.nextOffset() + 1; ++target) {
            Json expected = {{"target", target}, {"batch", nullptr}};
            expected["index"] = entryFor(entries, target, {segment.baseOffset, 0});
            for (const Json& batch : batches) {
                if (expected["batch"].is_null() && batch.at("lastOffset").get<Offset>() >= target)
                    expected["batch"] = batch.at("position");
            }
            const OffsetPosition entry = segment.offsetIndex.lookup(target);
            const BatchPosition* batch = translateOffset(segment, target);
            const Json actual = {{"target", target},
                                 {"index", {entry.offset, entry.position}},
                                 {"batch", batch ? Json(batch->position) : Json()}};
            if (auto mismatch = compare(-1, expected, actual))
                return mismatch;
        }
    }
    return std::nullopt;
}

// All timestamps of the dump, and those just before and after them.
std::set<Millis> timesOf(const Folder& folder)
{
    std::set<Millis> times = {0};
    for (const SegmentContents& segment : folder.contents.segments) {
        for (const Json& batch : dumped(folder, PartitionFileKind::Log, segment).at("batches")) {
            for (const Json& record : batch.at("records")) {
                const auto time = record.at("timestamp").get<Millis>();
                times.insert({time - 1, time, time + 1});
            }
        }
    }
    return times;
}

// The first segment with a batch that is young enough decides; then the first such record from `from` on.
Json recordFor(const Folder& folder, Millis target, Offset from)
{
    for (const SegmentContents& segment : folder.contents.segments) {
        bool decides = false;
        for (const Json& batch : dumped(folder, PartitionFileKind::Log, segment).at("batches")) {
            if (batch.at("maxTimestamp").get<Millis>() < target)
                continue;
            decides = true;
            for (const Json& record : batch.at("records")) {
                if (record.at("timestamp").get<Millis>() >= target &&
                    record.at("offset").get<Offset>() >= from)
                    return {record.at("offset"), record.at("timestamp"), batch.at("partitionLeaderEpoch")};
            }
        }
        if (decides)
            return {};
    }
    return {};
}

std::optional<Mismatch> compareTimeLookups(const Folder& folder)
{
    const Offset end = folder.contents.logEndOffset();
    for (const Millis target : timesOf(folder)) {
        for (const Offset from : {Offset{0}, end / 2}) {
            const auto found = fetchOffsetByTimestamp(folder.contents.segments, target, from);
            const Json actual = found ? Json{found->offset, found->timestamp, found->leaderEpoch} : Json();
            if (auto mismatch =
                    compare(-1, {target, from, recordFor(folder, target, from)}, {target, from, actual}))
                return mismatch;
        }
        for (const SegmentContents& segment : folder.contents.segments) {
            const Json& entries = dumped(folder, PartitionFileKind::TimeIndex, segment).at("entries");
            const TimestampOffset entry = segment.timeIndex.lookup(target);
            if (auto mismatch = compare(-1, entryFor(entries, target, {kNoTimestamp, segment.baseOffset}),
                                        {entry.timestamp, entry.offset}))
                return mismatch;
        }
    }
    return std::nullopt;
}

std::optional<Mismatch> replayFolder(const fs::path& path)
{
    Folder folder;
    if (auto mismatch = readFolder(path, folder))
        return mismatch;
    for (const auto check : {compareDump, compareFaults, compareWritten, compareCompressedAnew,
                             compareOffsetLookups, compareTimeLookups}) {
        if (auto mismatch = check(folder))
            return mismatch;
    }
    return std::nullopt;
}

} // namespace

class KafkaSegments : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void replay_data();
    void replay();
    void verdict();

private:
    bool foreign_ = false;
    fs::path root_;
    std::vector<std::string> folders_;
    std::size_t failed_ = 0;
};

void KafkaSegments::initTestCase()
{
    const char* vectors = std::getenv("TIDELINE_VECTORS");
    foreign_ = vectors && *vectors;
    root_ = fs::path(foreign_ ? vectors : TIDELINE_SOURCE_DIR "/tests/vectors") / "kafka" / "segments";
    std::error_code absent;
    for (const fs::directory_entry& entry : fs::directory_iterator(root_, absent)) {
        if (fs::exists(entry.path() / kDump))
            folders_.push_back(entry.path().filename().string());
    }
    std::sort(folders_.begin(), folders_.end());
    if (folders_.empty() && foreign_)
        QSKIP("no kafka/segments in TIDELINE_VECTORS: nothing to hold against");
    QVERIFY2(foreign_ || folders_.size() >= kKnownFolders,
             "folders of tests/vectors/kafka/segments are missing");
}

void KafkaSegments::replay_data()
{
    QTest::addColumn<QString>("folder");
    for (const std::string& folder : folders_)
        QTest::newRow(folder.c_str()) << QString::fromStdString(folder);
}

void KafkaSegments::replay()
{
    QFETCH(QString, folder);
    std::optional<Mismatch> mismatch;
    try {
        mismatch = replayFolder(root_ / folder.toStdString());
    } catch (const std::exception& problem) { // a foreign dump may have another form: the others still count
        mismatch =
            Mismatch{-1, std::string("the folder does not have the form of its kind: ") + problem.what()};
    }
    if (!mismatch)
        return;
    const std::string text = "segments/" + folder.toStdString() + ": " + mismatch->difference;
    if (!foreign_)
        QFAIL(text.c_str());
    ++failed_;
    qInfo("%s", text.c_str());
}

void KafkaSegments::verdict()
{
    QVERIFY2(failed_ <= std::max<std::size_t>(1, folders_.size() / 50), "too many folders differ");
}

QTEST_APPLESS_MAIN(KafkaSegments)
#include "kafka_segments.moc"
