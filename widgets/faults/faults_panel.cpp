// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/faults/faults_panel.h"

#include "widgets/faults/create_topic_dialog.h"
#include "widgets/faults/fault_targets.h"
#include "widgets/faults/topic_offer.h"

#include <QAction>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace tideline::widgets {

FaultsPanel::FaultsPanel(QWidget* parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Faults"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(4);
    for (int i = 0; i < kFaults; ++i) {
        addButton(static_cast<Fault>(i));
        layout->addWidget(buttons_[static_cast<std::size_t>(i)]);
    }
    layout->addStretch(1);
    refreshOffers();
}

void FaultsPanel::addButton(Fault fault)
{
    const FaultAction words = faultAction(fault);
    auto* action = new QAction(words.text, this);
    action->setShortcut(words.shortcut);
    connect(action, &QAction::triggered, this, [this, fault] { choose(fault); });
    addAction(action);
    auto* button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setFocusPolicy(Qt::TabFocus);
    actions_[static_cast<std::size_t>(fault)] = action;
    buttons_[static_cast<std::size_t>(fault)] = button;
}

QList<QAction*> FaultsPanel::faultActions() const
{
    return {actions_.begin(), actions_.end()};
}

void FaultsPanel::setFrame(const FramePtr& frame)
{
    frame_ = frame;
    refreshOffers();
}

void FaultsPanel::setSelection(const Selection& selection)
{
    selection_ = selection;
    refreshOffers();
}

void FaultsPanel::refreshOffers()
{
    const Frame nothing;
    for (int i = 0; i < kFaults; ++i) {
        const auto fault = static_cast<Fault>(i);
        apply(fault, faultOfferOrTargets(fault, selection_, frame_ ? *frame_ : nothing));
    }
}

void FaultsPanel::apply(Fault fault, const FaultOffer& offer)
{
    QAction* const shown = action(fault);
    const FaultAction words = faultAction(fault);
    const bool applies = !offer.choices.empty();
    const QString keys = words.shortcut.toString(QKeySequence::NativeText);
    const QString tooltip = applies ? QStringLiteral("%1 (%2)").arg(words.tooltip, keys)
                                    : QStringLiteral("%1 (%2)\n%3").arg(words.tooltip, keys, offer.reason);
    // Setting what is there already would repaint the button at every frame.
    if (shown->isEnabled() != applies)
        shown->setEnabled(applies);
    if (shown->toolTip() != tooltip)
        shown->setToolTip(tooltip);
    const bool asks =
        offer.choices.size() > 1 || (!offer.choices.empty() && !offer.choices.front().text.isEmpty());
    const QString text = asks ? words.text + QStringLiteral(" …") : words.text;
    if (shown->text() != text)
        shown->setText(text);
}

// What is selected leaves one way to do it: it is done. Otherwise a menu asks which.
void FaultsPanel::choose(Fault fault)
{
    const Frame nothing;
    const FaultOffer offer = faultOfferOrTargets(fault, selection_, frame_ ? *frame_ : nothing);
    if (offer.choices.empty())
        return;
    if (offer.choices.size() == 1 && offer.choices.front().text.isEmpty()) {
        emit commandRequested(offer.choices.front().command);
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const FaultChoice& choice : offer.choices)
        connect(menu->addAction(choice.text), &QAction::triggered, this,
                [this, command = choice.command] { emit commandRequested(command); });
    if (fault == Fault::CreateTopic)
        connect(menu->addAction(tr("Another …")), &QAction::triggered, this, [this] { askForTopic(); });
    QToolButton* const below = button(fault);
    menu->popup(below->mapToGlobal(QPoint(0, below->height())));
}

void FaultsPanel::askForTopic()
{
    const Directory& names = *frame_->names;
    auto* dialog =
        new CreateTopicDialog(names.brokers, QString::fromStdString(freeTopicName(names)), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CreateTopicDialog::topicWanted, this,
            [this](const CreateTopic& topic) { emit commandRequested(topic); });
    dialog->open();
}

} // namespace tideline::widgets
