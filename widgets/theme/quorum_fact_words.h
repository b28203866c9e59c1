// SPDX-License-Identifier: GPL-3.0-or-later
// QuorumFactWords: the sentences of facts about a node's replica of the metadata log. Part of factText().
// Pure but for translations.
#pragma once

#include "engine/lab/directory.h"
#include "engine/lab/fact.h"

#include <QString>

namespace tideline::widgets {

class QuorumFactWords
{
public:
    explicit QuorumFactWords(const Directory& names)
        : names_(names)
    {}

    QString operator()(const SnapshotCreated& f) const;
    QString operator()(const SnapshotLoaded& f) const;
    QString operator()(const SnapshotFetchStarted& f) const;
    QString operator()(const SnapshotFetched& f) const;
    QString operator()(const MetadataLogStartMoved& f) const;

protected:
    const Directory& names_;
};

} // namespace tideline::widgets
