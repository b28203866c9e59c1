// SPDX-License-Identifier: GPL-3.0-or-later
// Facts as signs: what is good, what is bad, and what deserves a mark on the timeline.
#include "widgets/theme/fact_text.h"

#include "widgets/theme/amount_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

constexpr FactSign kFault{MarkerShape::Cross, ColorRole::Bad, ColorRole::TextBad};
constexpr FactSign kHarm{MarkerShape::Triangle, ColorRole::Warning, ColorRole::TextWarning};
constexpr FactSign kElection{MarkerShape::Diamond, ColorRole::Leader, ColorRole::TextLeader};
constexpr FactSign kGroup{MarkerShape::Bars, ColorRole::Accent, ColorRole::TextLink};
constexpr FactSign kBetter{MarkerShape::Circle, ColorRole::Good, ColorRole::TextGood};
constexpr FactSign kWindow{MarkerShape::Square, ColorRole::Watermark, ColorRole::TextWatermark};
constexpr FactSign kAct{MarkerShape::Plus, ColorRole::Neutral, ColorRole::TextMuted};
constexpr FactSign kOrdinary{MarkerShape::Ring, ColorRole::Neutral, ColorRole::TextMuted};

struct Sign
{
    FactSign operator()(const BrokerKilled&) const { return kFault; }
    FactSign operator()(const BrokerLostPower&) const { return kFault; }
    FactSign operator()(const BrokerHalted&) const { return kFault; }
    FactSign operator()(const DiskFilled&) const { return kFault; }
    FactSign operator()(const DiskFailed&) const { return kFault; }
    FactSign operator()(const BrokerFenced&) const { return kFault; }
    FactSign operator()(const BrokerPaused&) const { return kFault; }
    FactSign operator()(const ControllerKilled&) const { return kFault; }
    FactSign operator()(const ControllerPaused&) const { return kFault; }
    FactSign operator()(const LinkCut&) const { return kFault; }
    FactSign operator()(const MessageDropped&) const { return kFault; }
    FactSign operator()(const MemberCrashed&) const { return kFault; }
    FactSign operator()(const MemberPaused&) const { return kFault; }
    FactSign operator()(const PartitionOffline&) const { return kFault; }
    FactSign operator()(const RecordsLost&) const { return kFault; }
    FactSign operator()(const InvariantBroken&) const { return kFault; }
    FactSign operator()(const SendFailed&) const { return kFault; }

    FactSign operator()(const BrokerStopped&) const { return kHarm; }
    FactSign operator()(const ControllerResigned&) const { return kHarm; }
    FactSign operator()(const ControllerStopped&) const { return kHarm; }
    FactSign operator()(const FollowerSlowed& f) const { return f.delay == 0 ? kBetter : kHarm; }
    FactSign operator()(const LinkChanged& f) const { return f.asBefore ? kBetter : kHarm; }
    FactSign operator()(const ClockSkewed& f) const { return f.by == 0 ? kBetter : kHarm; }
    FactSign operator()(const MessageDelayed&) const { return kHarm; }
    FactSign operator()(const DiskSlowed& f) const { return f.delay == 0 ? kBetter : kHarm; }
    FactSign operator()(const UnflushedRecordsLost& f) const { return f.copies == 0 ? kFault : kHarm; }
    FactSign operator()(const RecordsExpired&) const { return kHarm; }
    FactSign operator()(const IsrShrank&) const { return kHarm; }
    FactSign operator()(const LogTruncated&) const { return kHarm; }
    FactSign operator()(const ConnectionTimedOut&) const { return kHarm; }
    FactSign operator()(const ProduceRefused&) const { return kHarm; }
    FactSign operator()(const MemberExpired&) const { return kHarm; }
    FactSign operator()(const CommitRefused&) const { return kHarm; }
    FactSign operator()(const RecordsRedelivered&) const { return kHarm; }
    FactSign operator()(const RecordsDroppedLate&) const { return kHarm; }

    FactSign operator()(const ControllerElected&) const { return kElection; }
    FactSign operator()(const QuorumElectionStarted&) const { return kElection; }
    FactSign operator()(const ControllerStopping&) const { return kAct; }
    FactSign operator()(const LeaderElected& f) const { return f.unclean ? kHarm : kElection; }
    FactSign operator()(const ReassignmentStarted&) const { return kAct; }
    FactSign operator()(const ReassignmentEnded&) const { return kBetter; }
    FactSign operator()(const AdminRequestRefused&) const { return kHarm; }
    FactSign operator()(const BrokerStopping&) const { return kAct; }
    FactSign operator()(const RecordsDeleted&) const { return kAct; }
    FactSign operator()(const PartitionsCreated&) const { return kAct; }
    FactSign operator()(const TopicDeleted&) const { return kHarm; }
    FactSign operator()(const RollingRestartStarted&) const { return kAct; }
    FactSign operator()(const RollingRestartReached&) const { return kAct; }
    FactSign operator()(const RollingRestartEnded&) const { return kBetter; }
    FactSign operator()(const RollingRestartCancelled&) const { return kAct; }
    FactSign operator()(const SnapshotFetchStarted&) const { return kHarm; }
    FactSign operator()(const SnapshotFetched&) const { return kBetter; }

    FactSign operator()(const MemberStarted&) const { return kGroup; }
    FactSign operator()(const MemberStopped&) const { return kGroup; }
    FactSign operator()(const MemberJoined&) const { return kGroup; }
    FactSign operator()(const MemberLeft&) const { return kGroup; }
    FactSign operator()(const RebalanceStarted&) const { return kGroup; }
    FactSign operator()(const GenerationStarted&) const { return kGroup; }
    FactSign operator()(const CoordinatorMoved&) const { return kGroup; }

    FactSign operator()(const BrokerUnfenced&) const { return kBetter; }
    FactSign operator()(const BrokerStarted&) const { return kBetter; }
    FactSign operator()(const DiskRepaired&) const { return kBetter; }
    FactSign operator()(const ControllerStarted&) const { return kBetter; }
    FactSign operator()(const ControllerResumed&) const { return kBetter; }
    FactSign operator()(const BrokerResumed&) const { return kBetter; }
    FactSign operator()(const MemberResumed&) const { return kBetter; }
    FactSign operator()(const IsrExpanded&) const { return kBetter; }
    FactSign operator()(const LinkHealed&) const { return kBetter; }

    FactSign operator()(const PaneFired&) const { return kWindow; }
    FactSign operator()(const EndOfInput&) const { return kWindow; }
    FactSign operator()(const RateChanged&) const { return kAct; }
    FactSign operator()(const FaultAimed&) const { return kAct; }
    FactSign operator()(const AimCancelled&) const { return kAct; }
    FactSign operator()(const SourceEnded&) const { return kAct; }

    template <class Other>
    FactSign operator()(const Other&) const
    {
        return kOrdinary;
    }
};

struct Matters
{
    template <class F>
    bool operator()(const F&) const
    {
        constexpr bool kBroker = std::is_same_v<F, BrokerKilled> || std::is_same_v<F, BrokerFenced> ||
                                 std::is_same_v<F, BrokerUnfenced> || std::is_same_v<F, BrokerPaused> ||
                                 std::is_same_v<F, BrokerResumed> || std::is_same_v<F, BrokerStarted> ||
                                 std::is_same_v<F, BrokerStopping> || std::is_same_v<F, BrokerStopped> ||
                                 std::is_same_v<F, FollowerSlowed>;
        constexpr bool kDisk = std::is_same_v<F, BrokerLostPower> || std::is_same_v<F, BrokerHalted> ||
                               std::is_same_v<F, DiskSlowed> || std::is_same_v<F, DiskFilled> ||
                               std::is_same_v<F, DiskFailed> || std::is_same_v<F, DiskRepaired> ||
                               std::is_same_v<F, RecordsDeleted> || std::is_same_v<F, RecordsExpired>;
        constexpr bool kCluster =
            std::is_same_v<F, ControllerElected> || std::is_same_v<F, ControllerKilled> ||
            std::is_same_v<F, ControllerStarted> || std::is_same_v<F, ControllerResigned> ||
            std::is_same_v<F, ControllerStopped> || std::is_same_v<F, ControllerPaused> ||
            std::is_same_v<F, ControllerResumed> || std::is_same_v<F, PartitionOffline> ||
            std::is_same_v<F, LinkCut> || std::is_same_v<F, ReassignmentStarted> ||
            std::is_same_v<F, ReassignmentEnded> || std::is_same_v<F, AdminRequestRefused> ||
            std::is_same_v<F, LinkHealed> || std::is_same_v<F, RateChanged> ||
            std::is_same_v<F, PartitionsCreated> || std::is_same_v<F, TopicDeleted> ||
            std::is_same_v<F, RollingRestartStarted> || std::is_same_v<F, RollingRestartReached> ||
            std::is_same_v<F, RollingRestartEnded> || std::is_same_v<F, RollingRestartCancelled> ||
            std::is_same_v<F, SnapshotFetchStarted>;
        constexpr bool kNetwork = std::is_same_v<F, LinkChanged> || std::is_same_v<F, ClockSkewed> ||
                                  std::is_same_v<F, MessageDropped> || std::is_same_v<F, MessageDelayed>;
        constexpr bool kMembers = std::is_same_v<F, MemberCrashed> || std::is_same_v<F, MemberPaused> ||
                                  std::is_same_v<F, MemberResumed> || std::is_same_v<F, MemberStopped> ||
                                  std::is_same_v<F, MemberExpired> || std::is_same_v<F, RebalanceStarted> ||
                                  std::is_same_v<F, GenerationStarted>;
        constexpr bool kRecords = std::is_same_v<F, RecordsLost> || std::is_same_v<F, RecordsRedelivered> ||
                                  std::is_same_v<F, RecordsDroppedLate> || std::is_same_v<F, SendFailed> ||
                                  std::is_same_v<F, InvariantBroken> || std::is_same_v<F, EndOfInput>;
        return kBroker || kDisk || kCluster || kNetwork || kMembers || kRecords;
    }
};

// A few words for the kinds that matter; everything else keeps its sentence.
class Label
{
    Q_DECLARE_TR_FUNCTIONS(FactLabel)
public:
    Label(const FactBody& body, const Directory& names)
        : body_(body)
        , names_(names)
    {}

    QString operator()(const BrokerFenced& f) const { return tr("broker %1 fenced").arg(f.broker); }
    QString operator()(const FollowerSlowed& f) const
    {
        return f.delay == 0 ? tr("broker %1 fast again").arg(f.broker) : tr("broker %1 slowed").arg(f.broker);
    }
    QString operator()(const ControllerElected& f) const
    {
        return tr("%1 elected").arg(nodeText(f.controller, names_));
    }
    QString operator()(const PartitionOffline& f) const
    {
        return tr("%1 offline").arg(partitionText(f.partition, names_));
    }
    QString operator()(const LinkChanged& f) const
    {
        return (f.asBefore ? tr("%1 – %2 as before") : tr("%1 – %2 changed"))
            .arg(nodeText(f.a, names_), nodeText(f.b, names_));
    }
    QString operator()(const MemberExpired& f) const
    {
        return tr("%1 expired").arg(memberText(f.member, names_));
    }
    QString operator()(const RebalanceStarted& f) const
    {
        return tr("%1 rebalances").arg(groupText(f.group, names_));
    }
    QString operator()(const GenerationStarted& f) const
    {
        return tr("%1: generation %2").arg(groupText(f.group, names_)).arg(f.generation);
    }
    QString operator()(const RecordsExpired& f) const { return tr("%1 expired").arg(recordsText(f.records)); }
    QString operator()(const RecordsLost& f) const { return tr("%1 lost").arg(recordsText(f.records)); }
    QString operator()(const RecordsRedelivered& f) const
    {
        return tr("%1 delivered again").arg(countText(f.records));
    }
    QString operator()(const RecordsDroppedLate& f) const
    {
        return tr("%1 late dropped").arg(countText(f.records));
    }
    QString operator()(const SendFailed& f) const { return tr("%1 given up").arg(recordsText(f.records)); }
    QString operator()(const RateChanged& f) const
    {
        return tr("%1: %2/s").arg(producerText(f.producer, names_), countText(f.recordsPerSecond));
    }
    QString operator()(const InvariantBroken&) const { return tr("invariant broke"); }
    QString operator()(const EndOfInput&) const { return tr("end of input"); }

    template <class Other>
    QString operator()(const Other&) const
    {
        return factText(body_, 0, names_);
    }

private:
    const FactBody& body_;
    const Directory& names_;
};

} // namespace

FactSign factSign(const FactBody& body)
{
    return std::visit(Sign{}, body);
}

bool mattersForTimeline(const FactBody& body)
{
    return std::visit(Matters{}, body);
}

QString factLabel(const FactBody& body, const Directory& names)
{
    return std::visit(Label(body, names), body);
}

} // namespace tideline::widgets
