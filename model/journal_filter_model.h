// SPDX-License-Identifier: GPL-3.0-or-later
// JournalFilterModel: those rows of a JournalModel that have a wanted kind and contain all the words searched
// for.
//
// A journal may hold millions of facts, and the text of a fact is made when it is asked for, so searching is
// done in slices: scan() looks at rows from the oldest on until it is told to stop, and goes on from there
// next time. What was found stays in order. Without words and kinds every row is accepted as it comes. GUI
// thread only.
#pragma once

#include "model/journal_model.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <functional>
#include <set>
#include <vector>

namespace tideline::model {

class JournalFilterModel : public QAbstractTableModel
{
public:
    // `source` must live longer.
    explicit JournalFilterModel(JournalModel& source, QObject* parent = nullptr);

    // Words separated by spaces, upper and lower case alike; all must occur in the kind or the text of a
    // fact.
    void setSearch(const QString& text);
    // Indexes in FactBody; empty = all kinds.
    void setKinds(std::set<int> kinds);

    // Looks at more rows while `keepGoing` says so (asked once every 64 rows). True when all were seen.
    bool scan(const std::function<bool()>& keepGoing);
    bool complete() const { return scanned_ == source_.rowCount(); }
    // Rows of the source that have been looked at.
    int scanned() const { return scanned_; }

    int sourceRow(int row) const { return accepted_[static_cast<std::size_t>(row)]; }
    const Fact& fact(int row) const { return source_.fact(sourceRow(row)); }
    // Row here of a row of the source, -1 when it is filtered out or not yet looked at.
    int rowOfSource(int sourceRow) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    bool accepts(int sourceRow) const;
    void restart();
    void append(const std::vector<int>& found);
    void forget(int first, int last);
    void renumber(int first, int last);
    void sourceChanged(int first, int last);

    JournalModel& source_;
    QStringList words_;
    std::set<int> kinds_;
    std::vector<int> accepted_; // rows of the source, ascending
    int scanned_ = 0;
};

} // namespace tideline::model
