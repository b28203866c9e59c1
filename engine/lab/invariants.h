// SPDX-License-Identifier: GPL-3.0-or-later
// Invariants: what must hold in every run, whatever a user does. When one breaks, the engine has a bug and
// the run stops.
//
// They are not the guarantees of the ledger, which may break because a user chose so. The cheap checks are
// made as things happen and, of what was written since, at every sample; audit() looks at everything and
// compares whole logs by their bytes. A plain value.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/lab/fact.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tideline {

struct World;
struct Replica;

enum class Invariant : std::int32_t {
    OneLeaderPerEpoch,      // two brokers never lead a partition in one leader epoch
    HighWatermarkInLog,     // log start <= high watermark <= log end offset, on every replica
    HighWatermarkNeverBack, // of a leader within its epoch
    CommittedIsReplicated,  // below the high watermark all in-sync replicas hold the same batches
    RecordsAddUp,           // record x window is exactly one of counted and cleaned, dropped, in state
    DeliveredWasProduced,   // nobody is given a record that was not produced
    BytesAreSound,          // every batch has its checksum and as many records as it says
};
inline constexpr std::int32_t kInvariantCount = 7;

class Invariants
{
public:
    // A leader was elected. Says what is broken, if it is.
    std::optional<InvariantBroken> onLeader(const LeaderElected& fact);
    // The cheap checks over pipelines, groups and the replicas that were touched since the last look.
    std::optional<InvariantBroken> check(const World& world);
    // The same over one replica as its broker has it.
    std::optional<InvariantBroken> check(const Replica& replica);

private:
    // Behind Cow: tens of thousands of entries, and an engine must be cheap to copy.
    Cow<std::map<std::pair<PartitionIndex, LeaderEpoch>, BrokerId>> leaders_;
    Cow<std::map<PartitionIndex, std::pair<LeaderEpoch, Offset>>>
        highWatermarks_; // as last seen at the leader
};

// The full checks, from the bytes. One sentence for each thing that is wrong.
std::vector<std::string> auditWorld(const World& world);

} // namespace tideline
