// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/fact_text.h"

#include "engine/cluster/error_code.h"
#include "engine/cluster/message.h"
#include "widgets/theme/admin_fact_words.h"
#include "widgets/theme/amount_text.h"
#include "widgets/theme/data_time_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/theme/quorum_fact_words.h"
#include "widgets/theme/storage_fact_words.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

QString error(ErrorCode code)
{
    const std::string_view name = errorName(code);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

// A message by its name in the protocol.
QString messageText(std::int32_t place)
{
    const std::string_view name = kMessageNames.at(static_cast<std::size_t>(place));
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

// One function a kind.
class FactWords : private AdminFactWords, private QuorumFactWords, private StorageFactWords
{
    Q_DECLARE_TR_FUNCTIONS(Fact)
public:
    FactWords(Micros time, const Directory& names)
        : AdminFactWords(names)
        , QuorumFactWords(names)
        , StorageFactWords(names)
        , time_(time)
        , names_(names)
    {}
    using AdminFactWords::operator();
    using QuorumFactWords::operator();

    using StorageFactWords::operator();
    QString operator()(const BrokerRegistered& f) const
    {
        return tr("broker %1 registered, broker epoch %2").arg(f.broker).arg(f.brokerEpoch);
    }
    QString operator()(const BrokerUnfenced& f) const { return tr("broker %1 unfenced").arg(f.broker); }
    QString operator()(const BrokerFenced& f) const
    {
        return tr("broker %1 fenced: no heartbeat for %2")
            .arg(f.broker)
            .arg(durationText(time_ - f.lastHeartbeat));
    }
    QString operator()(const BrokerKilled& f) const { return tr("broker %1 killed").arg(f.broker); }
    QString operator()(const BrokerStopping& f) const { return tr("broker %1 is to stop").arg(f.broker); }
    QString operator()(const ControlledShutdownStarted& f) const
    {
        return tr("broker %1 hands over its leaderships").arg(f.broker);
    }
    QString operator()(const BrokerStopped& f) const { return tr("broker %1 stopped cleanly").arg(f.broker); }
    QString operator()(const BrokerStarted& f) const { return tr("broker %1 started").arg(f.broker); }
    QString operator()(const BrokerPaused& f) const { return tr("broker %1 paused").arg(f.broker); }
    QString operator()(const BrokerResumed& f) const { return tr("broker %1 resumed").arg(f.broker); }
    QString operator()(const FollowerSlowed& f) const
    {
        return f.delay == 0 ? tr("broker %1 fetches as fast as before").arg(f.broker)
                            : tr("broker %1 fetches %2 later").arg(f.broker).arg(durationText(f.delay));
    }
    QString operator()(const ControllerElected& f) const
    {
        return tr("%1 elected, controller epoch %2").arg(nodeText(f.controller, names_)).arg(f.epoch);
    }
    QString operator()(const ControllerKilled& f) const
    {
        return tr("%1 killed").arg(nodeText(f.controller, names_));
    }
    QString operator()(const ControllerResigned& f) const
    {
        return tr("%1 no longer leads the quorum, controller epoch %2")
            .arg(nodeText(f.controller, names_))
            .arg(f.epoch);
    }
    QString operator()(const QuorumElectionStarted& f) const
    {
        return tr("%1 asks for votes, epoch %2").arg(nodeText(f.controller, names_)).arg(f.epoch);
    }
    QString operator()(const QuorumVoteGranted& f) const
    {
        return tr("%1 votes for %2, epoch %3")
            .arg(nodeText(f.controller, names_), nodeText(f.candidate, names_))
            .arg(f.epoch);
    }
    QString operator()(const ControllerStopping& f) const
    {
        return tr("%1 asked to stop").arg(nodeText(f.controller, names_));
    }
    QString operator()(const ControllerStopped& f) const
    {
        return tr("%1 stopped").arg(nodeText(f.controller, names_));
    }
    QString operator()(const ControllerPaused& f) const
    {
        return tr("%1 paused").arg(nodeText(f.controller, names_));
    }
    QString operator()(const ControllerResumed& f) const
    {
        return tr("%1 resumed").arg(nodeText(f.controller, names_));
    }
    QString operator()(const ControllerStarted& f) const
    {
        return tr("%1 started").arg(nodeText(f.controller, names_));
    }
    QString operator()(const LeaderElected& f) const
    {
        const QString now = tr("broker %1 leads %2, leader epoch %3")
                                .arg(f.leader)
                                .arg(partitionText(f.partition, names_))
                                .arg(f.epoch);
        if (f.unclean)
            return tr("%1; unclean: it was not in sync").arg(now);
        return f.previous <= 0 || f.previous == f.leader
                   ? now
                   : tr("%1; before: broker %2").arg(now).arg(f.previous);
    }
    QString operator()(const PartitionOffline& f) const
    {
        return tr("%1 offline: no replica in sync is alive; led by broker %2 before")
            .arg(partitionText(f.partition, names_))
            .arg(f.previous);
    }
    QString operator()(const IsrShrank& f) const
    {
        return tr("broker %1 left the ISR of %2: %3 in sync")
            .arg(f.removed)
            .arg(partitionText(f.partition, names_))
            .arg(f.size);
    }
    QString operator()(const IsrExpanded& f) const
    {
        return tr("broker %1 is back in the ISR of %2: %3 in sync")
            .arg(f.added)
            .arg(partitionText(f.partition, names_))
            .arg(f.size);
    }
    QString operator()(const LogTruncated& f) const
    {
        return tr("broker %1 truncated %2 from %3 to %4")
            .arg(f.broker)
            .arg(partitionText(f.partition, names_))
            .arg(f.from)
            .arg(f.to);
    }
    QString operator()(const RecordsAppended& f) const
    {
        return tr("%1 @ %2: %3 in %4 appended on broker %5, %6")
            .arg(partitionText(f.partition, names_))
            .arg(f.baseOffset)
            .arg(recordsText(f.records), batchesText(f.batches))
            .arg(f.broker)
            .arg(bytesText(f.bytes));
    }
    QString operator()(const LinkCut& f) const
    {
        return (f.oneWay ? tr("link %1 → %2 cut one way") : tr("link %1 – %2 cut"))
            .arg(nodeText(f.a, names_), nodeText(f.b, names_));
    }
    QString operator()(const LinkHealed& f) const
    {
        return (f.oneWay ? tr("link %1 → %2 healed") : tr("link %1 – %2 healed"))
            .arg(nodeText(f.a, names_), nodeText(f.b, names_));
    }
    QString operator()(const LinkChanged& f) const
    {
        const QString link = tr("link %1 – %2").arg(nodeText(f.a, names_), nodeText(f.b, names_));
        const QString now = tr("latency %1, %2/s").arg(durationText(f.latency), bytesText(f.bandwidth));
        return (f.asBefore ? tr("%1 as before: %2") : tr("%1 changed: %2")).arg(link, now);
    }
    QString operator()(const ClockSkewed& f) const
    {
        const QString node = nodeText(f.node, names_);
        if (f.by == 0)
            return tr("clock of %1 is right again").arg(node);
        return (f.by < 0 ? tr("clock of %1 is %2 behind") : tr("clock of %1 is %2 ahead"))
            .arg(node, durationText(f.by < 0 ? -f.by : f.by));
    }
    QString operator()(const FaultAimed& f) const
    {
        const QString what = tr("%1 number %2 from %3 to %4")
                                 .arg(messageText(f.message))
                                 .arg(f.number)
                                 .arg(nodeText(f.from, names_), nodeText(f.to, names_));
        return f.delay == 0 ? tr("aimed: %1 will be lost").arg(what)
                            : tr("aimed: %1 will be held up for %2").arg(what, durationText(f.delay));
    }
    QString operator()(const AimCancelled& f) const
    {
        return tr("no longer aimed: %1 from %2 to %3")
            .arg(messageText(f.message), nodeText(f.from, names_), nodeText(f.to, names_));
    }
    QString operator()(const MessageDropped& f) const
    {
        return tr("%1 from %2 to %3 lost, beyond TCP")
            .arg(messageText(f.message), nodeText(f.from, names_), nodeText(f.to, names_));
    }
    QString operator()(const MessageDelayed& f) const
    {
        return tr("%1 from %2 to %3 held up for %4")
            .arg(messageText(f.message), nodeText(f.from, names_), nodeText(f.to, names_),
                 durationText(f.delay));
    }
    QString operator()(const ConnectionTimedOut& f) const
    {
        return tr("%1 gave up waiting for %2: connection closed")
            .arg(nodeText(f.waiting, names_), nodeText(f.silent, names_));
    }
    QString operator()(const ProduceRefused& f) const
    {
        const QString what = tr("%1: %2 for %3 refused, %4")
                                 .arg(producerText(f.producer, names_), recordsText(f.records),
                                      partitionText(f.partition, names_), error(f.error));
        return f.willRetry ? tr("%1; will be sent again").arg(what) : what;
    }
    QString operator()(const SendFailed& f) const
    {
        return tr("%1 gave up %2 for %3, %4")
            .arg(producerText(f.producer, names_), recordsText(f.records), partitionText(f.partition, names_),
                 error(f.error));
    }
    QString operator()(const RateChanged& f) const
    {
        return tr("%1 sends %2 a second")
            .arg(producerText(f.producer, names_), recordsText(f.recordsPerSecond));
    }
    QString operator()(const SourceEnded& f) const
    {
        return tr("source of %1 ended after %2")
            .arg(producerText(f.producer, names_), recordsText(f.records));
    }
    QString operator()(const MemberStarted& f) const
    {
        return tr("%1 started").arg(memberText(f.member, names_));
    }
    QString operator()(const MemberStopped& f) const
    {
        return tr("%1 stopped").arg(memberText(f.member, names_));
    }
    QString operator()(const MemberCrashed& f) const
    {
        return tr("%1 crashed").arg(memberText(f.member, names_));
    }
    QString operator()(const MemberPaused& f) const
    {
        return tr("%1 paused").arg(memberText(f.member, names_));
    }
    QString operator()(const MemberResumed& f) const
    {
        return tr("%1 resumed").arg(memberText(f.member, names_));
    }
    QString operator()(const MemberJoined& f) const
    {
        return tr("%1 joins group %2").arg(memberText(f.member, names_), groupText(f.group, names_));
    }
    QString operator()(const MemberLeft& f) const
    {
        return tr("%1 left group %2").arg(memberText(f.member, names_), groupText(f.group, names_));
    }
    QString operator()(const MemberExpired& f) const
    {
        return tr("%1 expired in group %2: no heartbeat within session.timeout.ms")
            .arg(memberText(f.member, names_), groupText(f.group, names_));
    }
    QString operator()(const RebalanceStarted& f) const
    {
        return tr("group %1 rebalances: generation %2 ends")
            .arg(groupText(f.group, names_))
            .arg(f.generation);
    }
    QString operator()(const GenerationStarted& f) const
    {
        return tr("group %1: generation %2 with %3")
            .arg(groupText(f.group, names_))
            .arg(f.generation)
            .arg(membersText(f.members));
    }
    QString operator()(const PartitionsAssigned& f) const
    {
        return tr("%1 was assigned %2, generation %3")
            .arg(memberText(f.member, names_))
            .arg(partitionsText(f.partitions))
            .arg(f.generation);
    }
    QString operator()(const PartitionsRevoked& f) const
    {
        return (f.lost ? tr("%1 lost %2 of generation %3") : tr("%1 gave up %2 of generation %3"))
            .arg(memberText(f.member, names_))
            .arg(partitionsText(f.partitions))
            .arg(f.generation);
    }
    QString operator()(const OffsetsCommitted& f) const
    {
        return tr("%1 committed offsets of %2")
            .arg(memberText(f.member, names_), partitionsText(f.partitions));
    }
    QString operator()(const CommitRefused& f) const
    {
        return tr("commit of %1 refused, %2").arg(memberText(f.member, names_), error(f.error));
    }
    QString operator()(const OffsetResetTo& f) const
    {
        const QString who = f.member == kNone ? tr("a pipeline") : memberText(f.member, names_);
        const QString where = partitionText(f.partition, names_);
        if (f.from == kUnknownOffset)
            return tr("%1 begins %2 at %3: nothing was committed").arg(who, where).arg(f.to);
        return tr("%1 reset the position in %2 from %3 to %4").arg(who, where).arg(f.from).arg(f.to);
    }
    QString operator()(const CoordinatorMoved& f) const
    {
        return tr("broker %1 coordinates group %2").arg(f.broker).arg(groupText(f.group, names_));
    }
    QString operator()(const RecordsRedelivered& f) const
    {
        return tr("%1 of %2 delivered again to group %3")
            .arg(recordsText(f.records), partitionText(f.partition, names_), groupText(f.group, names_));
    }
    QString operator()(const RecordsLost& f) const
    {
        return tr("%1 of %2 lost for group %3, although acknowledged")
            .arg(recordsText(f.records), partitionText(f.partition, names_), groupText(f.group, names_));
    }
    QString operator()(const PaneFired& f) const
    {
        const QString pane = tr("%1 %2: %3, %4")
                                 .arg(pipelineText(f.pipeline, names_), dataWindowText(f.start, f.end),
                                      recordsText(f.records), keysText(f.keys));
        return f.firing == 0 ? tr("%1; fired").arg(pane) : tr("%1; late firing %2").arg(pane).arg(f.firing);
    }
    QString operator()(const RecordsDroppedLate& f) const
    {
        return tr("%1 dropped %2 of %3 as late, the first @ %4, event time %5")
            .arg(pipelineText(f.pipeline, names_), recordsText(f.records), partitionText(f.partition, names_))
            .arg(f.offset)
            .arg(dataTimeText(f.eventTime));
    }
    QString operator()(const PartitionIdle& f) const
    {
        return tr("%1: %2 is idle and no longer holds the watermark back")
            .arg(pipelineText(f.pipeline, names_), partitionText(f.partition, names_));
    }
    QString operator()(const EndOfInput& f) const
    {
        return tr("%1: end of input, all windows fire").arg(pipelineText(f.pipeline, names_));
    }
    QString operator()(const InvariantBroken& f) const
    {
        return tr("invariant %1 broke: %2 against %3; the run stops here")
            .arg(f.invariant)
            .arg(f.left)
            .arg(f.right);
    }

private:
    Micros time_;
    const Directory& names_;
};

} // namespace

QString factText(const FactBody& body, Micros time, const Directory& names)
{
    return std::visit(FactWords(time, names), body);
}

} // namespace tideline::widgets
