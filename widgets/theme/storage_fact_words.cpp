// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/storage_fact_words.h"

#include "engine/log/retention.h"
#include "engine/log/segment_roll.h"
#include "widgets/theme/amount_text.h"
#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::StorageFactWords)
};

QString rollText(std::int32_t reason)
{
    switch (static_cast<RollReason>(reason)) {
    case RollReason::Size:
        return Words::tr("segment.bytes");
    case RollReason::Time:
        return Words::tr("segment.ms");
    default:
        return Words::tr("its index is full");
    }
}
QString deletionText(std::int32_t reason)
{
    switch (static_cast<DeletionReason>(reason)) {
    case DeletionReason::RetentionSize:
        return Words::tr("retention.bytes");
    case DeletionReason::RetentionTime:
        return Words::tr("retention.ms");
    default:
        return Words::tr("below the log start");
    }
}

} // namespace

QString StorageFactWords::operator()(const BrokerLostPower& f) const
{
    return Words::tr("broker %1 lost its power").arg(f.broker);
}

QString StorageFactWords::operator()(const BrokerHalted& f) const
{
    const QString sentence =
        f.notRegistered
            ? Words::tr("broker %1 ended itself: no controller had registered it when "
                        "initial.broker.registration.timeout.ms was over")
            : Words::tr(
                  "broker %1 ended itself: it cannot write to its only log directory, KAFKA_STORAGE_ERROR");
    return sentence.arg(f.broker);
}

QString StorageFactWords::operator()(const DiskSlowed& f) const
{
    return f.delay == 0 ? Words::tr("the disk of broker %1 is as fast as before").arg(f.broker)
                        : Words::tr("each append on broker %1 takes %2 longer")
                              .arg(f.broker)
                              .arg(durationText(f.delay));
}

QString StorageFactWords::operator()(const DiskFilled& f) const
{
    return Words::tr("the disk of broker %1 is full").arg(f.broker);
}

QString StorageFactWords::operator()(const DiskFailed& f) const
{
    return Words::tr("the disk of broker %1 failed").arg(f.broker);
}

QString StorageFactWords::operator()(const DiskRepaired& f) const
{
    return (f.empty ? Words::tr("broker %1 got an empty disk")
                    : Words::tr("the disk of broker %1 has room again"))
        .arg(f.broker);
}

QString StorageFactWords::operator()(const SegmentRolled& f) const
{
    return Words::tr("%1 goes on in a new segment at %2 on broker %3, %4 in all: %5")
        .arg(partitionText(f.partition, names_))
        .arg(f.baseOffset)
        .arg(f.broker)
        .arg(f.segments)
        .arg(rollText(f.reason));
}

QString StorageFactWords::operator()(const SegmentsDeleted& f) const
{
    return Words::tr("broker %1 deleted %2 of %3: log start %4 to %5, %6")
        .arg(f.broker)
        .arg(f.segments == 1 ? Words::tr("1 segment") : Words::tr("%1 segments").arg(f.segments))
        .arg(partitionText(f.partition, names_))
        .arg(f.from)
        .arg(f.to)
        .arg(deletionText(f.reason));
}

QString StorageFactWords::operator()(const RecordsDeleted& f) const
{
    return Words::tr("records of %1 deleted: log start %2 to %3 on broker %4")
        .arg(partitionText(f.partition, names_))
        .arg(f.from)
        .arg(f.to)
        .arg(f.broker);
}

QString StorageFactWords::operator()(const LogCompacted& f) const
{
    return Words::tr("broker %1 compacted %2 below %3: %4 removed, %5 kept, %6 freed")
        .arg(f.broker)
        .arg(partitionText(f.partition, names_))
        .arg(f.upTo)
        .arg(recordsText(f.removed), countText(f.kept), bytesText(f.bytesFreed));
}

QString StorageFactWords::operator()(const UnflushedRecordsLost& f) const
{
    const QString what = Words::tr("broker %1 lost %2 from %3 to %4: not on its disk yet")
                             .arg(f.broker)
                             .arg(partitionText(f.partition, names_))
                             .arg(f.to)
                             .arg(f.from);
    if (f.committed == 0)
        return Words::tr("%1; nothing of it was committed").arg(what);
    return f.copies == 0 ? Words::tr("%1; %2 of it committed, and no other replica has it")
                               .arg(what, recordsText(f.committed))
                         : Words::tr("%1; %2 of it committed, other replicas with all of it: %3")
                               .arg(what, recordsText(f.committed))
                               .arg(f.copies);
}

QString StorageFactWords::operator()(const RecordsExpired& f) const
{
    return Words::tr("%1 of %2 expired before group %3 read them: the topic's own rules removed them")
        .arg(recordsText(f.records), partitionText(f.partition, names_), groupText(f.group, names_));
}

} // namespace tideline::widgets
