// SPDX-License-Identifier: GPL-3.0-or-later
// Simulation: carries a world forward: takes the next event, wakes an actor, and does what the actor asked
// for.
//
// The one place that touches queue, network and journal. It holds no state of the run: everything is in the
// World, so that a run may be cut into slices anywhere. One thread.
#pragma once

#include "engine/lab/observer.h"
#include "engine/lab/world.h"

#include <optional>
#include <vector>

namespace tideline {

class CauseInStep;

class Simulation
{
public:
    Simulation(World& world, Observer* observer)
        : world_(world)
        , observer_(observer)
    {}

    // The first events of a run: every node starts, the script is laid out.
    void begin();
    // Handles the next event if it is not after `limit`; false when there is none.
    bool handleNext(Micros limit);
    // Lets the clock pass to `time` without an event: samples that are due are taken.
    void passTo(Micros time);

private:
    // simulation.cpp: events to actors
    void handle(const Event& event);
    bool passes(const DeliverMessage& arrival);
    void wake(NodeIndex index, const Event& event);
    void carryOut(NodeIndex index, FactNumber cause);
    bool listens(NodeIndex index) const;
    bool isAccepted(const Message& message);
    void perform(NodeIndex from, const SendRequest& send);
    void perform(NodeIndex from, const SendReply& send);
    void send(NodeIndex from, Message message, std::int64_t bytes);
    void closeConnection(NodeIndex closing, NodeIndex peer);
    void schedule(Micros time, NodeIndex node, decltype(Event::body) body);
    Step stepOf(NodeIndex index);
    template <class Act>
    void with(NodeIndex index, Act&& act);

    // simulation_acts.cpp: what a person or the script does
    void act(const Command& command);
    void doAct(const SlowFollower& command);
    void doAct(const PauseConsumer& command);
    void doAct(const ResumeConsumer& command);
    void doAct(const CrashConsumer& command);
    void doAct(const StartConsumer& command);
    void doAct(const StopConsumer& command);
    void doAct(const AddConsumer& command);
    void doAct(const ChangeRate& command);
    // simulation_disk.cpp: what happens to disks and logs
    void doAct(const PowerLoss& command);
    void doAct(const SlowDisk& command);
    void doAct(const FillDisk& command);
    void doAct(const FailDisk& command);
    void doAct(const RepairDisk& command);
    void doAct(const DeleteRecords& command);
    void tellRefusal(const DeleteRecords& command);
    void doAct(const RollingRestart& command);
    void doAct(const CancelRollingRestart& command);
    void ask(const AdminRequest& request);
    template <class C>
    void tellRefusal(const C& command);
    void die(NodeIndex index);
    void startProcess(NodeIndex index, TimerKind first);
    void pause(NodeIndex index);
    void resume(NodeIndex index);

    // simulation_restart.cpp: one broker after the other
    void mayContinueRestart(const FactBody& fact);
    void continueRestart();
    bool stopNext();

    // simulation_queues.cpp: queues beside the log
    void publishToQueues(const RecordsProduced& produced);
    void ringQueue(std::size_t queue);
    void armQueue(std::size_t queue);

    // simulation_topics.cpp: topics that come, grow and go
    void followTopic(TopicIndex topic, std::int32_t replicationFactor);
    void addNames(TopicIndex topic, std::int32_t replicationFactor);
    void followPartition(PartitionIndex partition);

    // simulation_processes.cpp: brokers and controllers
    void doAct(const KillBroker& command);
    void doAct(const KillRack& command);
    void doAct(const StopBroker& command);
    void doAct(const StartBroker& command);
    void doAct(const PauseBroker& command);
    void doAct(const ResumeBroker& command);
    void doAct(const KillController& command);
    void doAct(const StopController& command);
    void doAct(const StartController& command);
    void doAct(const PauseController& command);
    void doAct(const ResumeController& command);
    template <class Do>
    void toProcess(NodeIndex index, Do&& change);
    void kill(NodeIndex node);
    void stopController(NodeIndex node);
    void endProcess(NodeIndex index, ProcessEnd how);
    void startNode(NodeIndex node);
    void pauseNode(NodeIndex node);
    void resumeNode(NodeIndex node);
    // simulation_links.cpp: what happens to links, clocks and single messages
    void doAct(const CutLink& command);
    void doAct(const HealLink& command);
    void doAct(const ChangeLink& command);
    void doAct(const ResetLink& command);
    void doAct(const SkewClock& command);
    void doAct(const AimFault& command);
    void doAct(const CancelAim& command);
    void heal(NodeIndex a, NodeIndex b, bool oneWay);
    void letGo(Network::Link& link);
    void refuse(NodeIndex dead, NodeIndex peer);
    // An aimed fault strikes: how much later the message comes, or nothing when it is lost.
    std::optional<Micros> struck(const Network::Aim& aim, Network::Link& link);

    // simulation_facts.cpp: what follows from a fact or from what a client saw
    FactNumber tell(NodeIndex from, FactBody body);
    // One of the facts of a step in which one thing leads to the next.
    void tell(NodeIndex from, CauseInStep& causes, FactBody body);
    void follow(const Fact& fact);
    void seen(NodeIndex from, const Effect& effect);
    void commit(NodeIndex from, const MetadataCommitted& what);
    void followReset(const OffsetResetTo& reset);
    void tellGone(NodeIndex from, GroupIndex group, const LedgerRange& range);
    void noteMember(const GroupConsumer& member, MemberState state);
    void checkGroupsStable();
    void sourceDrained(ProducerIndex producer);
    void countUnhealthy();
    void sample();
    void broke(const InvariantBroken& what);

    World& world_;
    Observer* observer_;
    Effects effects_;
    FactNumber cause_ = 0; // of what happens in this step
};

// Adds a node's member to a group; used by the start of a run and by AddConsumer. Returns its index.
MemberIndex addMember(World& world, GroupIndex group);

// The node called "broker 2", "controller 1", or by a client's name; kNone when there is none.
NodeIndex nodeNamed(const World& world, std::string_view name);
MemberIndex memberNamed(const World& world, std::string_view name);

} // namespace tideline
