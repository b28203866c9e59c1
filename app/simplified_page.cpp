// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/simplified_page.h"

#include <QCoreApplication>
#include <QStringList>

namespace tideline::app {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("SimplifiedPage", text);
}

QString list(const QStringList& entries)
{
    QString html = QStringLiteral("<ul>");
    for (const QString& entry : entries)
        html += QStringLiteral("<li>") + entry.toHtmlEscaped() + QStringLiteral("</li>");
    return html + QStringLiteral("</ul>");
}

} // namespace

QString simplifiedPage()
{
    return QStringLiteral("<h3>") + tr("Cluster") + QStringLiteral("</h3>") +
           list({tr("One controller, which does not fail; there is no quorum and no election of controllers "
                    "yet."),
                 tr("A log never shrinks: retention, compaction, segments and power loss are not modelled "
                    "yet."),
                 tr("A link delays by its latency and its bandwidth and keeps the order; losing single "
                    "packets is not modelled."),
                 tr("Handling a request costs no time and no memory on a broker."),
                 tr("When a follower's fetch fails for one partition, it waits before it fetches any of that "
                    "leader's "
                    "partitions again.")}) +
           QStringLiteral("<h3>") + tr("Clients") + QStringLiteral("</h3>") +
           list({tr("Producers are not idempotent and have no transactions, so a retry can repeat records "
                    "and change their order."),
                 tr("Batches are not compressed."),
                 tr("A broker does not close the connection when a batch sent with acks=0 fails: such a "
                    "producer "
                    "learns of a new leader at its next metadata refresh only."),
                 tr("A paused client's clock stands still with it, so max.poll.interval.ms does not pass "
                    "meanwhile."),
                 tr("Groups use the classic protocol with the range assignor; static members and the "
                    "consumer protocol (KIP-848) "
                    "are not modelled yet.")}) +
           QStringLiteral("<h3>") + tr("Streams") + QStringLiteral("</h3>") +
           list({tr("A pipeline is one task that reads its topic directly; checkpoints, restarts and "
                    "parallel tasks are not modelled yet."),
                 tr("Windows are tumbling or sliding and count or sum; sessions and other engines than Flink "
                    "are not modelled yet."),
                 tr("The result is shown, not written to a topic.")});
}

QString aboutPage()
{
    return QStringLiteral("<h2>Tideline ") + QStringLiteral(TIDELINE_VERSION) + QStringLiteral("</h2><p>") +
           tr("A lab in which you watch a streaming system work, break it, rewind it and understand it. "
              "Everything runs in this program; "
              "the same scenario, seed and commands give the same run.") +
           QStringLiteral("</p><p>") +
           tr("Modelled after Apache Kafka 4.4 and Apache Flink 2.3, and checked against cases recorded from "
              "them. Tideline is no part of "
              "these projects and is not endorsed by them.") +
           QStringLiteral("</p><p>") +
           tr("Free software under the GNU General Public License, version 3 or later.") +
           QStringLiteral("</p>");
}

} // namespace tideline::app
