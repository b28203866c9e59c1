// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/cluster/cluster_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace tideline::widgets {

namespace {

class Words
{
    Q_DECLARE_TR_FUNCTIONS(Cluster)
};

} // namespace

StateLook lookOf(BrokerState state)
{
    switch (state) {
    case BrokerState::Running:
        return {Words::tr("running"), ColorRole::TextMuted, ColorRole::Good, MarkerShape::Circle};
    case BrokerState::Fenced:
        return {Words::tr("fenced"), ColorRole::TextWarning, ColorRole::Warning, MarkerShape::Triangle};
    case BrokerState::Stopped:
        return {Words::tr("stopped"), ColorRole::TextBad, ColorRole::Bad, MarkerShape::Cross};
    case BrokerState::Paused:
        return {Words::tr("paused"), ColorRole::TextWarning, ColorRole::Warning, MarkerShape::Bars};
    }
    return {};
}

StateLook lookOf(MemberState state)
{
    switch (state) {
    case MemberState::Stopped:
        return {Words::tr("stopped"), ColorRole::TextFaint, ColorRole::Neutral, MarkerShape::Ring};
    case MemberState::Crashed:
        return {Words::tr("crashed"), ColorRole::TextBad, ColorRole::Bad, MarkerShape::Cross};
    case MemberState::Paused:
        return {Words::tr("paused"), ColorRole::TextWarning, ColorRole::Warning, MarkerShape::Bars};
    case MemberState::FindingCoordinator:
        return {Words::tr("finding coordinator"), ColorRole::TextWarning, ColorRole::Warning,
                MarkerShape::Ring};
    case MemberState::Joining:
        return {Words::tr("joining"), ColorRole::TextLink, ColorRole::Accent, MarkerShape::Diamond};
    case MemberState::Syncing:
        return {Words::tr("syncing"), ColorRole::TextLink, ColorRole::Accent, MarkerShape::Diamond};
    case MemberState::Stable:
        return {Words::tr("reads"), ColorRole::TextMuted, ColorRole::Good, MarkerShape::Circle};
    }
    return {};
}

StateLook lookOf(GroupState state)
{
    switch (state) {
    case GroupState::Empty:
        return {Words::tr("empty"), ColorRole::TextFaint, ColorRole::Neutral, MarkerShape::Ring};
    case GroupState::PreparingRebalance:
        return {Words::tr("preparing rebalance"), ColorRole::TextWarning, ColorRole::Warning,
                MarkerShape::Diamond};
    case GroupState::CompletingRebalance:
        return {Words::tr("completing rebalance"), ColorRole::TextWarning, ColorRole::Warning,
                MarkerShape::Diamond};
    case GroupState::Stable:
        return {Words::tr("stable"), ColorRole::TextMuted, ColorRole::Good, MarkerShape::Circle};
    case GroupState::Unknown:
        return {Words::tr("no coordinator"), ColorRole::TextBad, ColorRole::Bad, MarkerShape::Cross};
    }
    return {};
}

StateLook lookOf(WindowState state)
{
    switch (state) {
    case WindowState::Open:
        return {Words::tr("open"), ColorRole::TextOnFill, ColorRole::Accent, MarkerShape::Ring};
    case WindowState::Fired:
        return {Words::tr("fired, late ok"), ColorRole::TextOnFill, ColorRole::Warning,
                MarkerShape::Triangle};
    case WindowState::Final:
        return {Words::tr("final"), ColorRole::TextOnFill, ColorRole::Good, MarkerShape::Square};
    }
    return {};
}

ColorRole fillOf(WindowState state)
{
    switch (state) {
    case WindowState::Open:
        return ColorRole::InfoFill;
    case WindowState::Fired:
        return ColorRole::WarningFill;
    case WindowState::Final:
        return ColorRole::GoodFill;
    }
    return ColorRole::NeutralFill;
}

QString commitText(CommitOrder order)
{
    switch (order) {
    case CommitOrder::Auto:
        return Words::tr("auto commit");
    case CommitOrder::BeforeProcessing:
        return Words::tr("commit, then process");
    case CommitOrder::AfterProcessing:
        return Words::tr("process, then commit");
    }
    return {};
}

QString acksText(std::int32_t acks)
{
    return acks < 0 ? QStringLiteral("acks=all") : QStringLiteral("acks=") + QString::number(acks);
}

QString partitionerText(const ClusterFrame::Producer& producer)
{
    if (producer.partitioner == Partitioner::RoundRobin)
        return Words::tr("round robin");
    return producer.keyed ? Words::tr("by key") : Words::tr("sticky");
}

QString healthText(ClusterFrame::Health health)
{
    switch (health) {
    case ClusterFrame::Health::Healthy:
        return Words::tr("healthy");
    case ClusterFrame::Health::UnderReplicated:
        return Words::tr("under-replicated");
    case ClusterFrame::Health::UnderMinIsr:
        return Words::tr("under min.insync.replicas");
    case ClusterFrame::Health::Offline:
        return Words::tr("offline");
    case ClusterFrame::Health::Idle:
        return Words::tr("idle");
    case ClusterFrame::Health::Absent:
        break;
    }
    return {};
}

ColorRole healthRole(ClusterFrame::Health health, int lag)
{
    switch (health) {
    case ClusterFrame::Health::Healthy:
        return static_cast<ColorRole>(static_cast<int>(ColorRole::Lag0) + std::clamp(lag, 0, 7));
    case ClusterFrame::Health::UnderReplicated:
        return ColorRole::BlockUnderReplicated;
    case ClusterFrame::Health::UnderMinIsr:
        return ColorRole::BlockUnderMinIsr;
    case ClusterFrame::Health::Offline:
        return ColorRole::BlockOffline;
    case ClusterFrame::Health::Idle:
        return ColorRole::BlockIdle;
    case ClusterFrame::Health::Absent:
        return ColorRole::None;
    }
    return ColorRole::BlockIdle;
}

Pattern healthPattern(ClusterFrame::Health health)
{
    switch (health) {
    case ClusterFrame::Health::UnderReplicated:
        return Pattern::Dots;
    case ClusterFrame::Health::UnderMinIsr:
        return Pattern::Diagonal;
    case ClusterFrame::Health::Offline:
        return Pattern::Cross;
    case ClusterFrame::Health::Healthy:
    case ClusterFrame::Health::Idle:
    case ClusterFrame::Health::Absent:
        return Pattern::Plain;
    }
    return Pattern::Plain;
}

} // namespace tideline::widgets
