// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/journal/journal_view.h"

#include "model/journal_causes.h"
#include "widgets/journal/fact_kinds.h"
#include "widgets/journal/journal_delegate.h"
#include "widgets/journal/journal_words.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"
#include "widgets/theme/row_table.h"
#include "widgets/theme/theme.h"

#include <QAction>
#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

namespace tideline::widgets {

namespace {

constexpr int kBudget = 4; // ms of searching at a time
constexpr int kWhyHeight = 150;
constexpr int kKindWidth = 190; // px
constexpr int kRoomy = 820; // px: below, the kind's sign stands alone and its words leave room for the fact

Selection factSelection(FactNumber number)
{
    Selection selection;
    selection.kind = Selection::Kind::Fact;
    selection.fact = number;
    return selection;
}

} // namespace

JournalView::JournalView(QWidget* parent)
    : QWidget(parent)
    , model_(journalWords())
    , filter_(model_)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 14, 12);
    layout->setSpacing(10);
    makeHead();
    makeTable();
    why_ = new QListWidget(this);
    why_->setAccessibleName(tr("Why: the causes of the selected fact, nearest first"));
    why_->setMaximumHeight(kWhyHeight);
    why_->hide();
    connect(why_, &QListWidget::itemActivated, this, &JournalView::causeChosen);
    connect(why_, &QListWidget::itemClicked, this, &JournalView::causeChosen);
    layout->addWidget(why_);

    scanTimer_.setInterval(0);
    connect(&scanTimer_, &QTimer::timeout, this, &JournalView::scan);
}

void JournalView::makeHead()
{
    auto* head = new QHBoxLayout;
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search: broker 2 fenced"));
    search_->setAccessibleName(tr("Search the journal"));
    search_->setToolTip(tr("Facts that contain all of these words"));
    search_->setClearButtonEnabled(true);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        const QScopedValueRollback quiet(quiet_, true);
        filter_.setSearch(text);
        scan();
    });
    kinds_ = new QToolButton(this);
    kinds_->setText(tr("All kinds"));
    kinds_->setToolTip(tr("Show facts of some kinds only"));
    kinds_->setPopupMode(QToolButton::InstantPopup);
    fillKinds(kinds_);
    status_ = new QLabel(this);
    head->addWidget(search_, 1);
    head->addWidget(kinds_);
    head->addWidget(status_);
    static_cast<QVBoxLayout*>(layout())->addLayout(head);
}

void JournalView::focusSearch()
{
    search_->setFocus();
    search_->selectAll();
}

void JournalView::fillKinds(QToolButton* button)
{
    auto* menu = new QMenu(button);
    QAction* all = menu->addAction(tr("All kinds"));
    menu->addSeparator();
    for (const FactKind& kind : factKinds()) {
        QAction* action = menu->addAction(kind.name);
        action->setCheckable(true);
        action->setData(kind.index);
        connect(action, &QAction::toggled, this, &JournalView::applyKinds);
    }
    connect(all, &QAction::triggered, menu, [menu] {
        for (QAction* action : menu->actions())
            action->setChecked(false);
    });
    button->setMenu(menu);
}

void JournalView::applyKinds()
{
    std::set<int> kinds;
    QString last;
    for (const QAction* action : kinds_->menu()->actions()) {
        if (!action->isChecked())
            continue;
        kinds.insert(action->data().toInt());
        last = action->text();
    }
    kinds_->setText(kinds.empty()       ? tr("All kinds")
                    : kinds.size() == 1 ? last
                                        : tr("%1 kinds").arg(kinds.size()));
    const QScopedValueRollback quiet(quiet_, true);
    filter_.setKinds(std::move(kinds));
    scan();
}

void JournalView::makeTable()
{
    table_ = rowTable(&filter_, tr("Journal"), 26, this);
    table_->setItemDelegate(new JournalDelegate(filter_, table_));
    table_->setColumnWidth(model::JournalModel::NumberColumn, 76);
    table_->setColumnWidth(model::JournalModel::TimeColumn, 120);
    table_->setColumnWidth(model::JournalModel::KindColumn, kKindWidth);
    table_->setColumnWidth(model::JournalModel::CauseColumn, 90);
    table_->horizontalHeader()->setSectionResizeMode(model::JournalModel::WhatColumn, QHeaderView::Stretch);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) { rowChosen(current); });
    connect(table_, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        emit jumpRequested(index.data(model::JournalModel::MicrosRole).toLongLong());
    });
    connect(table_->verticalScrollBar(), &QScrollBar::valueChanged, this,
            [this](int value) { follow_ = value == table_->verticalScrollBar()->maximum(); });
    static_cast<QVBoxLayout*>(layout())->addWidget(table_, 1);
}

void JournalView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    // Only there: a width that a person has chosen stays.
    if (const bool narrow = width() < kRoomy; narrow != narrow_) {
        narrow_ = narrow;
        table_->setColumnWidth(model::JournalModel::KindColumn,
                               narrow ? JournalDelegate::kSignOnly : kKindWidth);
    }
}

void JournalView::setFrame(const FramePtr& frame)
{
    if (!frame || !frame->journal || !frame->names)
        return;
    names_ = frame->names;
    // Rows that come at the end must not look like a scroll away from it.
    const bool follow = follow_;
    const QScopedValueRollback quiet(quiet_, true);
    model_.setJournal(*frame->journal, frame->names);
    follow_ = follow;
    scan();
}

void JournalView::scan()
{
    QElapsedTimer spent;
    spent.start();
    const bool follow = follow_;
    const QScopedValueRollback quiet(quiet_, true);
    const bool complete = filter_.scan([&spent] { return spent.elapsed() < kBudget; });
    if (follow) {
        table_->scrollToBottom();
        follow_ = true;
    }
    if (complete)
        scanTimer_.stop();
    else if (!scanTimer_.isActive())
        scanTimer_.start();
    if (sought_)
        markSelected();
    updateStatus();
}

void JournalView::updateStatus()
{
    const int all = model_.rowCount();
    QString text = filter_.rowCount() == all
                       ? tr("%1 facts").arg(countText(all))
                       : tr("%1 of %2 facts").arg(countText(filter_.rowCount()), countText(all));
    if (!filter_.complete())
        text += tr(" · searched %1 %").arg(static_cast<qint64>(filter_.scanned()) * 100 / std::max(1, all));
    status_->setText(text);
}

void JournalView::rowChosen(const QModelIndex& index)
{
    if (!index.isValid() || quiet_)
        return;
    const FactNumber number = index.data(model::JournalModel::NumberRole).toLongLong();
    showCauses(number);
    if (selection_ == factSelection(number))
        return;
    selection_ = factSelection(number);
    emit selected(selection_);
}

void JournalView::setSelection(const Selection& selection)
{
    if (selection == selection_)
        return;
    selection_ = selection;
    sought_ = selection.kind == Selection::Kind::Fact;
    if (sought_) {
        markSelected();
        return;
    }
    table_->clearSelection();
    why_->hide();
}

// A fact that was selected elsewhere may come with the next frame, or pass the filter later.
void JournalView::markSelected()
{
    const int source = names_ ? model_.rowOf(selection_.fact) : -1;
    if (source < 0)
        return;
    showCauses(selection_.fact);
    const int row = filter_.rowOfSource(source);
    if (row < 0)
        return;
    sought_ = false;
    follow_ = false;
    const QScopedValueRollback quiet(quiet_, true);
    table_->setCurrentIndex(filter_.index(row, 0));
    table_->scrollTo(filter_.index(row, 0), QAbstractItemView::PositionAtCenter);
}

void JournalView::showCauses(FactNumber number)
{
    const model::CauseWalk walk = model::causesOf(model_.journal(), number);
    why_->clear();
    for (std::size_t i = 0; i < walk.facts.size(); ++i) {
        const Fact& fact = walk.facts[i];
        const QString words =
            QStringLiteral("%1   %2").arg(clockText(fact.time), factText(fact.body, fact.time, *names_));
        auto* item = new QListWidgetItem(i == 0 ? words : tr("because   %1").arg(words), why_);
        item->setData(Qt::UserRole, static_cast<qlonglong>(fact.number));
    }
    if (walk.notStored != 0)
        why_->addItem(tr("because   fact %1, which the journal does not keep").arg(walk.notStored));
    else if (!walk.facts.empty())
        why_->addItem(tr("because   the scenario or a person did it"));
    why_->setVisible(!walk.facts.empty());
}

void JournalView::causeChosen(QListWidgetItem* item)
{
    if (!item)
        return;
    const FactNumber number = item->data(Qt::UserRole).toLongLong();
    if (number == 0 || selection_ == factSelection(number))
        return;
    // The item goes away with the list; nothing of it is used below.
    const Selection next = factSelection(number);
    setSelection(next);
    emit selected(next);
}

} // namespace tideline::widgets
