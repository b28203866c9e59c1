// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lab_tree/lab_tree_delegate.h"

#include "model/lab_tree_model.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace tideline::widgets {

namespace {

constexpr int kRow = 27; // px
constexpr int kPadding = 4;

ColorRole toneRole(const QModelIndex& index)
{
    switch (static_cast<model::LabTreeTone>(index.data(model::LabTreeModel::ToneRole).toInt())) {
    case model::LabTreeTone::Attention:
        return ColorRole::TextWarning;
    case model::LabTreeTone::Bad:
        return ColorRole::TextBad;
    case model::LabTreeTone::Good:
        return ColorRole::TextGood;
    default:
        return ColorRole::TextMuted;
    }
}

} // namespace

void LabTreeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    QStyleOptionViewItem item = option;
    initStyleOption(&item, index);
    item.text.clear();
    const QWidget* widget = option.widget;
    QStyle* style = widget ? widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &item, painter, widget);

    const bool section = index.data(model::LabTreeModel::SectionRole).toBool();
    const QString name = index.data(model::LabTreeModel::NameRole).toString();
    const QString detail = index.data(model::LabTreeModel::DetailRole).toString();
    const Theme& theme = appliedTheme();
    const QFont nameFont = makeFont({FontKind::Ui, 13, section ? FontWeight::SemiBold : FontWeight::Regular});
    const QFont detailFont = makeFont({FontKind::Ui, 12, FontWeight::Regular});
    const QRect room = option.rect.adjusted(kPadding, 0, -kPadding, 0);
    painter->save();
    painter->setFont(nameFont);
    painter->setPen(theme.color(ColorRole::Text));
    const QString shown = QFontMetrics(nameFont).elidedText(name, Qt::ElideRight, room.width());
    painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, shown);
    const int used = QFontMetrics(nameFont).horizontalAdvance(shown) + 10;
    if (!detail.isEmpty() && used < room.width() - 20) {
        painter->setFont(detailFont);
        painter->setPen(theme.color(toneRole(index)));
        const QRect rest = room.adjusted(used, 0, 0, 0);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(detailFont).elidedText(detail, Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

QSize LabTreeDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), kRow};
}

} // namespace tideline::widgets
