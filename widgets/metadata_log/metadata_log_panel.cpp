// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/metadata_log/metadata_log_panel.h"

#include "widgets/metadata_log/metadata_log_words.h"
#include "widgets/theme/row_table.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace tideline::widgets {

namespace {

using Model = model::MetadataLogModel;

constexpr int kRowHeight = 22;     // px
constexpr int kHoldersWidth = 320; // px
constexpr qint32 kRowsBeside = 20; // asked for above and below what can be seen
constexpr std::size_t kMostHolders = 64;

} // namespace

MetadataLogPanel::MetadataLogPanel(QWidget* parent)
    : QWidget(parent)
    , model_(metadataLogWords())
{
    summary_ = new QLabel(tr("Nothing is running"), this);
    summary_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    holders_ = new QListWidget(this);
    holders_->setAccessibleName(tr("How far each node has the metadata log"));
    holders_->setMaximumWidth(kHoldersWidth);
    holders_->setWordWrap(true);
    makeTable();
    auto* body = new QHBoxLayout;
    body->addWidget(table_, 1);
    body->addWidget(holders_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->addWidget(summary_);
    layout->addLayout(body, 1);
}

void MetadataLogPanel::makeTable()
{
    table_ = rowTable(&model_, tr("Records of the metadata log"), kRowHeight, this);
    table_->setColumnWidth(Model::OffsetColumn, 70);
    table_->setColumnWidth(Model::EpochColumn, 60);
    table_->setColumnWidth(Model::TypeColumn, 180);
    table_->setColumnWidth(Model::StateColumn, 90);
    table_->setColumnWidth(Model::HoldersColumn, 240);
    table_->setColumnWidth(Model::EndsColumn, 200);
    table_->horizontalHeader()->setSectionResizeMode(Model::WordsColumn, QHeaderView::Stretch);
    connect(table_->verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) {
        if (quiet_)
            return;
        follow_ = value == table_->verticalScrollBar()->maximum();
        ask();
    });
}

void MetadataLogPanel::setFrame(const FramePtr& frame)
{
    if (!frame || !frame->metadataLog || !frame->names)
        return;
    {
        // Rows that come at the end must not look like a scroll away from it.
        const QScopedValueRollback quiet(quiet_, true);
        model_.setLog(*frame->metadataLog, frame->names);
        if (follow_)
            table_->scrollToBottom();
    }
    summary_->setText(logText(*frame->metadataLog, *frame->names));
    showHolders(*frame->metadataLog, *frame->names);
    ask();
}

// Lines that stay are changed in place, so that the list stays where it is scrolled to.
void MetadataLogPanel::showHolders(const MetadataLogFrame& log, const Directory& names)
{
    const std::size_t shown = std::min(log.holders.size(), kMostHolders);
    const int lines = static_cast<int>(shown) + (shown < log.holders.size() ? 1 : 0);
    while (holders_->count() > lines)
        delete holders_->takeItem(holders_->count() - 1);
    for (int i = 0; i < lines; ++i) {
        const auto place = static_cast<std::size_t>(i);
        const QString text = place < shown
                                 ? holderText(log.holders[place], names)
                                 : tr("+ %1 more nodes").arg(static_cast<qint64>(log.holders.size() - shown));
        if (i == holders_->count())
            holders_->addItem(text);
        else if (holders_->item(i)->text() != text)
            holders_->item(i)->setText(text);
    }
}

void MetadataLogPanel::ask()
{
    qint32 rows = 0;
    qint64 from = kUnknownOffset;
    if (isVisible()) {
        rows = table_->viewport()->height() / kRowHeight + 1 + 2 * kRowsBeside;
        const int top = table_->rowAt(0);
        if (!follow_ && top >= 0)
            from = model_.offsetOf(std::max(0, top - kRowsBeside));
    }
    if (rows == askedRows_ && from == askedFrom_)
        return;
    askedRows_ = rows;
    askedFrom_ = from;
    emit recordsWanted(rows, from);
}

QString MetadataLogPanel::summary() const
{
    return summary_->text();
}

void MetadataLogPanel::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    ask();
}

void MetadataLogPanel::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    ask();
}

void MetadataLogPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    ask();
}

} // namespace tideline::widgets
