// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/promises_panel.h"

#include "widgets/theme/number_text.h"
#include "widgets/theme/theme.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace tideline::widgets {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(tideline::widgets::Promises)
};

QString signOf(const Promise& promise)
{
    if (!promise.judged)
        return QStringLiteral("– ");
    return promise.holds ? QStringLiteral("✓ ") : QStringLiteral("✗ ");
}

QStringList textsOf(const std::vector<QLabel*>& labels)
{
    QStringList texts;
    for (const QLabel* label : labels)
        texts << label->text();
    return texts;
}

} // namespace

std::vector<Promise> guaranteePromises(const Frame& frame)
{
    std::vector<Promise> promises;
    for (const Guarantee& guarantee : frame.guarantees) {
        const QString name = guarantee.kind == Guarantee::Kind::NoAcknowledgedRecordLost
                                 ? Text::tr("no acknowledged record lost")
                                 : Text::tr("each record once per group");
        if (!guarantee.judged) {
            promises.push_back({Text::tr("%1: not judged, no group reads").arg(name), true, false});
            continue;
        }
        promises.push_back(
            {guarantee.holds
                 ? name
                 : Text::tr("%1: broken for %2 records").arg(name, countText(guarantee.exceptions)),
             guarantee.holds, true});
    }
    return promises;
}

std::vector<Promise> invariantPromises(const Frame& frame)
{
    if (frame.invariantBroken)
        return {{Text::tr("one is broken: the engine has a bug, the journal names it"), false, true}};
    return {{Text::tr("%1 kinds are checked, all hold").arg(frame.invariantChecks), true, true}};
}

PromisesPanel::PromisesPanel(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(4);
    guarantees_ = makeList(tr("Guarantees of this run"));
    invariants_ = makeList(tr("Invariants of the engine"));
    layout->addStretch();
}

PromisesPanel::List PromisesPanel::makeList(const QString& title)
{
    auto* box = static_cast<QVBoxLayout*>(layout());
    auto* heading = new QLabel(title, this);
    heading->setFont(makeFont({FontKind::Ui, 12, FontWeight::SemiBold}));
    box->addWidget(heading);
    List list;
    list.rows = new QVBoxLayout;
    list.rows->setSpacing(2);
    box->addLayout(list.rows);
    box->addSpacing(8);
    return list;
}

void PromisesPanel::setFrame(const FramePtr& frame)
{
    show(guarantees_, frame ? guaranteePromises(*frame) : std::vector<Promise>());
    show(invariants_, frame ? invariantPromises(*frame) : std::vector<Promise>());
}

void PromisesPanel::show(List& list, const std::vector<Promise>& promises)
{
    if (promises == list.shown)
        return;
    list.shown = promises;
    while (list.labels.size() > promises.size()) {
        delete list.labels.back();
        list.labels.pop_back();
    }
    while (list.labels.size() < promises.size()) {
        list.labels.push_back(new QLabel(this));
        list.labels.back()->setWordWrap(true);
        list.rows->addWidget(list.labels.back());
    }
    dress(list);
}

void PromisesPanel::dress(List& list)
{
    for (std::size_t i = 0; i < list.labels.size(); ++i) {
        const Promise& promise = list.shown[i];
        list.labels[i]->setText(signOf(promise) + promise.text);
        QPalette palette = list.labels[i]->palette();
        palette.setColor(QPalette::WindowText,
                         appliedTheme().color(promise.holds ? ColorRole::TextMuted : ColorRole::TextBad));
        list.labels[i]->setPalette(palette);
    }
}

QStringList PromisesPanel::guarantees() const
{
    return textsOf(guarantees_.labels);
}

QStringList PromisesPanel::invariants() const
{
    return textsOf(invariants_.labels);
}

void PromisesPanel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange) {
        dress(guarantees_);
        dress(invariants_);
    }
    QWidget::changeEvent(event);
}

} // namespace tideline::widgets
