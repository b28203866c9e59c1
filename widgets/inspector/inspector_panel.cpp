// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector_panel.h"

#include "widgets/inspector/inspector_words.h"
#include "widgets/inspector/life_view.h"
#include "widgets/scene/text_metrics.h"
#include "widgets/theme/fact_text.h"
#include "widgets/theme/number_text.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tideline::widgets {

InspectorPanel::InspectorPanel(QWidget* parent)
    : QWidget(parent)
    , model_(inspectorWords())
{
    title_ = new QLabel(this);
    title_->setFont(makeFont({FontKind::Ui, 15, FontWeight::SemiBold}));
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    title_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    hint_ = new QLabel(this);
    hint_->setWordWrap(true);
    // Alone below the title it takes the rest of the panel, so that both stay at the top.
    hint_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    hint_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);

    table_ = new QTableView(this);
    table_->setModel(&model_);
    table_->setAccessibleName(tr("Details of the selected thing"));
    table_->setShowGrid(false);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setTabKeyNavigation(false);
    table_->horizontalHeader()->hide();
    table_->horizontalHeader()->setStretchLastSection(true);
    table_->horizontalHeader()->setMinimumSectionSize(40);
    table_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setMinimumSectionSize(24);
    table_->verticalHeader()->setSectionResizeMode(
        QHeaderView::ResizeToContents); // a replica has three lines

    life_ = new LifeView(this);
    lifeArea_ = new QScrollArea(this);
    lifeArea_->setWidget(life_);
    lifeArea_->setWidgetResizable(true);
    lifeArea_->setFrameShape(QFrame::NoFrame);
    lifeArea_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    lifeArea_->hide();

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 10);
    layout->addWidget(title_);
    layout->addWidget(hint_);
    layout->addWidget(table_, 1);
    layout->addWidget(lifeArea_, 3);
    showTitle();
}

void InspectorPanel::setFrame(const FramePtr& frame)
{
    frame_ = frame;
    life_->setFrame(frame);
    // Rows of what was selected before would stand under the wrong title.
    const bool current = frame && frame->inspector.selection == selection_;
    model_.setFrame(current ? frame : FramePtr());
    table_->clearSpans();
    if (current)
        spanRecords(frame->inspector.rows);
    showTitle();
}

// A record of the metadata log is a line of its own.
void InspectorPanel::spanRecords(const std::vector<InspectorFrame::Row>& rows)
{
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].key == InspectorFrame::Key::MetadataLogRecord)
            table_->setSpan(static_cast<int>(row), 0, 1, 2);
    }
}

void InspectorPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    table_->setColumnWidth(model::InspectorModel::NameColumn, std::clamp(width() * 9 / 20, 60, 150));
}

void InspectorPanel::setSelection(const Selection& selection)
{
    if (selection == selection_)
        return;
    selection_ = selection;
    told_ = false;
    const bool record = selection.kind == Selection::Kind::Record;
    lifeArea_->setVisible(record);
    setFrame(frame_);
    if (!record)
        return;
    life_->setLife(std::nullopt);
    emit lifeRequested(selection.partition, selection.offset);
}

void InspectorPanel::setLife(const RecordLife& life)
{
    if (selection_.kind != Selection::Kind::Record || life.partition != selection_.partition ||
        life.offset != selection_.offset)
        return;
    life_->setLife(life);
    told_ = true;
    showTitle();
}

QString InspectorPanel::title() const
{
    return title_->text();
}

void InspectorPanel::showTitle()
{
    const bool nothing = selection_.kind == Selection::Kind::None || !frame_ || !frame_->names;
    title_->setText(nothing ? tr("Nothing selected") : selectionText(selection_, *frame_->names));
    title_->setVisible(!told_);
    const bool current = frame_ && frame_->inspector.selection == selection_;
    const std::optional<Fact> fact = current && !nothing ? frame_->inspector.fact : std::nullopt;
    const bool gone = !nothing && selection_.kind == Selection::Kind::Fact && current && !fact;
    hint_->setText(
        fact   ? clockText(fact->time) + QLatin1Char('\n') + factText(fact->body, fact->time, *frame_->names)
        : gone ? tr("The journal does not keep this fact any more; go back in time to see it.")
               : tr("Select a broker, a partition, a member, a window or a record to see its details."));
    hint_->setVisible(nothing || fact || gone);
    table_->setVisible(!nothing && model_.rowCount() > 0);
}

} // namespace tideline::widgets
