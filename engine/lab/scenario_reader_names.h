// SPDX-License-Identifier: GPL-3.0-or-later
// Whom a command may name: brokers, groups, producers, members (those that a command added, too) and the ends
// of links.
//
// Commands are given in the order of time, because add-consumer and create-topic make names that later ones
// may use, and delete-topic takes one away. One thread.
#pragma once

#include "engine/lab/command.h"
#include "engine/lab/scenario.h"

#include <map>
#include <string>

namespace tideline {

inline constexpr std::int32_t kMostMembersOfAGroup = 1'000; // those that join later included

class NamesInTime
{
public:
    // The scenario must outlive this.
    explicit NamesInTime(const Scenario& scenario);

    // Empty when everything named is there, else `broker 7 is not one of ...; use ...`. An accepted
    // AddConsumer adds its member.
    // Without inFull only whether it is empty counts: looking for the nearest name among thousands takes its
    // time.
    std::string check(const Command& command, bool inFull = true);

    // Names of clients that are the same, or look like a broker's: two ends of a link could not be told
    // apart. One sentence each, complete with its place.
    static std::vector<std::string> clashes(const Scenario& scenario);

private:
    std::string checkController(std::int32_t controller) const;
    std::string checkPartition(const std::string& topic, std::int32_t partition) const;
    std::string checkTopic(const std::string& topic) const;
    std::string checkBroker(BrokerId broker) const;
    std::string checkRack(const std::string& rack) const;
    void accept(const CreateTopic& command);
    void accept(const CreatePartitions& command);
    void accept(const DeleteTopic& command);
    std::string checkMember(const std::string& member) const;
    std::string checkEnd(const std::string& end) const;
    std::string checkSides(const NodeNames& from, const NodeNames& to) const;
    std::string checkClock(const std::string& node) const;
    std::string checkGroup(const std::string& group) const;
    std::string checkRate(const ChangeRate& command) const;
    bool isMember(const std::string& name) const;
    std::vector<std::string> members() const;
    std::vector<std::string> ends() const;
    std::vector<std::string> namesOfProducers() const;

    const Scenario& scenario_;
    bool inFull_ = true;
    std::map<std::string, std::int32_t> memberCounts_; // of each group, by now
    std::map<std::string, std::int32_t> topics_;       // with their partitions, by now
};

// "billing-3" is the third member of the group "billing".
std::string memberName(const std::string& group, std::int32_t number);

} // namespace tideline
