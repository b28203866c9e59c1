// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/quorum_fact_words.h"

#include "widgets/theme/name_text.h"
#include "widgets/theme/number_text.h"

#include <QCoreApplication>

namespace tideline::widgets {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(QuorumFact)
};

} // namespace

QString QuorumFactWords::operator()(const SnapshotCreated& f) const
{
    return Words::tr("%1 made a snapshot of the metadata up to offset %2, epoch %3, %4")
        .arg(nodeText(f.holder, names_))
        .arg(f.offset)
        .arg(f.epoch)
        .arg(bytesText(f.bytes));
}

QString QuorumFactWords::operator()(const SnapshotLoaded& f) const
{
    return Words::tr("%1 loaded the snapshot of the metadata up to offset %2, epoch %3")
        .arg(nodeText(f.holder, names_))
        .arg(f.offset)
        .arg(f.epoch);
}

QString QuorumFactWords::operator()(const SnapshotFetchStarted& f) const
{
    return Words::tr(
               "%1 is behind the metadata log of %2, and fetches its snapshot up to offset %3, epoch %4")
        .arg(nodeText(f.holder, names_), nodeText(f.from, names_))
        .arg(f.offset)
        .arg(f.epoch);
}

QString QuorumFactWords::operator()(const SnapshotFetched& f) const
{
    return Words::tr("%1 has the snapshot up to offset %2, epoch %3, in place of its metadata log")
        .arg(nodeText(f.holder, names_))
        .arg(f.offset)
        .arg(f.epoch);
}

QString QuorumFactWords::operator()(const MetadataLogStartMoved& f) const
{
    return Words::tr("%1 deleted its metadata log before offset %2")
        .arg(nodeText(f.holder, names_))
        .arg(f.offset);
}

} // namespace tideline::widgets
