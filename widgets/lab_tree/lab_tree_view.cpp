// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lab_tree/lab_tree_view.h"

#include "widgets/lab_tree/lab_tree_delegate.h"
#include "widgets/lab_tree/lab_tree_words.h"

#include <QItemSelectionModel>
#include <QScopedValueRollback>

namespace tideline::widgets {

LabTreeView::LabTreeView(QWidget* parent)
    : QTreeView(parent)
    , model_(labTreeWords)
{
    setModel(&model_);
    setItemDelegate(new LabTreeDelegate(this));
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setIndentation(14);
    setEditTriggers(NoEditTriggers);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Lab: what the run consists of"));
    connect(&model_, &QAbstractItemModel::modelReset, this, [this] {
        // Sections are open, groups are closed: members come to light when somebody asks.
        expandToDepth(0);
        setSelected(selection_);
    });
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& current) { chosen(current); });
}

void LabTreeView::setFrame(const FramePtr& frame)
{
    const QScopedValueRollback quiet(quiet_, true);
    model_.setFrame(frame);
}

void LabTreeView::chosen(const QModelIndex& index)
{
    const Selection selection = model_.selectionAt(index);
    if (quiet_ || selection.kind == Selection::Kind::None || selection == selection_)
        return;
    selection_ = selection;
    emit selected(selection);
}

void LabTreeView::setSelected(const Selection& selection)
{
    // Before the current row moves, so that chosen() finds nothing new in it.
    selection_ = selection;
    const QModelIndex index = model_.indexOf(selection);
    if (index == currentIndex())
        return;
    if (index.isValid()) {
        expand(index.parent());
        setCurrentIndex(index);
    } else {
        selectionModel()->clear();
    }
}

} // namespace tideline::widgets
