// SPDX-License-Identifier: GPL-3.0-or-later
// JournalDelegate: a cell of the journal: numbers and times in quiet digits of one width, the fact's sign
// before its kind, as on the timeline. GUI thread only.
#pragma once

#include "model/journal_filter_model.h"

#include <QStyledItemDelegate>

namespace tideline::widgets {

class JournalDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    // px of a kind's column that has room for the sign and not for the words.
    static constexpr int kSignOnly = 48;

    // `journal` is what the view shows, and must live longer.
    explicit JournalDelegate(const model::JournalFilterModel& journal, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;

private:
    const model::JournalFilterModel& journal_;
};

} // namespace tideline::widgets
