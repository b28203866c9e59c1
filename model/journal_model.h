// SPDX-License-Identifier: GPL-3.0-or-later
// JournalModel: the facts of a journal frame as rows, newest last, for item views.
//
// 1. A new frame never resets the model: rows are appended, the run of appends that grew is marked as
// changed, and after a step
//    back in time only the rows that are different go away. Selection and scroll position survive.
// 2. Comparing costs one look a page of 256 facts, because frames share the pages that nobody wrote.
// 3. Words come from the function given to it: the model knows numbers, widgets/ knows languages.
// GUI thread only.
#pragma once

#include "engine/lab/frame.h"

#include <QAbstractTableModel>

#include <functional>
#include <memory>

namespace tideline::model {

// How the columns are worded. All are required.
struct JournalWords
{
    std::function<QString(Micros)> time;
    std::function<QString(const FactBody&)> kind;
    std::function<QString(const Fact&, const Directory&)> what;
    std::function<QString(int column)> header;
};

class JournalModel : public QAbstractTableModel
{
public:
    enum Column { NumberColumn, TimeColumn, KindColumn, WhatColumn, CauseColumn, kColumns };
    enum Role {
        NumberRole = Qt::UserRole, // FactNumber as qlonglong
        CauseRole,                 // FactNumber of the cause as qlonglong, 0 = none
        MicrosRole,                // µs of the run as qlonglong
        KindRole,                  // index in FactBody as int
    };

    explicit JournalModel(JournalWords words, QObject* parent = nullptr);

    // Shows this journal; `names` must not be null.
    void setJournal(const JournalFrame& journal, std::shared_ptr<const Directory> names);
    const JournalFrame& journal() const { return journal_; }
    const Fact& fact(int row) const;
    // Row of the fact with this number, -1 when there is none.
    int rowOf(FactNumber number) const;
    // What the "what" column says, for search.
    QString whatText(int row) const;
    QString kindText(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Difference;

    void dropFront(const JournalFrame& next);
    Difference compare(const JournalFrame& next) const;
    void markGrown(const Difference& difference);
    QVariant display(const Fact& fact, int column) const;

    JournalWords words_;
    JournalFrame journal_;
    std::shared_ptr<const Directory> names_ = std::make_shared<Directory>();
    int first_ = 0; // facts at the front of journal_ that are no rows any more
    int rows_ = 0;
};

} // namespace tideline::model
