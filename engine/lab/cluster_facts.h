// SPDX-License-Identifier: GPL-3.0-or-later
// Facts about brokers, controllers and links. The rules of all facts stand in engine/lab/fact.h.
#pragma once

#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"

#include <cstdint>
#include <string_view>

namespace tideline {

struct BrokerRegistered
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0; // metadata offset of the registration
    static constexpr std::string_view kName = "BrokerRegistered";
    TIDELINE_FIELDS(BrokerRegistered, broker, brokerEpoch)
};

struct BrokerUnfenced
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerUnfenced";
    TIDELINE_FIELDS(BrokerUnfenced, broker)
};

struct BrokerFenced
{
    BrokerId broker = 0;
    Micros lastHeartbeat = 0; // µs, when the controller last heard of it
    static constexpr std::string_view kName = "BrokerFenced";
    TIDELINE_FIELDS(BrokerFenced, broker, lastHeartbeat)
};

struct BrokerKilled
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerKilled";
    TIDELINE_FIELDS(BrokerKilled, broker)
};

struct BrokerStarted
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerStarted";
    TIDELINE_FIELDS(BrokerStarted, broker)
};

// Brokers are restarted one after the other; each of them waits until nothing is under-replicated.
struct RollingRestartStarted
{
    std::int32_t brokers = 0;
    static constexpr std::string_view kName = "RollingRestartStarted";
    TIDELINE_FIELDS(RollingRestartStarted, brokers)
};

// It is this broker's turn.
struct RollingRestartReached
{
    BrokerId broker = 0;
    std::int32_t turn = 0; // 1 ..
    std::int32_t brokers = 0;
    static constexpr std::string_view kName = "RollingRestartReached";
    TIDELINE_FIELDS(RollingRestartReached, broker, turn, brokers)
};

// All run again, and nothing is under-replicated.
struct RollingRestartEnded
{
    std::int32_t brokers = 0;
    static constexpr std::string_view kName = "RollingRestartEnded";
    TIDELINE_FIELDS(RollingRestartEnded, brokers)
};

// Nothing more is stopped or started; a broker that it has stopped stays stopped.
struct RollingRestartCancelled
{
    std::int32_t restarted = 0; // of `brokers`
    std::int32_t brokers = 0;
    static constexpr std::string_view kName = "RollingRestartCancelled";
    TIDELINE_FIELDS(RollingRestartCancelled, restarted, brokers)
};

// A clean stop was asked for.
struct BrokerStopping
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerStopping";
    TIDELINE_FIELDS(BrokerStopping, broker)
};

// The controller moves the broker's leaderships to others.
struct ControlledShutdownStarted
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "ControlledShutdownStarted";
    TIDELINE_FIELDS(ControlledShutdownStarted, broker)
};

// The process has ended cleanly.
struct BrokerStopped
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerStopped";
    TIDELINE_FIELDS(BrokerStopped, broker)
};

struct BrokerPaused
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerPaused";
    TIDELINE_FIELDS(BrokerPaused, broker)
};

struct BrokerResumed
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerResumed";
    TIDELINE_FIELDS(BrokerResumed, broker)
};

struct FollowerSlowed
{
    BrokerId broker = 0;
    Micros delay = 0; // µs; 0 = as fast as before
    static constexpr std::string_view kName = "FollowerSlowed";
    TIDELINE_FIELDS(FollowerSlowed, broker, delay)
};

// The machine is without power: what its operating system had not yet written is gone.
struct BrokerLostPower
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "BrokerLostPower";
    TIDELINE_FIELDS(BrokerLostPower, broker)
};

struct DiskSlowed
{
    BrokerId broker = 0;
    Micros delay = 0; // µs more for each append; 0 = as fast as before
    static constexpr std::string_view kName = "DiskSlowed";
    TIDELINE_FIELDS(DiskSlowed, broker, delay)
};

struct DiskFilled
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "DiskFilled";
    TIDELINE_FIELDS(DiskFilled, broker)
};

struct DiskFailed
{
    BrokerId broker = 0;
    static constexpr std::string_view kName = "DiskFailed";
    TIDELINE_FIELDS(DiskFailed, broker)
};

// There is room again, or another, empty disk in its place.
struct DiskRepaired
{
    BrokerId broker = 0;
    bool empty = false;
    static constexpr std::string_view kName = "DiskRepaired";
    TIDELINE_FIELDS(DiskRepaired, broker, empty)
};

// The broker ended itself: it could not write to its only log directory, or not register in time.
struct BrokerHalted
{
    BrokerId broker = 0;
    bool notRegistered = false;
    static constexpr std::string_view kName = "BrokerHalted";
    TIDELINE_FIELDS(BrokerHalted, broker, notRegistered)
};

struct ControllerElected
{
    NodeIndex controller = 0;
    std::int32_t epoch = 0; // controller epoch
    static constexpr std::string_view kName = "ControllerElected";
    TIDELINE_FIELDS(ControllerElected, controller, epoch)
};

// It has lost the leadership of the quorum, or given it up: nobody had heard of it, or it heard of nobody.
struct ControllerResigned
{
    NodeIndex controller = 0;
    std::int32_t epoch = 0; // in which it was active
    static constexpr std::string_view kName = "ControllerResigned";
    TIDELINE_FIELDS(ControllerResigned, controller, epoch)
};

// It asks the others for their votes.
struct QuorumElectionStarted
{
    NodeIndex controller = 0;
    std::int32_t epoch = 0;
    static constexpr std::string_view kName = "QuorumElectionStarted";
    TIDELINE_FIELDS(QuorumElectionStarted, controller, epoch)
};

struct QuorumVoteGranted
{
    NodeIndex controller = 0; // who votes
    NodeIndex candidate = 0;
    std::int32_t epoch = 0;
    static constexpr std::string_view kName = "QuorumVoteGranted";
    TIDELINE_FIELDS(QuorumVoteGranted, controller, candidate, epoch)
};

struct ControllerKilled
{
    NodeIndex controller = 0;
    static constexpr std::string_view kName = "ControllerKilled";
    TIDELINE_FIELDS(ControllerKilled, controller)
};

struct ControllerStarted
{
    NodeIndex controller = 0;
    static constexpr std::string_view kName = "ControllerStarted";
    TIDELINE_FIELDS(ControllerStarted, controller)
};

// A clean stop was asked for: it hands its leadership over first.
struct ControllerStopping
{
    NodeIndex controller = 0;
    static constexpr std::string_view kName = "ControllerStopping";
    TIDELINE_FIELDS(ControllerStopping, controller)
};

// The process has ended cleanly.
struct ControllerStopped
{
    NodeIndex controller = 0;
    static constexpr std::string_view kName = "ControllerStopped";
    TIDELINE_FIELDS(ControllerStopped, controller)
};

struct ControllerPaused
{
    NodeIndex controller = 0;
    static constexpr std::string_view kName = "ControllerPaused";
    TIDELINE_FIELDS(ControllerPaused, controller)
};

struct ControllerResumed
{
    NodeIndex controller = 0;
    static constexpr std::string_view kName = "ControllerResumed";
    TIDELINE_FIELDS(ControllerResumed, controller)
};

// One link of those that an act cuts.
struct LinkCut
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    bool oneWay = false; // only what a sends to b
    static constexpr std::string_view kName = "LinkCut";
    TIDELINE_FIELDS(LinkCut, a, b, oneWay)
};

struct LinkHealed
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    bool oneWay = false; // only what a sends to b
    static constexpr std::string_view kName = "LinkHealed";
    TIDELINE_FIELDS(LinkHealed, a, b, oneWay)
};

struct LinkChanged
{
    NodeIndex a = 0;
    NodeIndex b = 0;
    Micros latency = 0;         // µs one way, from now on
    std::int64_t bandwidth = 0; // bytes a second, from now on
    bool asBefore = false;      // the cluster's own again
    static constexpr std::string_view kName = "LinkChanged";
    TIDELINE_FIELDS(LinkChanged, a, b, latency, bandwidth, asBefore)
};

struct ClockSkewed
{
    NodeIndex node = 0;
    Micros by = 0; // µs, below 0: behind; 0 = right again
    static constexpr std::string_view kName = "ClockSkewed";
    TIDELINE_FIELDS(ClockSkewed, node, by)
};

// A fault waits for a message.
struct FaultAimed
{
    NodeIndex from = 0;
    NodeIndex to = 0;
    std::int32_t message = 0; // place in kMessageNames of engine/cluster/message.h
    std::int32_t number = 0;  // the n-th from now on
    Micros delay = 0;         // µs; 0 drops it
    static constexpr std::string_view kName = "FaultAimed";
    TIDELINE_FIELDS(FaultAimed, from, to, message, number, delay)
};

// A fault that waited for a message does so no more.
struct AimCancelled
{
    NodeIndex from = 0;
    NodeIndex to = 0;
    std::int32_t message = 0; // place in kMessageNames
    static constexpr std::string_view kName = "AimCancelled";
    TIDELINE_FIELDS(AimCancelled, from, to, message)
};

// Beyond TCP, which loses nothing of a connection that lives: the message that an aimed fault waited for.
struct MessageDropped
{
    NodeIndex from = 0;
    NodeIndex to = 0;
    std::int32_t message = 0;
    static constexpr std::string_view kName = "MessageDropped";
    TIDELINE_FIELDS(MessageDropped, from, to, message)
};

// The message that an aimed fault waited for is held up, and what is sent after it waits behind it.
struct MessageDelayed
{
    NodeIndex from = 0;
    NodeIndex to = 0;
    std::int32_t message = 0;
    Micros delay = 0; // µs, beside what the link takes
    static constexpr std::string_view kName = "MessageDelayed";
    TIDELINE_FIELDS(MessageDelayed, from, to, message, delay)
};

// The waiting side gave up: its unanswered requests fail with NETWORK_EXCEPTION.
struct ConnectionTimedOut
{
    NodeIndex waiting = 0;
    NodeIndex silent = 0;
    static constexpr std::string_view kName = "ConnectionTimedOut";
    TIDELINE_FIELDS(ConnectionTimedOut, waiting, silent)
};

} // namespace tideline
