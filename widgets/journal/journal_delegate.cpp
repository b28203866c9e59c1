// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/journal/journal_delegate.h"

#include "widgets/scene/marker_path.h"
#include "widgets/scene/text_metrics.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/theme.h"

#include <QPainter>

namespace tideline::widgets {

namespace {

constexpr int kSignRoom = 20; // px before the kind

} // namespace

JournalDelegate::JournalDelegate(const model::JournalFilterModel& journal, QObject* parent)
    : QStyledItemDelegate(parent)
    , journal_(journal)
{}

void JournalDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const QColor muted = appliedTheme().color(ColorRole::TextMuted);
    switch (index.column()) {
    case model::JournalModel::WhatColumn:
        return;
    case model::JournalModel::KindColumn:
        if (option->rect.width() <= kSignOnly)
            option->text.clear();
        option->rect.setLeft(option->rect.left() + kSignRoom);
        break;
    default:
        option->font = makeFont({FontKind::Mono, 12, FontWeight::Regular});
    }
    option->palette.setColor(QPalette::Text, muted);
}

void JournalDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (index.column() != model::JournalModel::KindColumn)
        return;
    const FactSign sign = factSign(journal_.fact(index.row()).body);
    const QPointF centre(option.rect.left() + kSignRoom / 2.0, option.rect.center().y() + 0.5);
    const QColor color = appliedTheme().color(sign.role);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (isStroked(sign.shape))
        painter->strokePath(markerPath(sign.shape, centre, 8), QPen(color, 1.6));
    else
        painter->fillPath(markerPath(sign.shape, centre, 8), color);
    painter->restore();
}

} // namespace tideline::widgets
