// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_words.h"

#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets::report {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("Report", text);
}

} // namespace

QString momentTitle(model::ReportMoment::Kind kind)
{
    using Kind = model::ReportMoment::Kind;
    switch (kind) {
    case Kind::BrokerFenced:
        return tr("The controller fences a broker");
    case Kind::LeaderChanged:
        return tr("A partition gets another leader");
    case Kind::Offline:
        return tr("A partition has no leader");
    case Kind::Refused:
        return tr("A producer cannot hand its records over");
    case Kind::Rebalance:
        return tr("A group rebalances");
    case Kind::Redelivered:
        return tr("A group reads records again");
    case Kind::Lost:
        return tr("An acknowledged record is lost");
    case Kind::PaneFired:
        return tr("A window fires");
    case Kind::Dropped:
        return tr("A record comes too late");
    case Kind::End:
        return tr("The end of the run");
    }
    return {};
}

QString momentMeaning(model::ReportMoment::Kind kind)
{
    using Kind = model::ReportMoment::Kind;
    switch (kind) {
    case Kind::BrokerFenced:
        return tr("It heard no heartbeat for broker.session.timeout.ms. Only now may other replicas take "
                  "over what the broker led.");
    case Kind::LeaderChanged:
        return tr("The controller chose the first living replica of the ISR and raised the leader epoch; "
                  "clients learn of it when "
                  "they ask for metadata.");
    case Kind::Offline:
        return tr("No replica of its ISR is alive, so nobody may lead it; producers and consumers wait.");
    case Kind::Refused:
        return tr("The producer retries as long as delivery.timeout.ms and the kind of error allow.");
    case Kind::Rebalance:
        return tr("Every member rejoins and gets its partitions anew; with an eager assignor nobody reads "
                  "meanwhile.");
    case Kind::Redelivered:
        return tr("They were read, but their offsets were not committed before the reader changed: at least "
                  "once means this.");
    case Kind::Lost:
        return tr(
            "A broker had confirmed it to the producer, and the group has read past it without seeing it.");
    case Kind::PaneFired:
        return tr("The watermark passed the end of the window: no earlier record is expected any more.");
    case Kind::Dropped:
        return tr("Its window was cleaned up already: the watermark had passed the window's end plus the "
                  "allowed lateness.");
    case Kind::End:
        return {};
    }
    return {};
}

QString guaranteeName(Guarantee::Kind kind)
{
    switch (kind) {
    case Guarantee::Kind::NoAcknowledgedRecordLost:
        return tr("No acknowledged record is lost");
    case Guarantee::Kind::OncePerGroup:
        return tr("Each record reaches each group once");
    }
    return {};
}

QString guaranteeAnswer(const Guarantee& guarantee)
{
    if (!guarantee.judged)
        return tr("not judged: no group reads, so nobody could miss a record");
    if (guarantee.holds)
        return tr("held");
    return guarantee.kind == Guarantee::Kind::NoAcknowledgedRecordLost
               ? tr("broken: lost records: %1").arg(countText(guarantee.exceptions))
               : tr("broken: records that did not arrive exactly once: %1")
                     .arg(countText(guarantee.exceptions));
}

QString summary(const model::Report& report)
{
    if (report.invariantBroken)
        return tr("An invariant broke, and the run stopped there: this is an error in Tideline, not in the "
                  "system that is modelled.");
    bool allHeld = true;
    bool judged = false;
    for (const Guarantee& guarantee : report.guarantees) {
        allHeld = allHeld && guarantee.holds;
        judged = judged || guarantee.judged;
    }
    if (!judged)
        return tr("No group reads in this scenario, so its guarantees are not judged.");
    return allHeld ? tr("Every guarantee held to the end of the run.")
                   : tr("A guarantee broke in this run; the tables below say which, and for which records.");
}

} // namespace tideline::widgets::report
