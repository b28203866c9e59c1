// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/striped_placement.h"

#include <algorithm>
#include <map>
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
    BrokerList fenced;
    BrokerList unfenced;
};

class RackList
{
public:
    RackList(const std::vector<UsableBroker>& brokers, const DrawBelow& draw)
        : draw_(draw)
    {
        std::map<std::string, Rack> byName; // the rack without a name sorts first
        for (const UsableBroker& broker : brokers) {
            Rack& rack = byName[broker.rack];
            (broker.fenced ? rack.fenced : rack.unfenced).ids.push_back(broker.id);
            unfenced_ += broker.fenced ? 0 : 1;
        }
        for (auto& [name, rack] : byName) {
            for (BrokerList* list : {&rack.fenced, &rack.unfenced}) {
                std::sort(list->ids.begin(), list->ids.end());
                if (!list->ids.empty())
                    list->offset = draw_(static_cast<std::uint32_t>(list->ids.size()));
            }
            racks_.push_back(std::move(rack));
        }
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
        while ((leader = racks_[leaderRack].unfenced.next(epoch_)) == kNone)
            leaderRack = (leaderRack + 1) % racks_.size();
        replicas.push(leader);
        bool leaderRackSkipped = false;
        for (std::size_t rack = offset_; replicas.size() < static_cast<std::size_t>(replicationFactor);
             rack = (rack + 1) % racks_.size()) {
            if (rack == leaderRack && !leaderRackSkipped) {
                leaderRackSkipped = true; // it has given the leader in this round
                continue;
            }
            BrokerId follower = racks_[rack].unfenced.next(epoch_);
            if (follower == kNone)
                follower = racks_[rack].fenced.next(epoch_);
            if (follower != kNone)
                replicas.push(follower);
        }
        ++epoch_;
        ++offset_;
        return replicas;
    }

private:
    void shuffleAll()
    {
        shuffle(racks_, draw_);
        for (Rack& rack : racks_) {
            shuffle(rack.fenced.ids, draw_);
            shuffle(rack.unfenced.ids, draw_);
        }
        epoch_ = 0;
    }

    const DrawBelow& draw_;
    std::vector<Rack> racks_;
    std::uint32_t unfenced_ = 0;
    std::uint32_t epoch_ = 0;
    std::size_t offset_ = 0;
};

} // namespace

std::vector<BrokerIds> placeStriped(const std::vector<UsableBroker>& brokers, std::int32_t partitions,
                                    std::int32_t replicationFactor, const DrawBelow& draw)
{
    RackList racks(brokers, draw);
    std::vector<BrokerIds> placed;
    placed.reserve(static_cast<std::size_t>(partitions));
    for (std::int32_t i = 0; i < partitions; ++i)
        placed.push_back(racks.place(replicationFactor));
    return placed;
}

} // namespace tideline
