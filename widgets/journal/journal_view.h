// SPDX-License-Identifier: GPL-3.0-or-later
// JournalView: the facts of the run as a table, with search, a filter by kind and the way back to the cause.
//
// New facts come at the end; the table follows them while it is scrolled to its end, and stays where it is
// otherwise. Searching takes at most 4 ms at a time, so that a long journal never holds up the window. GUI
// thread only.
#pragma once

#include "engine/lab/frame.h"
#include "model/journal_filter_model.h"
#include "model/journal_model.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QTableView;
class QToolButton;

namespace tideline::widgets {

class JournalView : public QWidget
{
    Q_OBJECT
public:
    explicit JournalView(QWidget* parent = nullptr);

    void setFrame(const FramePtr& frame);
    // Marks the fact that is selected elsewhere and shows why it happened.
    void setSelection(const Selection& selection);

    QTableView* table() const { return table_; }
    QLineEdit* search() const { return search_; }
    QListWidget* why() const { return why_; }
    const model::JournalFilterModel& shown() const { return filter_; }
    // Goes to the search box.
    void focusSearch();

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    void selected(const tideline::Selection& selection);
    // A fact was double-clicked or entered: show the run as it was at that time, µs.
    void jumpRequested(qint64 time);

private:
    void makeHead();
    void makeTable();
    void fillKinds(QToolButton* button);
    void scan();
    void applyKinds();
    void rowChosen(const QModelIndex& index);
    void showCauses(FactNumber number);
    void markSelected();
    void causeChosen(QListWidgetItem* item);
    void updateStatus();

    bool narrow_ = false;
    model::JournalModel model_;
    model::JournalFilterModel filter_;
    std::shared_ptr<const Directory> names_;
    Selection selection_;
    QTimer scanTimer_;
    bool sought_ = false; // the selected fact has not been found in the table yet
    bool follow_ = true;
    bool quiet_ = false; // rows come and go: what becomes current then is nobody's choice
    QLineEdit* search_ = nullptr;
    QToolButton* kinds_ = nullptr;
    QLabel* status_ = nullptr;
    QTableView* table_ = nullptr;
    QListWidget* why_ = nullptr;
};

} // namespace tideline::widgets
