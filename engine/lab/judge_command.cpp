// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/judge_command.h"

#include "engine/cluster/config_value.h"
#include "engine/cluster/judge_admin.h"
#include "engine/lab/judge_link.h"
#include "engine/lab/simulation.h"
#include "engine/lab/world.h"

#include <algorithm>

namespace tideline {

namespace {

using Verdict = std::optional<Error>;

constexpr std::int64_t kMostPartitionsEver = 300'000;

// `what`: "broker" or "controller"; numbers are 1 to `count`, the first one at node `first`.
Verdict processMustBe(const World& world, const std::string& what, std::int32_t number, std::int32_t count,
                      NodeIndex first, bool alive, bool paused, const std::string& verb)
{
    const std::string named = verb + " " + what + " " + std::to_string(number);
    if (number < 1 || number > count)
        return Error{named + ": there is no such " + what + "; " + what + "s are 1 to " +
                     std::to_string(count)};
    const Node& node = world.node(first + number - 1);
    if (node.alive != alive)
        return Error{named +
                     (alive ? ": it is stopped; start it first" : ": it runs already; kill it first")};
    if (alive && node.paused != paused)
        return Error{named +
                     (paused ? ": it is not paused; pause it first" : ": it is paused; resume it first")};
    return std::nullopt;
}

Verdict brokerMustBe(const World& world, BrokerId broker, bool alive, bool paused, const std::string& verb)
{
    return processMustBe(world, "broker", broker, world.topology->config.brokers, 0, alive, paused, verb);
}

Verdict controllerMustBe(const World& world, std::int32_t controller, bool alive, bool paused,
                         const std::string& verb)
{
    return processMustBe(world, "controller", controller, world.topology->config.controllers,
                         world.topology->controllerNode(1), alive, paused, verb);
}

Verdict memberMustBe(const World& world, const std::string& name, bool alive, bool paused,
                     const std::string& verb)
{
    const MemberIndex member = memberNamed(world, name);
    if (member == kNone)
        return Error{verb + " consumer \"" + name +
                     "\": there is no such member; members are named <group>-<number>"};
    const Node& node = world.node(world.memberNode(member));
    if (node.alive != alive)
        return Error{verb + " consumer \"" + name +
                     (alive ? "\": it does not run; start it first" : "\": it runs already; stop it first")};
    if (alive && node.paused != paused)
        return Error{verb + " consumer \"" + name +
                     (paused ? "\": it is not paused; pause it first" : "\": it is paused; resume it first")};
    return std::nullopt;
}

struct Judge
{
    const World& world;

    Verdict operator()(const KillBroker& c) const
    {
        // A paused process can be killed as well as a running one.
        const bool known = c.broker >= 1 && c.broker <= world.topology->config.brokers;
        const bool paused = known && world.node(Topology::brokerNode(c.broker)).paused;
        return brokerMustBe(world, c.broker, true, paused, "kill");
    }
    Verdict operator()(const KillRack& c) const
    {
        const ClusterConfig& config = world.topology->config;
        const std::string what = "kill rack \"" + c.rack + "\"";
        bool known = false;
        for (BrokerId broker = 1; !c.rack.empty() && broker <= config.brokers; ++broker) {
            if (config.rackOf(broker) != c.rack)
                continue;
            known = true;
            if (world.node(Topology::brokerNode(broker)).alive)
                return std::nullopt;
        }
        return Error{what + (known ? ": all of its brokers are stopped; start one first"
                                   : ": no broker is in it; name a broker.rack of the scenario")};
    }
    Verdict operator()(const StopBroker& c) const
    {
        return brokerMustBe(world, c.broker, true, false, "stop");
    }
    Verdict operator()(const StartBroker& c) const
    {
        if (auto error = brokerMustBe(world, c.broker, false, false, "start"))
            return error;
        const DiskState disk = diskOf(c.broker);
        if (disk == DiskState::Sound)
            return std::nullopt;
        return Error{"start broker " + std::to_string(c.broker) +
                     (disk == DiskState::Full ? ": its disk is full" : ": its disk has failed") +
                     ", and a broker without a log directory does not run (KAFKA_STORAGE_ERROR); repair the "
                     "disk first"};
    }
    Verdict operator()(const PowerLoss& c) const
    {
        const bool known = c.broker >= 1 && c.broker <= world.topology->config.brokers;
        const bool paused = known && world.node(Topology::brokerNode(c.broker)).paused;
        return brokerMustBe(world, c.broker, true, paused, "take the power from");
    }
    Verdict operator()(const SlowDisk& c) const
    {
        if (c.delay < 0 || c.delay > kLongestSlowness)
            return Error{"slow the disk of broker " + std::to_string(c.broker) + ": a delay of " +
                         std::to_string(c.delay) + " us is outside 0 s to " +
                         std::to_string(kLongestSlowness / kMicrosPerSecond) + " s; choose one within"};
        return diskMustBe(c.broker, "slow", [](DiskState) { return true; });
    }
    Verdict operator()(const FillDisk& c) const
    {
        return diskMustBe(c.broker, "fill", [](DiskState disk) { return disk == DiskState::Sound; });
    }
    Verdict operator()(const FailDisk& c) const
    {
        return diskMustBe(c.broker, "fail", [](DiskState disk) { return disk != DiskState::Failed; });
    }
    Verdict operator()(const RepairDisk& c) const
    {
        return diskMustBe(c.broker, "repair", [](DiskState disk) { return disk != DiskState::Sound; });
    }
    DiskState diskOf(BrokerId broker) const
    {
        return world.brokers[static_cast<std::size_t>(broker - 1)]->disk();
    }
    template <class Allowed>
    Verdict diskMustBe(BrokerId broker, const std::string& verb, Allowed&& allowed) const
    {
        const std::string what = verb + " the disk of broker " + std::to_string(broker);
        if (broker < 1 || broker > world.topology->config.brokers)
            return Error{what + ": there is no such broker; brokers are 1 to " +
                         std::to_string(world.topology->config.brokers)};
        if (allowed(diskOf(broker)))
            return std::nullopt;
        const DiskState disk = diskOf(broker);
        return Error{what + (disk == DiskState::Sound  ? ": it is sound; fill it or let it fail first"
                             : disk == DiskState::Full ? ": it is full; repair it first"
                                                       : ": it has failed; repair it first")};
    }
    Verdict operator()(const PauseBroker& c) const
    {
        return brokerMustBe(world, c.broker, true, false, "pause");
    }
    Verdict operator()(const ResumeBroker& c) const
    {
        return brokerMustBe(world, c.broker, true, true, "resume");
    }
    Verdict operator()(const CutLink& c) const { return judgeLink(world, c); }
    Verdict operator()(const HealLink& c) const { return judgeLink(world, c); }
    Verdict operator()(const ChangeLink& c) const { return judgeLink(world, c); }
    Verdict operator()(const ResetLink& c) const { return judgeLink(world, c); }
    Verdict operator()(const SkewClock& c) const { return judgeClock(world, c); }
    Verdict operator()(const AimFault& c) const { return judgeAim(world, c); }
    Verdict operator()(const CancelAim& c) const { return judgeAim(world, c); }
    Verdict operator()(const SlowFollower& c) const
    {
        if (c.delay < 0 || c.delay > kLongestSlowness)
            return Error{"slow broker " + std::to_string(c.broker) + ": a delay of " +
                         std::to_string(c.delay) + " us is outside 0 s to " +
                         std::to_string(kLongestSlowness / kMicrosPerSecond) + " s; choose one within"};
        const bool known = c.broker >= 1 && c.broker <= world.topology->config.brokers;
        const Node* node = known ? &world.node(Topology::brokerNode(c.broker)) : nullptr;
        return brokerMustBe(world, c.broker, !node || node->alive, node && node->paused, "slow");
    }
    Verdict operator()(const PauseConsumer& c) const
    {
        return memberMustBe(world, c.member, true, false, "pause");
    }
    Verdict operator()(const ResumeConsumer& c) const
    {
        return memberMustBe(world, c.member, true, true, "resume");
    }
    Verdict operator()(const CrashConsumer& c) const
    {
        const MemberIndex member = memberNamed(world, c.member);
        const bool paused = member != kNone && world.node(world.memberNode(member)).paused;
        return memberMustBe(world, c.member, true, paused, "crash");
    }
    Verdict operator()(const StartConsumer& c) const
    {
        return memberMustBe(world, c.member, false, false, "start");
    }
    Verdict operator()(const StopConsumer& c) const
    {
        return memberMustBe(world, c.member, true, false, "stop");
    }
    Verdict operator()(const AddConsumer& c) const
    {
        const auto& names = world.topology->groupNames;
        if (std::find(names.begin(), names.end(), c.group) == names.end())
            return Error{"add a consumer to \"" + c.group +
                         "\": there is no such group; name one of the scenario"};
        if (world.members.size() >= static_cast<std::size_t>(kMostMembers))
            return Error{"add a consumer to \"" + c.group + "\": the run has " +
                         std::to_string(kMostMembers) + " members, which is the most; start a stopped one"};
        return std::nullopt;
    }
    Verdict operator()(const ChangeRate& c) const
    {
        for (const ProducerSpec& producer : world.topology->scenario->producers) {
            if (producer.name != c.producer)
                continue;
            if (!producer.generator)
                return Error{"rate of \"" + c.producer +
                             "\": it replays a log, whose pace is fixed; only a generator has a rate"};
            if (c.recordsPerSecond < 0 || c.recordsPerSecond > kMostRecordsPerSecond)
                return Error{"rate of \"" + c.producer + "\": " + std::to_string(c.recordsPerSecond) +
                             " records a second is outside 0 to " + std::to_string(kMostRecordsPerSecond) +
                             "; choose one within"};
            return std::nullopt;
        }
        return Error{"rate of \"" + c.producer + "\": there is no such producer; name one of the scenario"};
    }
    Verdict operator()(const KillController& c) const
    {
        // A paused process can be killed as well as a running one.
        const bool known = c.controller >= 1 && c.controller <= world.topology->config.controllers;
        const bool paused = known && world.node(world.topology->controllerNode(c.controller)).paused;
        return controllerMustBe(world, c.controller, true, paused, "kill");
    }
    Verdict operator()(const StopController& c) const
    {
        return controllerMustBe(world, c.controller, true, false, "stop");
    }
    Verdict operator()(const StartController& c) const
    {
        return controllerMustBe(world, c.controller, false, false, "start");
    }
    Verdict operator()(const PauseController& c) const
    {
        return controllerMustBe(world, c.controller, true, false, "pause");
    }
    Verdict operator()(const ResumeController& c) const
    {
        return controllerMustBe(world, c.controller, true, true, "resume");
    }
    Verdict operator()(const ElectLeader& c) const
    {
        return admin(c, "elect a leader of " + c.topic + "-" + std::to_string(c.partition));
    }
    Verdict operator()(const ReassignPartition& c) const
    {
        return admin(c, (c.replicas.empty() ? "cancel the reassignment of " : "reassign ") + c.topic + "-" +
                            std::to_string(c.partition));
    }
    Verdict operator()(const DeleteRecords& c) const
    {
        const std::string name = c.topic + "-" + std::to_string(c.partition);
        const ErrorCode error = judgeDeleteRecords(world, c);
        if (error == ErrorCode::None)
            return std::nullopt;
        std::string why = std::string(errorText(error));
        if (error == ErrorCode::LeaderNotAvailable)
            why = "nobody leads the partition; wait for a leader";
        else if (error == ErrorCode::OffsetOutOfRange)
            why = "offset " + std::to_string(c.before) + " is not within 0 and the high watermark " +
                  std::to_string(
                      world.leaderReplica(world.names->partitionOf(c.topic, c.partition))->highWatermark) +
                  "; choose one within, or -1 for the high watermark";
        else if (error == ErrorCode::PolicyViolation)
            why = "the topic's cleanup.policy has no \"delete\"; add it, or write tombstones";
        return Error{"delete records of " + name + ": " + std::string(errorName(error)) + ": " + why};
    }
    Verdict operator()(const AlterTopicConfig& c) const { return admin(c, "configure topic " + c.topic); }
    Verdict operator()(const AlterBrokerConfig& c) const
    {
        const bool isRate =
            c.key == "leader.replication.throttled.rate" || c.key == "follower.replication.throttled.rate";
        const std::string what = c.broker == kNone ? "configure the brokers' default"
                                                   : "configure broker " + std::to_string(c.broker);
        if (c.broker != kNone && (c.broker < 1 || c.broker > world.topology->config.brokers))
            return Error{what + ": there is no such broker; brokers are 1 to " +
                         std::to_string(world.topology->config.brokers)};
        if (isRate && !c.value.empty() && control::parseInt64(c.value).value_or(-1) < 0)
            return Error{what + ": INVALID_CONFIG: Invalid value " + c.value + " for configuration " + c.key +
                         ": it is a number of bytes a second, 0 or more"};
        return admin(c, what);
    }
    Verdict operator()(const CreateTopic& c) const
    {
        const std::string what = "create topic " + c.topic;
        const auto partitions = c.assignment.empty() ? std::int64_t{std::max(1, c.partitions)}
                                                     : static_cast<std::int64_t>(c.assignment.size());
        if (const Verdict tooMany = roomFor(partitions, what))
            return tooMany;
        return admin(c, what);
    }
    Verdict operator()(const CreatePartitions& c) const
    {
        const std::string what = "add partitions to " + c.topic;
        if (const Verdict fixed = mayChange(c.topic, what))
            return fixed;
        if (const Verdict tooMany = roomFor(std::max(0, c.count), what))
            return tooMany;
        return admin(c, what);
    }
    Verdict operator()(const DeleteTopic& c) const
    {
        const std::string what = "delete topic " + c.topic;
        if (const Verdict fixed = mayChange(c.topic, what))
            return fixed;
        return admin(c, what);
    }
    Verdict operator()(const RollingRestart& c) const
    {
        if (world.restart->phase != RestartStory::Phase::None)
            return Error{
                "rolling restart: one is under way until no partition is under-replicated; start what is "
                "stopped"};
        if (c.brokers.empty())
            return Error{"rolling restart: it names no broker; name at least one"};
        for (const BrokerId broker : c.brokers) {
            if (const Verdict verdict = brokerMustBe(world, broker, true, false, "rolling restart: stop"))
                return verdict;
            if (std::count(c.brokers.begin(), c.brokers.end(), broker) > 1)
                return Error{"rolling restart: broker " + std::to_string(broker) +
                             " is named twice; name each one once"};
        }
        return std::nullopt;
    }
    Verdict operator()(const CancelRollingRestart&) const
    {
        if (world.restart->phase == RestartStory::Phase::None)
            return Error{"cancel the rolling restart: none is under way; begin one first"};
        return std::nullopt;
    }
    Verdict mayChange(const std::string& topic, const std::string& what) const
    {
        if (topic == "__consumer_offsets")
            return Error{what + ": the groups keep their offsets there; choose a topic of the scenario"};
        return std::nullopt;
    }
    Verdict roomFor(std::int64_t more, const std::string& what) const
    {
        if (world.partitionEnd() + more > kMostPartitionsEver)
            return Error{what + ": a run may have " + std::to_string(kMostPartitionsEver) +
                         " partitions in its time, deleted ones included; ask for fewer"};
        return std::nullopt;
    }

    Verdict admin(const AdminRequest& request, const std::string& what) const
    {
        const Controller* controller = world.activeController();
        if (!controller)
            return Error{what + ": no controller is active; start one, or wait for its election"};
        if (!controller->canWrite())
            return Error{what +
                         ": the active controller has lost its majority; start another voter, or wait"};
        if (static_cast<std::size_t>(world.metadata().topics.nextTopic()) < world.topology->topics.size())
            return Error{what + ": the cluster is starting and has no topics yet; wait until it has them"};
        const auto decision = judgeAdmin(controller->control(), request);
        if (decision.ok())
            return std::nullopt;
        const std::string_view words =
            decision.message.empty() ? errorText(decision.error) : std::string_view(decision.message);
        return Error{what + ": " + std::string(errorName(decision.error)) + ": " + std::string(words)};
    }
};

} // namespace

ErrorCode judgeDeleteRecords(const World& world, const DeleteRecords& command)
{
    const PartitionIndex partition = world.names->partitionOf(command.topic, command.partition);
    if (partition == kNone)
        return ErrorCode::UnknownTopicOrPartition;
    const Replica* leader = world.leaderReplica(partition);
    if (!leader || !world.node(Topology::brokerNode(leader->leader)).alive)
        return ErrorCode::LeaderNotAvailable;
    const Broker& broker = *world.brokers[static_cast<std::size_t>(leader->leader - 1)];
    const RetentionConfig config = broker.logConfig(partition, *world.topology).retention();
    RetainedLog log = leader->log.retained(leader->highWatermark);
    if (deleteRecords(log, config, command.before).ok())
        return ErrorCode::None;
    return config.deletePolicy ? ErrorCode::OffsetOutOfRange : ErrorCode::PolicyViolation;
}

std::optional<Error> judgeCommand(const World& world, const Command& command)
{
    return std::visit(Judge{world}, command);
}

} // namespace tideline
