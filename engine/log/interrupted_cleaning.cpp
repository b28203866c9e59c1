// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/interrupted_cleaning.h"

#include "engine/log/segment_scan.h"

#include <algorithm>
#include <limits>

namespace tideline {
namespace {

constexpr std::string_view kDeleted = ".deleted";
constexpr std::string_view kCleaned = ".cleaned";
constexpr std::string_view kSwap = ".swap";
constexpr Offset kFarthest = std::numeric_limits<Offset>::max();

std::string_view without(std::string_view name, std::string_view suffix)
{
    name.remove_suffix(suffix.size());
    return name;
}

// The offset in the name of a file of a segment; -1 when there is none.
Offset offsetIn(std::string_view name)
{
    return partitionFileName(name).offset;
}

template <class Condition>
void removeIf(PartitionFiles& files, std::vector<std::string>& deleted, Condition&& condition)
{
    for (auto file = files.begin(); file != files.end();) {
        const bool goes = condition(file->first);
        if (goes)
            deleted.push_back(file->first);
        file = goes ? files.erase(file) : std::next(file);
    }
}

} // namespace

void finishInterruptedCleaning(PartitionFiles& files, std::vector<std::string>& deleted)
{
    Offset firstCleaned = kFarthest;
    for (const auto& [name, bytes] : files) {
        if (name.ends_with(kCleaned))
            firstCleaned = std::min(firstCleaned, offsetIn(without(name, kCleaned)));
    }
    removeIf(files, deleted, [&](const std::string& name) {
        return name.ends_with(kDeleted) || name.ends_with(kCleaned) ||
               (name.ends_with(kSwap) && offsetIn(without(name, kSwap)) >= firstCleaned);
    });

    Offset from = kFarthest;
    Offset to = 0;
    for (const auto& [name, bytes] : files) {
        if (!name.ends_with(kSwap))
            continue;
        const PartitionFileName parsed = partitionFileName(without(name, kSwap));
        if (parsed.kind != PartitionFileKind::Log)
            continue;
        const SegmentScan scan = scanSegment(bytes, parsed.offset, name);
        from = std::min(from, parsed.offset);
        to = std::max(to, scan.batches.empty() ? parsed.offset : scan.batches.back().header.nextOffset());
    }
    removeIf(files, deleted, [&](const std::string& name) {
        const Offset offset = offsetIn(name);
        return offset >= from && offset < to;
    });
    for (auto file = files.begin(); file != files.end();) {
        if (file->first.ends_with(kSwap)) {
            auto taken = files.extract(file++);
            taken.key() = without(taken.key(), kSwap);
            files.insert_or_assign(taken.key(), std::move(taken.mapped()));
        } else {
            ++file;
        }
    }
}

} // namespace tideline
