// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/group_words.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::GroupWords)
};

// The weakest acks among the producers that write to the group's topics.
QString acksOf(const Frame& frame, const GroupSpec& spec)
{
    QStringList weak;
    bool any = false;
    for (const ClusterFrame::Producer& producer : frame.cluster.producers) {
        if (std::find(spec.topics.begin(), spec.topics.end(), producer.topic) == spec.topics.end())
            continue;
        any = true;
        const auto index = static_cast<std::size_t>(producer.index);
        if (producer.acks != -1 && frame.names && index < frame.names->producers.size())
            weak << Text::tr("%1 has acks=%2")
                        .arg(QString::fromStdString(frame.names->producers[index]))
                        .arg(producer.acks);
    }
    if (!any)
        return {};
    if (weak.isEmpty())
        return Text::tr("acks=all: acknowledged records survive as long as one replica of the ISR does.");
    return Text::tr("%1: a record can be lost with its leader.").arg(weak.join(QStringLiteral(", ")));
}

} // namespace

QString groupStateText(GroupState state)
{
    switch (state) {
    case GroupState::Empty:
        return Text::tr("empty");
    case GroupState::PreparingRebalance:
        return Text::tr("preparing rebalance");
    case GroupState::CompletingRebalance:
        return Text::tr("completing rebalance");
    case GroupState::Stable:
        return Text::tr("stable");
    case GroupState::Unknown:
        return Text::tr("no coordinator");
    }
    return {};
}

QString memberStateText(MemberState state)
{
    switch (state) {
    case MemberState::Stopped:
        return Text::tr("stopped");
    case MemberState::Crashed:
        return Text::tr("crashed");
    case MemberState::Paused:
        return Text::tr("paused");
    case MemberState::FindingCoordinator:
        return Text::tr("finds coordinator");
    case MemberState::Joining:
        return Text::tr("joins");
    case MemberState::Syncing:
        return Text::tr("syncs");
    case MemberState::Stable:
        return Text::tr("reads");
    }
    return {};
}

ColorRole groupStateRole(GroupState state)
{
    switch (state) {
    case GroupState::Stable:
        return ColorRole::Text;
    case GroupState::Empty:
        return ColorRole::TextMuted;
    case GroupState::PreparingRebalance:
    case GroupState::CompletingRebalance:
        return ColorRole::TextWarning;
    case GroupState::Unknown:
        return ColorRole::TextBad;
    }
    return ColorRole::Text;
}

ColorRole memberStateRole(MemberState state)
{
    switch (state) {
    case MemberState::Stable:
        return ColorRole::TextMuted;
    case MemberState::Stopped:
        return ColorRole::TextFaint;
    case MemberState::Crashed:
        return ColorRole::TextBad;
    default:
        return ColorRole::TextWarning;
    }
}

GuaranteeWords guaranteeOf(const Frame& frame, const GroupSpec& spec)
{
    GuaranteeWords words;
    switch (spec.commit) {
    case CommitOrder::Auto:
        words.name = Text::tr("at least once");
        words.keys = QStringLiteral("enable.auto.commit=true, auto.commit.interval.ms=%1")
                         .arg(toMillis(spec.autoCommitInterval));
        words.why = Text::tr("poll() commits what it handed out before. A crash between two commits repeats "
                             "what was read since the "
                             "first.");
        break;
    case CommitOrder::BeforeProcessing:
        words.name = Text::tr("at most once");
        words.keys = Text::tr("enable.auto.commit=false, commitSync() before processing");
        words.why =
            Text::tr("A crash between commit and processing skips what was committed: lost for this group.");
        break;
    case CommitOrder::AfterProcessing:
        words.name = Text::tr("at least once");
        words.keys = Text::tr("enable.auto.commit=false, commitSync() after processing");
        words.why = Text::tr("A crash between processing and commit repeats what was processed.");
        break;
    }
    words.acks = acksOf(frame, spec);
    return words;
}

} // namespace tideline::widgets
