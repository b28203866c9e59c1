// SPDX-License-Identifier: GPL-3.0-or-later
// BrokerSessions: when the active controller last heard of each broker, and how far each has read the log.
//
// 1. It is not written down: a new active controller starts with the sessions of all brokers fresh
// (activate() in cluster_control.h), so that nobody is fenced before a whole session has passed.
// 2. A session belongs to one incarnation (broker and epoch), lasts broker.session.timeout.ms from the last
// heartbeat on, and outlives fencing: until it ends, another incarnation with the same id is refused.
// 3. The session is over only after the time-out, not at it.
// 4. A broker in controlled shutdown may go when every active broker has read past the offset at which it
// gave up its leaderships; a fenced broker is in no controlled shutdown.
// Times in µs of the controller's clock. A copyable value; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/control_records.h"

#include <map>
#include <optional>
#include <utility>

namespace tideline::control {

struct BrokerIncarnation
{
    BrokerId broker = 0;
    std::int64_t brokerEpoch = 0;
    TIDELINE_FIELDS(BrokerIncarnation, broker, brokerEpoch)

    bool operator<(const BrokerIncarnation& other) const
    {
        return broker != other.broker ? broker < other.broker : brokerEpoch < other.brokerEpoch;
    }
};

// What the last heartbeat said, and what was answered.
struct HeartbeatState
{
    bool fenced = true;
    Offset metadataOffset = kUnknownOffset;
    Offset controlledShutdownOffset = kUnknownOffset; // unknown: in no controlled shutdown
    TIDELINE_FIELDS(HeartbeatState, fenced, metadataOffset, controlledShutdownOffset)

    bool shuttingDown() const { return controlledShutdownOffset != kUnknownOffset; }
};

class BrokerSessions
{
public:
    // A heartbeat has come, whatever will be said to it.
    void heard(const BrokerIncarnation& incarnation, Micros now);
    bool valid(const BrokerIncarnation& incarnation, Micros now, Micros timeout) const;
    // The session that ended first, of those that are over; it is forgotten. (Kafka 4.4 takes them in the
    // order of a hash table.)
    std::optional<BrokerIncarnation> takeStale(Micros now, Micros timeout);
    // The last moment at which no session is over; kNever when nobody has one.
    Micros validUntil(Micros timeout) const;

    // A broker has been registered, or its registration has changed.
    void registered(BrokerId broker, bool fenced);
    void unregistered(BrokerId broker);
    // A heartbeat has been answered.
    void answered(BrokerId broker, bool fenced, Offset metadataOffset);
    // `offset`: of the last record by which the broker gave up its leaderships. The first one that is told
    // counts.
    void enteredControlledShutdown(BrokerId broker, Offset offset);

    // Fenced, for a broker that is not known.
    HeartbeatState state(BrokerId broker) const;
    // How far the slowest active broker has read; the largest offset when there is none.
    Offset lowestActiveOffset() const;

    TIDELINE_FIELDS(BrokerSessions, contacts_, states_)

private:
    Cow<std::map<BrokerIncarnation, Micros>> contacts_;
    Cow<std::map<BrokerId, HeartbeatState>> states_;
};

} // namespace tideline::control
