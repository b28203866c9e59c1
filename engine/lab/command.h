// SPDX-License-Identifier: GPL-3.0-or-later
// Command: everything that a person, a script or a fault can do to a run.
//
// A command is a plain value. The window's buttons, the `script` of a scenario and a test use the same ones,
// so that a run is fully described by scenario + seed + commands. Names refer to what the scenario lists;
// apply() checks them.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/admin_request.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tideline {

// What a command may ask for at most; what a scenario may say is the same.
inline constexpr Micros kLongestSlowness = 3'600 * kMicrosPerSecond; // of a follower or a disk
inline constexpr std::int64_t kMostMembers = 10'000;                 // of a run, over all groups
inline constexpr std::int64_t kMostRecordsPerSecond = 10'000'000;    // of a generator
inline constexpr std::size_t kMostLinksAtOnce = 10'000;              // that one act cuts, heals or changes
inline constexpr Micros kLongestLatency = 3'600 * kMicrosPerSecond;  // of a link, or of a message held up
inline constexpr std::int64_t kLargestBandwidth = 1'000'000'000'000'000; // bytes a second
inline constexpr Micros kLongestSkew = 86'400 * kMicrosPerSecond;        // of a clock, either way
inline constexpr std::int32_t kMostMessagesToCount = 1'000'000'000;      // before an aimed fault strikes
inline constexpr std::size_t kMostAims = 1'000;                          // that wait at a time

// The process ends; what it wrote stays on its disk. Connections to it close.
struct KillBroker
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(KillBroker, broker)
};

// A whole rack goes dark: every broker in it that runs is killed.
struct KillRack
{
    std::string rack; // broker.rack
    TIDELINE_FIELDS(KillRack, rack)
};

// A clean stop: the controller moves its leaderships to others first, then the process ends.
struct StopBroker
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(StopBroker, broker)
};

// The process of a killed or stopped broker starts again and registers with the controller.
struct StartBroker
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(StartBroker, broker)
};

// The same for a controller; what it wrote to the metadata log stays.
struct KillController
{
    std::int32_t controller = 1;
    TIDELINE_FIELDS(KillController, controller)
};

struct StartController
{
    std::int32_t controller = 1;
    TIDELINE_FIELDS(StartController, controller)
};

// A clean stop: the controller hands its leadership of the quorum over first.
struct StopController
{
    std::int32_t controller = 1;
    TIDELINE_FIELDS(StopController, controller)
};

struct PauseController
{
    std::int32_t controller = 1;
    TIDELINE_FIELDS(PauseController, controller)
};

struct ResumeController
{
    std::int32_t controller = 1;
    TIDELINE_FIELDS(ResumeController, controller)
};

// The process stops and its clock with it (a long garbage collection); nothing is lost.
struct PauseBroker
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(PauseBroker, broker)
};

struct ResumeBroker
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(ResumeBroker, broker)
};

// The nodes on one side of links: "broker 2", "controller 1", or the names of clients. One name is a side.
struct NodeNames
{
    std::vector<std::string> names;

    NodeNames() = default;
    NodeNames(const char* name)
        : names{name}
    {}
    NodeNames(std::string name)
        : names{std::move(name)}
    {}
    NodeNames(std::vector<std::string> list)
        : names(std::move(list))
    {}
    TIDELINE_FIELDS(NodeNames, names)
};

// Nothing passes between the two sides until their links heal; one way: nothing that is sent from `from` to
// `to`. Links within a side are not touched.
struct CutLink
{
    NodeNames from;
    NodeNames to;
    bool oneWay = false;
    TIDELINE_FIELDS(CutLink, from, to, oneWay)
};

struct HealLink
{
    NodeNames from;
    NodeNames to;
    bool oneWay = false; // what is sent the other way stays cut
    TIDELINE_FIELDS(HealLink, from, to, oneWay)
};

// The links between the two sides get another latency or bandwidth, both ways.
struct ChangeLink
{
    NodeNames from;
    NodeNames to;
    Micros latency = 0;         // µs one way; 0 = as it is
    std::int64_t bandwidth = 0; // bytes a second; 0 = as it is
    TIDELINE_FIELDS(ChangeLink, from, to, latency, bandwidth)
};

// They get the latency and the bandwidth of the cluster's links again.
struct ResetLink
{
    NodeNames from;
    NodeNames to;
    TIDELINE_FIELDS(ResetLink, from, to)
};

// The wall clock of a broker or a producer stands off by so much from now on; 0 sets it right. What it stamps
// is off; its time-outs, which go by the monotonic clock, are not.
struct SkewClock
{
    std::string node; // "broker 2" or the name of a producer
    Micros by = 0;    // µs, below 0: behind
    TIDELINE_FIELDS(SkewClock, node, by)
};

// Waits for one message between two nodes, and drops it or holds it up.
struct AimFault
{
    std::string message; // a name of engine/cluster/message.h, such as "ReplicaFetch"
    std::string from;
    std::string to;
    std::int32_t number = 1; // the n-th that is sent from now on, >= 1
    Micros delay = 0;        // µs; 0 drops it
    TIDELINE_FIELDS(AimFault, message, from, to, number, delay)
};

// Every fault that waits for this message between the two nodes waits no more.
struct CancelAim
{
    std::string message;
    std::string from;
    std::string to;
    TIDELINE_FIELDS(CancelAim, message, from, to)
};

// Adds this delay to each answer that the broker's followers role waits for; 0 removes it.
struct SlowFollower
{
    BrokerId broker = 0;
    Micros delay = 0; // µs, >= 0
    TIDELINE_FIELDS(SlowFollower, broker, delay)
};

// The broker's machine is without power: its process ends, and of its logs stays what had been written to the
// disk itself (engine/cluster/page_cache.h).
struct PowerLoss
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(PowerLoss, broker)
};

// Each append on this broker, as leader or follower, takes so much longer; 0: as fast as before.
struct SlowDisk
{
    BrokerId broker = 0;
    Micros delay = 0; // µs, >= 0
    TIDELINE_FIELDS(SlowDisk, broker, delay)
};

// No room is left: the next write fails, and with its only log directory offline the broker ends itself.
struct FillDisk
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(FillDisk, broker)
};

// The disk answers no more: the broker ends itself at once, and what was on it is gone.
struct FailDisk
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(FailDisk, broker)
};

// Room is made on a full disk; a failed one is replaced by an empty one.
struct RepairDisk
{
    BrokerId broker = 0;
    TIDELINE_FIELDS(RepairDisk, broker)
};

// kafka-delete-records: the log start of a partition moves up; its leader is asked.
struct DeleteRecords
{
    std::string topic;
    std::int32_t partition = 0;
    Offset before = 0; // the new log start; -1: the high watermark
    TIDELINE_FIELDS(DeleteRecords, topic, partition, before)
};

// The member stops polling and heartbeating, but its process lives (max.poll.interval.ms and the session run
// on).
struct PauseConsumer
{
    std::string member; // "billing-1"
    TIDELINE_FIELDS(PauseConsumer, member)
};

struct ResumeConsumer
{
    std::string member;
    TIDELINE_FIELDS(ResumeConsumer, member)
};

// The member's process dies without LeaveGroup: the group learns of it by session.timeout.ms.
struct CrashConsumer
{
    std::string member;
    TIDELINE_FIELDS(CrashConsumer, member)
};

// A crashed or stopped member starts again as a new member.
struct StartConsumer
{
    std::string member;
    TIDELINE_FIELDS(StartConsumer, member)
};

// A clean close(): the member commits and sends LeaveGroup.
struct StopConsumer
{
    std::string member;
    TIDELINE_FIELDS(StopConsumer, member)
};

// One more member joins the group; it is named <group>-<n>, n counting on.
struct AddConsumer
{
    std::string group;
    TIDELINE_FIELDS(AddConsumer, group)
};

// The generator of this producer goes on at another rate; 0 stops it.
struct ChangeRate
{
    std::string producer;
    std::int64_t recordsPerSecond = 0; // >= 0
    TIDELINE_FIELDS(ChangeRate, producer, recordsPerSecond)
};

// One broker after the other is stopped cleanly and started again, as an operator's runbook does it: each one
// only when no partition is under-replicated.
struct RollingRestart
{
    std::vector<BrokerId> brokers; // in this order
    TIDELINE_FIELDS(RollingRestart, brokers)
};

// The rolling restart under way stops and starts nothing more. A broker that it has stopped stays stopped.
struct CancelRollingRestart
{
    TIDELINE_FIELDS(CancelRollingRestart)
};

// An administrator's requests (engine/cluster/admin_request.h) are commands too.
using Command =
    std::variant<KillBroker, StopBroker, StartBroker, PauseBroker, ResumeBroker, CutLink, HealLink,
                 SlowFollower, PauseConsumer, ResumeConsumer, CrashConsumer, StartConsumer, StopConsumer,
                 AddConsumer, ChangeRate, ElectLeader, ReassignPartition, AlterTopicConfig, KillController,
                 StartController, PowerLoss, SlowDisk, FillDisk, FailDisk, RepairDisk, DeleteRecords,
                 StopController, PauseController, ResumeController, ChangeLink, ResetLink, SkewClock,
                 AimFault, AlterBrokerConfig, CreateTopic, CreatePartitions, DeleteTopic, RollingRestart,
                 KillRack, CancelRollingRestart, CancelAim>;

struct TimedCommand
{
    Micros at = 0; // µs since the run began
    Command command;
    TIDELINE_FIELDS(TimedCommand, at, command)
};

} // namespace tideline
