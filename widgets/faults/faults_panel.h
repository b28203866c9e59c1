// SPDX-License-Identifier: GPL-3.0-or-later
// FaultsPanel: buttons for everything that a person can do to the run. It asks; the session decides and
// answers. GUI thread only.
#pragma once

#include "widgets/faults/fault_offers.h"

#include <QList>
#include <QWidget>

#include <array>

class QAction;
class QToolButton;

namespace tideline::widgets {

class FaultsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit FaultsPanel(QWidget* parent = nullptr);

    void setFrame(const FramePtr& frame);
    void setSelection(const Selection& selection);

    QAction* action(Fault fault) const { return actions_[static_cast<std::size_t>(fault)]; }
    QToolButton* button(Fault fault) const { return buttons_[static_cast<std::size_t>(fault)]; }
    // For menus and the list of shortcuts.
    QList<QAction*> faultActions() const;

signals:
    void commandRequested(const tideline::Command& command);

private:
    void addButton(Fault fault);
    void refreshOffers();
    void apply(Fault fault, const FaultOffer& offer);
    void choose(Fault fault);
    void askForTopic();

    FramePtr frame_;
    Selection selection_;
    std::array<QAction*, kFaults> actions_{};
    std::array<QToolButton*, kFaults> buttons_{};
};

} // namespace tideline::widgets
