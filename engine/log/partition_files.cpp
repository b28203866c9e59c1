// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/log/partition_files.h"

#include "engine/base/error.h"

#include <array>
#include <charconv>
#include <utility>

namespace tideline {
namespace {

constexpr std::size_t kDigits = 20;

constexpr std::array<std::pair<std::string_view, PartitionFileKind>, 5> kSuffixes = {{
    {".log", PartitionFileKind::Log},
    {".index", PartitionFileKind::OffsetIndex},
    {".timeindex", PartitionFileKind::TimeIndex},
    {".txnindex", PartitionFileKind::TransactionIndex},
    {".snapshot", PartitionFileKind::ProducerSnapshot},
}};

} // namespace

PartitionFileName partitionFileName(std::string_view name)
{
    if (name == kLeaderEpochCheckpointFile)
        return {PartitionFileKind::LeaderEpochCheckpoint};
    if (name == kPartitionMetadataFile)
        return {PartitionFileKind::PartitionMetadata};
    if (name.size() <= kDigits)
        return {};
    const std::string_view digits = name.substr(0, kDigits);
    Offset offset = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), offset);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size() || offset < 0 || digits[0] == '-')
        return {};
    for (const auto& [suffix, kind] : kSuffixes) {
        if (name.substr(kDigits) == suffix)
            return {kind, offset};
    }
    return {};
}

std::string segmentFileName(PartitionFileKind kind, Offset offset)
{
    TIDELINE_ASSERT(offset >= 0);
    const std::string digits = std::to_string(offset);
    std::string name(kDigits - digits.size(), '0');
    name += digits;
    for (const auto& [suffix, named] : kSuffixes) {
        if (named == kind)
            name += suffix;
    }
    return name;
}

} // namespace tideline
