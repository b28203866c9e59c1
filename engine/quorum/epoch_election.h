// SPDX-License-Identifier: GPL-3.0-or-later
// EpochElection: the votes that one nominee has got so far, in an election or in a pre-vote.
//
// Won when a majority of all voters has granted, lost when no majority can be reached any more; the last
// answer of a voter counts. A plain value.
#pragma once

#include "engine/base/fields.h"
#include "engine/quorum/quorum_config.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tideline {

class EpochElection
{
public:
    EpochElection() = default;
    // The nominee has its own vote.
    EpochElection(const std::vector<ReplicaId>& voters, ReplicaId nominee)
    {
        for (const ReplicaId voter : voters)
            ballots_.push_back({voter, voter == nominee ? Vote::Granted : Vote::Open});
    }

    // Answers of nodes that are no voters do not count.
    void record(ReplicaId voter, bool granted)
    {
        for (Ballot& ballot : ballots_) {
            if (ballot.voter == voter)
                ballot.vote = granted ? Vote::Granted : Vote::Rejected;
        }
    }
    bool won() const { return count(Vote::Granted) >= majority(); }
    bool lost() const { return count(Vote::Granted) + count(Vote::Open) < majority(); }
    // The voters that have not answered, ascending.
    std::vector<ReplicaId> openVoters() const
    {
        std::vector<ReplicaId> open;
        for (const Ballot& ballot : ballots_) {
            if (ballot.vote == Vote::Open)
                open.push_back(ballot.voter);
        }
        return open;
    }

    TIDELINE_FIELDS(EpochElection, ballots_)

private:
    enum class Vote : std::uint8_t { Open, Granted, Rejected };
    struct Ballot
    {
        ReplicaId voter = kNone;
        Vote vote = Vote::Open;
        TIDELINE_FIELDS(Ballot, voter, vote)
    };

    std::ptrdiff_t majority() const { return static_cast<std::ptrdiff_t>(ballots_.size() / 2 + 1); }
    std::ptrdiff_t count(Vote vote) const
    {
        return std::count_if(ballots_.begin(), ballots_.end(),
                             [vote](const Ballot& ballot) { return ballot.vote == vote; });
    }

    std::vector<Ballot> ballots_;
};

} // namespace tideline
