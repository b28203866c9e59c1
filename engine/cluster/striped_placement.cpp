// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/striped_placement.h"

#include "engine/base/java_string_hash.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tideline {

namespace {

// Java's Collections.shuffle with our numbers.
template <class T>
void shuffle(std::vector<T>& list, const DrawBelow& draw)
{
    for (std::size_t i = list.size(); i > 1; --i)
        std::swap(list[i - 1], list[draw(static_cast<std::uint32_t>(i))]);
}

// Brokers of one rack and one state, handed out from an offset that moves on with each epoch.
struct BrokerList
{
    std::vector<BrokerId> ids;
    std::uint32_t epoch = 0;
    std::uint32_t index = 0;
    std::uint32_t offset = 0;

    BrokerId next(std::uint32_t currentEpoch)
    {
        if (ids.empty())
            return kNone;
        if (epoch != currentEpoch) {
            epoch = currentEpoch;
            index = 0;
            offset = (offset + 1) % static_cast<std::uint32_t>(ids.size());
        }
        if (index >= ids.size())
            return kNone;
        return ids[(index++ + offset) % ids.size()];
    }
};

struct Rack
{
    std::string name;
    BrokerList fenced;
    BrokerList unfenced;
};

// Kafka draws for its racks in the order of a Java HashMap of their names: by slot, and in one slot as they
// came. The table starts with 16 slots and doubles when more than three quarters are taken.
void sortAsJavaHashMap(std::vector<Rack>& racks)
{
    std::uint32_t slots = 16;
    while (racks.size() > slots * 3 / 4)
        slots *= 2;
    const auto slot = [slots](const Rack& rack) {
        const auto hash = static_cast<std::uint32_t>(javaStringHash(rack.name));
        return (hash ^ hash >> 16) & (slots - 1);
    };
    std::stable_sort(racks.begin(), racks.end(),
                     [&](const Rack& a, const Rack& b) { return slot(a) < slot(b); });
}

class RackList
{
public:
    RackList(const std::vector<UsableBroker>& brokers, const DrawBelow& draw)
        : draw_(draw)
    {
        for (const UsableBroker& broker : brokers) {
            Rack& rack = rackNamed(broker.rack);
            (broker.fenced ? rack.fenced : rack.unfenced).ids.push_back(broker.id);
            unfenced_ += broker.fenced ? 0 : 1;
        }
        sortAsJavaHashMap(racks_);
        for (Rack& rack : racks_) {
            for (BrokerList* list : {&rack.fenced, &rack.unfenced}) {
                std::sort(list->ids.begin(), list->ids.end());
                if (!list->ids.empty())
                    list->offset = draw_(static_cast<std::uint32_t>(list->ids.size()));
            }
        }
        round_.resize(racks_.size());
        std::iota(round_.begin(), round_.end(), std::size_t{0});
        std::sort(round_.begin(), round_.end(),
                  [this](std::size_t a, std::size_t b) { return racks_[a].name < racks_[b].name; });
        if (!racks_.empty())
            offset_ = draw_(static_cast<std::uint32_t>(racks_.size()));
    }

    BrokerIds place(std::int32_t replicationFactor)
    {
        if (epoch_ == unfenced_ && unfenced_ > 1)
            shuffleAll();
        if (offset_ == racks_.size())
            offset_ = 0;
        BrokerIds replicas;
        std::size_t leaderRack = offset_;
        BrokerId leader = kNone;
        while ((leader = rackAt(leaderRack).unfenced.next(epoch_)) == kNone)
            leaderRack = (leaderRack + 1) % racks_.size();
        replicas.push(leader);
        bool leaderRackSkipped = false;
        for (std::size_t rack = offset_; replicas.size() < static_cast<std::size_t>(replicationFactor);
             rack = (rack + 1) % racks_.size()) {
            if (rack == leaderRack && !leaderRackSkipped) {
                leaderRackSkipped = true; // it has given the leader in this round
                continue;
            }
            BrokerId follower = rackAt(rack).unfenced.next(epoch_);
            if (follower == kNone)
                follower = rackAt(rack).fenced.next(epoch_);
            if (follower != kNone)
                replicas.push(follower);
        }
        ++epoch_;
        ++offset_;
        return replicas;
    }

private:
    Rack& rackNamed(const std::string& name)
    {
        const auto found =
            std::find_if(racks_.begin(), racks_.end(), [&](const Rack& rack) { return rack.name == name; });
        return found == racks_.end() ? racks_.emplace_back(Rack{name, {}, {}}) : *found;
    }
    Rack& rackAt(std::size_t place) { return racks_[round_[place]]; }

    void shuffleAll()
    {
        shuffle(round_, draw_);
        for (Rack& rack : racks_) {
            shuffle(rack.fenced.ids, draw_);
            shuffle(rack.unfenced.ids, draw_);
        }
        epoch_ = 0;
    }

    const DrawBelow& draw_;
    std::vector<Rack> racks_;        // in the order of drawing
    std::vector<std::size_t> round_; // indices of racks_ in the order of placing: by name until shuffled
    std::uint32_t unfenced_ = 0;
    std::uint32_t epoch_ = 0;
    std::size_t offset_ = 0;
};

} // namespace

std::string placementFault(const std::vector<UsableBroker>& brokers, std::int32_t replicationFactor)
{
    if (replicationFactor <= 0)
        return "Invalid replication factor " + std::to_string(replicationFactor) +
               ": the replication factor must be positive.";
    if (std::all_of(brokers.begin(), brokers.end(), [](const UsableBroker& broker) { return broker.fenced; }))
        return "All brokers are currently fenced, or have all their log directories cordoned.";
    if (static_cast<std::size_t>(replicationFactor) > brokers.size())
        return "The target replication factor of " + std::to_string(replicationFactor) +
               " cannot be reached because only " + std::to_string(brokers.size()) +
               " broker(s) are registered or some brokers have all their log directories cordoned.";
    return {};
}

std::vector<BrokerIds> placeStriped(const std::vector<UsableBroker>& brokers, std::int32_t partitions,
                                    std::int32_t replicationFactor, const DrawBelow& draw)
{
    RackList racks(brokers, draw);
    std::vector<BrokerIds> placed;
    if (!placementFault(brokers, replicationFactor).empty())
        return placed;
    placed.reserve(static_cast<std::size_t>(partitions));
    for (std::int32_t i = 0; i < partitions; ++i)
        placed.push_back(racks.place(replicationFactor));
    return placed;
}

} // namespace tideline
