// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/journal_model.h"

#include "model/journal_causes.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tideline::model {

namespace {

constexpr int kPage = 256; // of JournalFrame::facts

bool sameFact(const Fact& a, const Fact& b)
{
    return a.number == b.number && a.cause == b.cause && a.time == b.time && a.body == b.body;
}

// The same run of appends, seen later: it only has more batches now.
bool isGrownRun(const Fact& before, const Fact& after)
{
    const auto* a = std::get_if<RecordsAppended>(&before.body);
    const auto* b = std::get_if<RecordsAppended>(&after.body);
    return a && b && before.number == after.number && before.cause == after.cause &&
           before.time == after.time && a->partition == b->partition && a->broker == b->broker &&
           a->baseOffset == b->baseOffset && a->records <= b->records;
}

} // namespace

struct JournalModel::Difference
{
    int common = 0;         // rows that stay
    std::vector<int> grown; // rows below `common` whose content changed
};

JournalModel::JournalModel(JournalWords words, QObject* parent)
    : QAbstractTableModel(parent)
    , words_(std::move(words))
{}

void JournalModel::setJournal(const JournalFrame& journal, std::shared_ptr<const Directory> names)
{
    names_ = std::move(names);
    dropFront(journal);
    const Difference difference = compare(journal);
    if (difference.common < rows_) {
        beginRemoveRows({}, difference.common, rows_ - 1);
        rows_ = difference.common;
        endRemoveRows();
    }
    journal_ = journal;
    first_ = 0;
    const int size = static_cast<int>(journal_.facts.size());
    if (size > rows_) {
        beginInsertRows({}, rows_, size - 1);
        rows_ = size;
        endInsertRows();
    }
    markGrown(difference);
}

// Facts that the new frame no longer stores leave at the front.
void JournalModel::dropFront(const JournalFrame& next)
{
    const FactNumber keepFrom = next.facts.empty() ? next.firstStored : next.facts[0].number;
    int gone = 0;
    while (gone < rows_ && fact(gone).number < keepFrom)
        ++gone;
    if (gone == 0)
        return;
    beginRemoveRows({}, 0, gone - 1);
    first_ += gone;
    rows_ -= gone;
    endRemoveRows();
}

JournalModel::Difference JournalModel::compare(const JournalFrame& next) const
{
    Difference difference;
    const int size = std::min(rows_, static_cast<int>(next.facts.size()));
    while (difference.common < size) {
        const int row = difference.common;
        const auto before = static_cast<std::size_t>(first_ + row);
        const auto after = static_cast<std::size_t>(row);
        if (&journal_.facts[before] == &next.facts[after] && before % kPage == after % kPage) {
            // Both frames share this page, and what is shared is not written: skip to its end.
            difference.common = std::min(size, row + kPage - row % kPage);
            continue;
        }
        if (!sameFact(journal_.facts[before], next.facts[after])) {
            if (!isGrownRun(journal_.facts[before], next.facts[after]))
                break;
            difference.grown.push_back(row);
        }
        ++difference.common;
    }
    return difference;
}

void JournalModel::markGrown(const Difference& difference)
{
    const std::vector<int>& grown = difference.grown;
    for (std::size_t i = 0; i < grown.size();) {
        std::size_t last = i;
        while (last + 1 < grown.size() && grown[last + 1] == grown[last] + 1)
            ++last;
        emit dataChanged(index(grown[i], 0), index(grown[last], kColumns - 1));
        i = last + 1;
    }
}

const Fact& JournalModel::fact(int row) const
{
    return journal_.facts[static_cast<std::size_t>(first_ + row)];
}

int JournalModel::rowOf(FactNumber number) const
{
    const std::optional<std::size_t> at = findFact(journal_, number);
    return at && static_cast<int>(*at) >= first_ ? static_cast<int>(*at) - first_ : -1;
}

QString JournalModel::whatText(int row) const
{
    return words_.what(fact(row), *names_);
}

QString JournalModel::kindText(int row) const
{
    return words_.kind(fact(row).body);
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : rows_;
}

int JournalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : kColumns;
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Fact& shown = fact(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return display(shown, index.column());
    case Qt::ToolTipRole:
        // A narrow column shows the sign of the kind alone.
        return index.column() == KindColumn ? words_.kind(shown.body) : words_.what(shown, *names_);
    case NumberRole:
        return static_cast<qlonglong>(shown.number);
    case CauseRole:
        return static_cast<qlonglong>(shown.cause);
    case MicrosRole:
        return static_cast<qlonglong>(shown.time);
    case KindRole:
        return static_cast<int>(shown.body.index());
    default:
        return {};
    }
}

QVariant JournalModel::display(const Fact& fact, int column) const
{
    switch (column) {
    case NumberColumn:
        return QString::number(fact.number);
    case TimeColumn:
        return words_.time(fact.time);
    case KindColumn:
        return words_.kind(fact.body);
    case WhatColumn:
        return words_.what(fact, *names_);
    case CauseColumn:
        return fact.cause == 0 ? QString() : QString::number(fact.cause);
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return section < rows_ ? QVariant(static_cast<qlonglong>(fact(section).number)) : QVariant();
    return words_.header(section);
}

} // namespace tideline::model
