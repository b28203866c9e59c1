// SPDX-License-Identifier: GPL-3.0-or-later
// AdminFactWords: the sentences of facts that follow from what an administrator asks for: topics, partitions,
// reassignments, rolling restarts. Part of factText(). Pure but for translations.
#pragma once

#include "engine/lab/directory.h"
#include "engine/lab/fact.h"

#include <QString>

namespace tideline::widgets {

class AdminFactWords
{
public:
    explicit AdminFactWords(const Directory& names)
        : names_(names)
    {}

    QString operator()(const TopicCreated& f) const;
    QString operator()(const PartitionsCreated& f) const;
    QString operator()(const TopicDeleted& f) const;
    QString operator()(const LogDeleted& f) const;
    QString operator()(const ReassignmentStarted& f) const;
    QString operator()(const ReassignmentEnded& f) const;
    QString operator()(const AdminRequestRefused& f) const;
    QString operator()(const RollingRestartStarted& f) const;
    QString operator()(const RollingRestartReached& f) const;
    QString operator()(const RollingRestartEnded& f) const;
    QString operator()(const RollingRestartCancelled& f) const;

protected:
    const Directory& names_;
};

} // namespace tideline::widgets
