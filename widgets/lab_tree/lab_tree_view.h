// SPDX-License-Identifier: GPL-3.0-or-later
// LabTreeView: what the run consists of, as a tree to choose from. GUI thread only.
#pragma once

#include "model/lab_tree_model.h"

#include <QTreeView>

namespace tideline::widgets {

class LabTreeView : public QTreeView
{
    Q_OBJECT
public:
    explicit LabTreeView(QWidget* parent = nullptr);

    void setFrame(const FramePtr& frame);
    // Marks what is selected elsewhere; says nothing.
    void setSelected(const Selection& selection);

signals:
    void selected(const tideline::Selection& selection);

private:
    void chosen(const QModelIndex& index);

    model::LabTreeModel model_;
    Selection selection_;
    bool quiet_ = false; // rows come and go: what becomes current then is nobody's choice
};

} // namespace tideline::widgets
