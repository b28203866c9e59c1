// SPDX-License-Identifier: GPL-3.0-or-later
// LabTreeDelegate: a row of the lab tree: the name in strong text, its state in quieter words beside it. GUI
// thread only.
#pragma once

#include <QStyledItemDelegate>

namespace tideline::widgets {

class LabTreeDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace tideline::widgets
