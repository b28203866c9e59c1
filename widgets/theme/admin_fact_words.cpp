// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/admin_fact_words.h"

#include "engine/cluster/error_code.h"
#include "widgets/theme/name_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

// As in fact_text.cpp: one context of translations for all facts.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Fact)
};

QString error(ErrorCode code)
{
    const std::string_view name = errorName(code);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace

QString AdminFactWords::operator()(const TopicCreated& f) const
{
    return Words::tr("topic %1 created: partitions %2, replication factor %3")
        .arg(topicText(f.topic, names_))
        .arg(f.partitions)
        .arg(f.replicationFactor);
}

QString AdminFactWords::operator()(const PartitionsCreated& f) const
{
    return Words::tr("topic %1 has %2 partitions now, %3 of them new")
        .arg(topicText(f.topic, names_))
        .arg(f.partitions)
        .arg(f.added);
}

QString AdminFactWords::operator()(const TopicDeleted& f) const
{
    return Words::tr("topic %1 deleted: partitions %2").arg(topicText(f.topic, names_)).arg(f.partitions);
}

QString AdminFactWords::operator()(const LogDeleted& f) const
{
    return Words::tr("broker %1 deleted its log of %2, which ended at %3")
        .arg(f.broker)
        .arg(partitionText(f.partition, names_))
        .arg(f.end);
}

QString AdminFactWords::operator()(const ReassignmentStarted& f) const
{
    return Words::tr("%1 is being reassigned: replicas added %2, removed %3")
        .arg(partitionText(f.partition, names_))
        .arg(f.adding)
        .arg(f.removing);
}

QString AdminFactWords::operator()(const ReassignmentEnded& f) const
{
    return Words::tr("reassignment of %1 ended: replicas %2")
        .arg(partitionText(f.partition, names_))
        .arg(f.replicas);
}

QString AdminFactWords::operator()(const AdminRequestRefused& f) const
{
    const std::string_view words = errorText(f.error);
    const QString why = QString::fromUtf8(words.data(), static_cast<qsizetype>(words.size()));
    const QString refused =
        f.partition == kNone
            ? Words::tr("request refused: %1").arg(error(f.error))
            : Words::tr("request for %1 refused: %2").arg(partitionText(f.partition, names_), error(f.error));
    return why.isEmpty() ? refused : Words::tr("%1: %2").arg(refused, why);
}

QString AdminFactWords::operator()(const RollingRestartStarted& f) const
{
    return Words::tr("rolling restart of %1 brokers").arg(f.brokers);
}

QString AdminFactWords::operator()(const RollingRestartReached& f) const
{
    return Words::tr("rolling restart: broker %1 is next, %2 of %3").arg(f.broker).arg(f.turn).arg(f.brokers);
}

QString AdminFactWords::operator()(const RollingRestartEnded& f) const
{
    return Words::tr("rolling restart of %1 brokers ended").arg(f.brokers);
}

QString AdminFactWords::operator()(const RollingRestartCancelled& f) const
{
    return Words::tr("rolling restart cancelled: %1 of %2 brokers restarted").arg(f.restarted).arg(f.brokers);
}

} // namespace tideline::widgets
