// SPDX-License-Identifier: GPL-3.0-or-later
// Effects: what an actor wants done after one step: messages, timers, facts, and what its user code saw.
//
// An actor touches no network, no queue and no journal; it fills this list, in order, and the simulator
// carries it out. The order matters: a message is caused by the last fact before it. A step gets the node's
// own clock (`now`), which stands still while a client is paused. Reused between steps so that a step
// allocates nothing.
#pragma once

#include "engine/base/ids.h"
#include "engine/base/time.h"
#include "engine/cluster/message.h"
#include "engine/lab/fact.h"
#include "engine/quorum/raft_records.h"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace tideline {

// Which timer of a node rings; each actor knows its own.
enum class TimerKind : std::uint8_t {
    // broker
    Communication,
    CommunicationRetry,
    RegistrationTimeout,
    ShutdownTimeout,
    FetchBackoff,
    IsrCheck,
    HighWatermarkCheckpoint,
    Purgatory,
    SessionWait,
    GroupTimer,
    AlterPartitionRetry,
    LogRetention,
    LogCleaner,
    LogFlush,
    PageWriteBack,
    // controller
    ControllerStart,
    // both: the node's part in the quorum
    Quorum,
    BrokerSession,
    PreferredElection,
    UncleanElection,
    // clients
    Source,
    Linger,
    ClientTimeout,
    ClientRetry,
    MemberStart,
    MemberHeartbeat,
    Processing,
    WatermarkTick,
    PollExpiry,
};

struct Timer
{
    TimerKind kind{};
    std::int64_t a = 0; // meaning depends on the kind: a broker, a group, a sequence number
    std::int64_t b = 0;
    TIDELINE_FIELDS(Timer, kind, a, b)
};

// Correlation 0: nobody waits for an answer on this connection, and nobody is told when it is lost; but a
// peer of the quorum that is gone is noticed.
struct SendRequest
{
    NodeIndex to = kNone;
    std::int32_t correlation = 0;
    MessageBody body;
};
struct SendReply
{
    ReplyTo to;
    MessageBody body;
};
// The waiting side gives its connection up.
struct CloseConnection
{
    NodeIndex peer = kNone;
};
// The process ends of its own accord, after everything else that this step asks for.
enum class ProcessEnd : std::uint8_t { Clean, DiskFailed, NotRegistered };
struct EndProcess
{
    ProcessEnd how = ProcessEnd::Clean;
};
struct SetTimer
{
    Micros at = 0; // node's own clock
    Timer timer;
};

// A controller has learnt that the quorum keeps this batch for ever. The first who says so is believed.
struct MetadataCommitted
{
    RaftPayload batch; // a MetadataBatch
};

// --- what clients saw: the food of the delivery ledger, of the roll-ups and of observers
// Records [firstK, firstK + records) were handed to send().
struct RecordsProduced
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    std::int64_t bytes = 0;
};
// Records that wait are meant for another partition now: their topic was deleted and is there again.
struct RecordsMoved
{
    ProducerIndex producer = 0;
    PartitionIndex from = 0;
    PartitionIndex to = 0;
    std::int64_t records = 0;
};
struct BatchSent
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    std::int32_t attempt = 0; // 0 = the first
};
struct RecordsAcknowledged
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    Offset baseOffset = kUnknownOffset; // -1 with acks=0
};
struct RecordsFailed
{
    ProducerIndex producer = 0;
    PartitionIndex partition = 0;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    ErrorCode error{};
};
// The application has processed these records of one batch.
struct RecordsDelivered
{
    MemberIndex member = 0;
    PartitionIndex partition = 0;
    ProducerIndex producer = kNone;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
    Offset baseOffset = 0;
};
// A broker took records out of its log that were there to be read: nobody can be given them any more.
struct RecordsRemoved
{
    PartitionIndex partition = 0;
    ProducerIndex producer = kNone;
    RecordNumber firstK = 0;
    std::int32_t records = 0;
};
// Things happened at a source, all in the same millisecond: what "truth so far" is counted from.
struct Happened
{
    ProducerIndex producer = 0;
    Millis eventTime = 0;
    std::int64_t records = 0;
    std::int64_t sum = 0; // of the summed field, hundredths
};
// Everything that the producer's source had is acknowledged or given up.
struct SourceDrained
{
    ProducerIndex producer = 0;
};
// One record passed through a pipeline. Sent for every record only while an observer asks for it.
struct RecordCounted
{
    PipelineIndex pipeline = 0;
    PartitionIndex partition = 0;
    Offset offset = 0;
    Millis eventTime = 0;
    std::uint8_t fate = 0; // TimeFrame::Fate
};

using Effect =
    std::variant<SendRequest, SendReply, CloseConnection, EndProcess, SetTimer, FactBody, MetadataCommitted,
                 RecordsProduced, RecordsMoved, BatchSent, RecordsAcknowledged, RecordsFailed,
                 RecordsDelivered, RecordsRemoved, Happened, SourceDrained, RecordCounted>;

class Effects
{
public:
    void request(NodeIndex to, std::int32_t correlation, MessageBody body);
    void reply(const ReplyTo& to, MessageBody body);
    // A message that stands for itself: no answer is expected on the connection.
    void post(NodeIndex to, MessageBody body);
    void close(NodeIndex peer);
    void endProcess(ProcessEnd how);
    void timer(Micros at, Timer timer);
    void fact(FactBody body);
    // What a client saw: RecordsProduced, BatchSent...
    void saw(Effect what);

    std::vector<Effect>& list() { return list_; }
    void clear() { list_.clear(); }

private:
    std::vector<Effect> list_;
};

} // namespace tideline
