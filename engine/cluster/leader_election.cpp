// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/leader_election.h"

#include "engine/cluster/without_brokers.h"

#include <algorithm>
#include <vector>

namespace tideline {

namespace {

bool containsAll(const BrokerIds& ids, const BrokerIds& wanted)
{
    return std::all_of(wanted.begin(), wanted.end(), [&](BrokerId id) { return ids.contains(id); });
}

// The members of all lists once, in ascending order.
BrokerIds unionOf(std::initializer_list<const BrokerIds*> lists)
{
    std::vector<BrokerId> all;
    for (const BrokerIds* list : lists)
        all.insert(all.end(), list->begin(), list->end());
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    BrokerIds ids;
    for (const BrokerId id : all)
        ids.push(id);
    return ids;
}

template <class T>
void setWhenDifferent(std::optional<T>& field, const T& now, const T& before)
{
    if (!(now == before))
        field = now;
}

struct Elected
{
    BrokerId leader = kNone;
    bool unclean = false;
};

// The partition while its change is worked out: what is to be, next to what is.
class TargetPartition
{
public:
    TargetPartition(const PartitionRegistration& before, const RequestedChange& request,
                    const ElectionRules& rules, const MayLead& mayLead)
        : before_(before)
        , request_(request)
        , rules_(rules)
        , mayLead_(mayLead)
        , replicas_(request.replicas.value_or(before.replicas))
        , isr_(request.isr.value_or(before.isr))
        , elr_(before.elr)
        , lastKnownElr_(before.lastKnownElr)
        , adding_(request.adding.value_or(before.adding))
        , removing_(request.removing.value_or(before.removing))
    {}

    Elected elect() const
    {
        if (request_.election == ElectionKind::Preferred && eligible(replicas_[0]))
            return {replicas_[0]};
        if (eligible(before_.leader))
            return {before_.leader};
        for (const BrokerId replica : replicas_) {
            if (eligible(replica))
                return {replica};
        }
        if (lastKnownLeaderMayLead())
            return {before_.lastKnownElr[0], true};
        if (request_.election == ElectionKind::Unclean) {
            const auto* found = std::find_if(replicas_.begin(), replicas_.end(), mayLead_);
            if (found != replicas_.end())
                return {*found, true};
        }
        return {};
    }

    // A reassignment is complete once the added replicas are in sync; one that only removes, once those that
    // stay are.
    void completeReassignment()
    {
        if (adding_.empty() && removing_.empty())
            return;
        const BrokerIds staying = without(replicas_, removing_);
        const BrokerIds inSync = without(isr_, removing_);
        if (inSync.empty() || staying.empty() || !containsAll(inSync, adding_.empty() ? staying : adding_))
            return;
        replicas_ = staying;
        isr_ = inSync;
        adding_ = {};
        removing_ = {};
    }

    // Below min ISR, who leaves the ISR stays eligible; those who lost that too are remembered.
    void renewElr()
    {
        if (!rules_.elr)
            return;
        if (static_cast<std::int64_t>(isr_.size()) >= rules_.minIsr) {
            elr_ = {};
            lastKnownElr_ = {};
            return;
        }
        const BrokerIds candidates = unionOf({&elr_, &before_.isr});
        elr_ = without(without(candidates, isr_), request_.uncleanRestarted);
        lastKnownElr_ = without(without(unionOf({&candidates, &lastKnownElr_}), isr_), elr_);
    }

    PartitionChange change()
    {
        PartitionChange change;
        const Elected elected = elect();
        if (elected.leader != before_.leader)
            setLeader(elected, change);
        else if (!containsAll(replicas_, before_.replicas))
            change.leader = before_.leader; // who left must learn it: a new leader epoch
        setElr(change);
        // Without ELR the ISR is never empty.
        if (!change.isr && (!isr_.empty() || rules_.elr))
            setWhenDifferent(change.isr, isr_, before_.isr);
        if (rules_.elr && rules_.useLastKnownLeader)
            rememberLastLeader(change);
        setWhenDifferent(change.replicas, replicas_, before_.replicas);
        setWhenDifferent(change.removing, removing_, before_.removing);
        setWhenDifferent(change.adding, adding_, before_.adding);
        if (request_.recovery && *request_.recovery != before_.recovery)
            change.recovery = request_.recovery;
        return change;
    }

private:
    bool eligible(BrokerId broker) const
    {
        return (isr_.contains(broker) || (isr_.empty() && elr_.contains(broker))) && mayLead_(broker);
    }

    bool lastKnownLeaderMayLead() const
    {
        return rules_.elr && rules_.useLastKnownLeader && isr_.empty() && elr_.empty() &&
               before_.lastKnownElr.size() == 1 && mayLead_(before_.lastKnownElr[0]);
    }

    void setLeader(const Elected& elected, PartitionChange& change)
    {
        change.leader = elected.leader;
        if (elr_.contains(elected.leader)) {
            isr_ = {elected.leader};
            elr_.erase(elected.leader);
        }
        if (!elected.unclean)
            return;
        change.isr = BrokerIds{elected.leader};
        if (before_.recovery != LeaderRecovery::Recovering)
            change.recovery = LeaderRecovery::Recovering;
    }

    void setElr(PartitionChange& change)
    {
        const bool uncleanElection = change.isr.has_value();
        if (uncleanElection || !rules_.elr) {
            elr_ = {};
            lastKnownElr_ = {};
        }
        setWhenDifferent(change.elr, elr_, before_.elr);
        if (!rules_.useLastKnownLeader)
            setWhenDifferent(change.lastKnownElr, lastKnownElr_, before_.lastKnownElr);
    }

    // Noted when nobody leads any more, forgotten when somebody does.
    void rememberLastLeader(PartitionChange& change) const
    {
        if (change.leader == kNone)
            setWhenDifferent(change.lastKnownElr, BrokerIds{before_.leader}, before_.lastKnownElr);
        else if (change.leader || before_.leader != kNone)
            setWhenDifferent(change.lastKnownElr, BrokerIds{}, before_.lastKnownElr);
    }

    const PartitionRegistration& before_;
    const RequestedChange& request_;
    const ElectionRules& rules_;
    const MayLead& mayLead_;
    BrokerIds replicas_;
    BrokerIds isr_;
    BrokerIds elr_;
    BrokerIds lastKnownElr_;
    BrokerIds adding_;
    BrokerIds removing_;
};

} // namespace

PartitionChange changePartition(const PartitionRegistration& partition, const RequestedChange& request,
                                const ElectionRules& rules, const MayLead& mayLead)
{
    TargetPartition target(partition, request, rules, mayLead);
    target.completeReassignment();
    target.renewElr();
    return target.change();
}

void apply(PartitionRegistration& partition, const PartitionChange& change)
{
    if (change.empty())
        return;
    ++partition.partitionEpoch;
    if (change.leader)
        ++partition.leaderEpoch;
    partition.leader = change.leader.value_or(partition.leader);
    partition.isr = change.isr.value_or(partition.isr);
    partition.elr = change.elr.value_or(partition.elr);
    partition.lastKnownElr = change.lastKnownElr.value_or(partition.lastKnownElr);
    partition.replicas = change.replicas.value_or(partition.replicas);
    partition.adding = change.adding.value_or(partition.adding);
    partition.removing = change.removing.value_or(partition.removing);
    partition.recovery = change.recovery.value_or(partition.recovery);
}

} // namespace tideline
