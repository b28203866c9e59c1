// SPDX-License-Identifier: GPL-3.0-or-later
// The words for facts about logs and disks; factText() has those for all others. GUI thread.
#pragma once

#include "engine/lab/directory.h"
#include "engine/lab/fact.h"

#include <QString>

namespace tideline::widgets {

class StorageFactWords
{
public:
    explicit StorageFactWords(const Directory& names)
        : names_(names)
    {}

    QString operator()(const BrokerLostPower& f) const;
    QString operator()(const BrokerHalted& f) const;
    QString operator()(const DiskSlowed& f) const;
    QString operator()(const DiskFilled& f) const;
    QString operator()(const DiskFailed& f) const;
    QString operator()(const DiskRepaired& f) const;
    QString operator()(const SegmentRolled& f) const;
    QString operator()(const SegmentsDeleted& f) const;
    QString operator()(const RecordsDeleted& f) const;
    QString operator()(const LogCompacted& f) const;
    QString operator()(const UnflushedRecordsLost& f) const;
    QString operator()(const RecordsExpired& f) const;

private:
    const Directory& names_;
};

} // namespace tideline::widgets
