// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/election_page.h"

#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace tideline::app {

namespace {

constexpr std::int32_t kTaughtVoters = 3;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::app::ElectionPage)
};

QString stepText(FailoverStep step)
{
    switch (step) {
    case FailoverStep::SessionExpires:
        return Text::tr("ZooKeeper waits for the session of the dead controller to expire");
    case FailoverStep::WatchersTold:
        return Text::tr("every other broker is told that /controller is gone");
    case FailoverStep::RaceForController:
        return Text::tr("each tries to create /controller; the first one is the controller");
    case FailoverStep::EpochRaised:
        return Text::tr("it reads and raises the controller epoch");
    case FailoverStep::TopicsRead:
        return Text::tr("it reads who is alive, and every topic");
    case FailoverStep::StatesRead:
        return Text::tr("it reads leader, epoch and ISR of every partition");
    case FailoverStep::BrokersTold:
        return Text::tr("it tells every broker about every partition");
    case FailoverStep::FetchTimesOut:
        return Text::tr("a voter has fetched nothing for controller.quorum.fetch.timeout.ms");
    case FailoverStep::PreVote:
        return Text::tr("it asks whether the others would vote for it");
    case FailoverStep::Vote:
        return Text::tr("it raises the epoch and asks for their votes");
    case FailoverStep::EpochBegins:
        return Text::tr("it tells the voters that its epoch has begun");
    case FailoverStep::EpochCommitted:
        return Text::tr("a majority has its first record: it decides. It read nothing, for it had the log");
    }
    return {};
}

QString cell(const QString& text, const char* align = "left")
{
    return QStringLiteral("<td align=\"%1\">%2</td>").arg(QLatin1String(align), text);
}

QString column(const QString& title, const std::vector<FailoverPhase>& phases)
{
    QString html = QStringLiteral("<h3>") + title.toHtmlEscaped() +
                   QStringLiteral("</h3><table cellspacing=\"0\" cellpadding=\"4\"><tr>") +
                   cell(QStringLiteral("<b>") + Text::tr("from") + QStringLiteral("</b>"), "right") +
                   cell(QStringLiteral("<b>") + Text::tr("for") + QStringLiteral("</b>"), "right") +
                   cell(QStringLiteral("<b>") + Text::tr("messages") + QStringLiteral("</b>"), "right") +
                   cell({}) + QStringLiteral("</tr>");
    std::int64_t messages = 0;
    for (const FailoverPhase& phase : phases) {
        messages += phase.messages;
        html += QStringLiteral("<tr>") + cell(widgets::durationText(phase.from), "right") +
                cell(widgets::durationText(phase.to - phase.from), "right") +
                cell(widgets::countText(phase.messages), "right") +
                cell(stepText(phase.step).toHtmlEscaped()) + QStringLiteral("</tr>");
    }
    const Micros end = phases.empty() ? 0 : phases.back().to;
    return html + QStringLiteral("</table><p><b>") +
           Text::tr("%1 without a controller, %2 messages")
               .arg(widgets::durationText(end), widgets::countText(messages))
               .toHtmlEscaped() +
           QStringLiteral("</b></p>");
}

} // namespace

FailoverSetting failoverSettingOf(const Scenario& scenario)
{
    FailoverSetting setting;
    setting.brokers = scenario.cluster.brokers;
    setting.controllers = std::max(kTaughtVoters, scenario.cluster.controllers);
    setting.topics = static_cast<std::int32_t>(scenario.topics.size());
    for (const TopicSpec& topic : scenario.topics)
        setting.partitions +=
            topic.assignment.empty() ? topic.partitions : static_cast<std::int32_t>(topic.assignment.size());
    if (!scenario.groups.empty()) {
        ++setting.topics;
        setting.partitions += scenario.cluster.offsetsTopicNumPartitions;
    }
    setting.latency = scenario.cluster.linkLatency;
    setting.quorumFetchTimeout = scenario.cluster.quorumFetchTimeout;
    return setting;
}

QString electionPage(const FailoverSetting& setting)
{
    const QString size =
        Text::tr("The active controller dies in a cluster of %1 brokers and %2 partitions, with "
                 "%3 voters and links of %4.")
            .arg(widgets::countText(setting.brokers), widgets::countText(setting.partitions),
                 widgets::countText(setting.controllers), widgets::durationText(setting.latency));
    return QStringLiteral("<p>") + size.toHtmlEscaped() + QStringLiteral("</p><p><i>") +
           Text::tr(
               "Simplified, for teaching: each step begins when the one before it has ended, and only "
               "messages and time-outs take time; reading a partition's state takes ZooKeeper time too, "
               "which is why "
               "large clusters waited for minutes. The quorum of a run follows Kafka's rules instead: kill a "
               "controller and read the journal.")
               .toHtmlEscaped() +
           QStringLiteral(
               "</i></p><table width=\"100%\" cellpadding=\"8\"><tr><td width=\"50%\" valign=\"top\">") +
           column(Text::tr("Then: ZooKeeper, up to Kafka 3.9"), zookeeperFailover(setting)) +
           QStringLiteral("</td><td valign=\"top\">") +
           column(Text::tr("Now: a KRaft quorum"), kraftFailover(setting)) +
           QStringLiteral("</td></tr></table>");
}

} // namespace tideline::app
