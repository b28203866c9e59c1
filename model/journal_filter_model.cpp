// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/journal_filter_model.h"

#include <algorithm>
#include <utility>

namespace tideline::model {

namespace {
constexpr int kSlice = 64; // rows between two questions whether to go on
}

JournalFilterModel::JournalFilterModel(JournalModel& source, QObject* parent)
    : QAbstractTableModel(parent)
    , source_(source)
{
    // While the source still has the rows, so that views may ask for what is about to go.
    connect(&source_, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex&, int first, int last) { forget(first, last); });
    connect(&source_, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex&, int first, int last) { renumber(first, last); });
    connect(&source_, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex& from, const QModelIndex& to) { sourceChanged(from.row(), to.row()); });
}

void JournalFilterModel::setSearch(const QString& text)
{
    const QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words == words_)
        return;
    words_ = words;
    restart();
}

void JournalFilterModel::setKinds(std::set<int> kinds)
{
    if (kinds == kinds_)
        return;
    kinds_ = std::move(kinds);
    restart();
}

void JournalFilterModel::restart()
{
    scanned_ = 0;
    if (accepted_.empty())
        return;
    beginRemoveRows({}, 0, rowCount() - 1);
    accepted_.clear();
    endRemoveRows();
}

bool JournalFilterModel::accepts(int sourceRow) const
{
    if (!kinds_.empty() && !kinds_.contains(static_cast<int>(source_.fact(sourceRow).body.index())))
        return false;
    if (words_.isEmpty())
        return true;
    const QString text = source_.kindText(sourceRow) + QLatin1Char(' ') + source_.whatText(sourceRow);
    return std::all_of(words_.begin(), words_.end(),
                       [&text](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

bool JournalFilterModel::scan(const std::function<bool()>& keepGoing)
{
    std::vector<int> found;
    const int all = source_.rowCount();
    while (scanned_ < all) {
        if (scanned_ % kSlice == 0 && !keepGoing())
            break;
        if (accepts(scanned_))
            found.push_back(scanned_);
        ++scanned_;
    }
    append(found);
    return scanned_ == all;
}

void JournalFilterModel::append(const std::vector<int>& found)
{
    if (found.empty())
        return;
    beginInsertRows({}, rowCount(), rowCount() + static_cast<int>(found.size()) - 1);
    accepted_.insert(accepted_.end(), found.begin(), found.end());
    endInsertRows();
}

void JournalFilterModel::forget(int first, int last)
{
    const auto from = std::lower_bound(accepted_.begin(), accepted_.end(), first);
    const auto to = std::upper_bound(from, accepted_.end(), last);
    if (from == to)
        return;
    const int row = static_cast<int>(from - accepted_.begin());
    beginRemoveRows({}, row, row + static_cast<int>(to - from) - 1);
    accepted_.erase(from, to);
    endRemoveRows();
}

void JournalFilterModel::renumber(int first, int last)
{
    const int removed = last - first + 1;
    scanned_ = scanned_ > last ? scanned_ - removed : std::min(scanned_, first);
    for (auto later = std::lower_bound(accepted_.begin(), accepted_.end(), first); later != accepted_.end();
         ++later)
        *later -= removed;
}

// A run that grew may match now, or match no longer.
void JournalFilterModel::sourceChanged(int first, int last)
{
    for (int source = first; source <= std::min(last, scanned_ - 1); ++source) {
        const auto at = std::lower_bound(accepted_.begin(), accepted_.end(), source);
        const int row = static_cast<int>(at - accepted_.begin());
        const bool shown = at != accepted_.end() && *at == source;
        const bool wanted = accepts(source);
        if (shown && wanted) {
            emit dataChanged(index(row, 0), index(row, columnCount() - 1));
        } else if (shown) {
            beginRemoveRows({}, row, row);
            accepted_.erase(at);
            endRemoveRows();
        } else if (wanted) {
            beginInsertRows({}, row, row);
            accepted_.insert(at, source);
            endInsertRows();
        }
    }
}

int JournalFilterModel::rowOfSource(int sourceRow) const
{
    const auto at = std::lower_bound(accepted_.begin(), accepted_.end(), sourceRow);
    return at != accepted_.end() && *at == sourceRow ? static_cast<int>(at - accepted_.begin()) : -1;
}

int JournalFilterModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(accepted_.size());
}

int JournalFilterModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : source_.columnCount();
}

QVariant JournalFilterModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    return source_.data(source_.index(sourceRow(index.row()), index.column()), role);
}

QVariant JournalFilterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical && section >= rowCount())
        return {};
    return source_.headerData(orientation == Qt::Vertical ? sourceRow(section) : section, orientation, role);
}

} // namespace tideline::model
