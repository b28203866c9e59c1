// SPDX-License-Identifier: GPL-3.0-or-later
// TransportBar: the top bar: where the run is and how it moves: start, steps, play, speed, processing time,
// watermark and its lag.
//
// Its buttons are the actions of the registry; it decides nothing. GUI thread only.
#pragma once

#include "app/actions.h"
#include "engine/lab/frame.h"
#include "model/session_core.h"

#include <QToolBar>

class QLabel;
class QProgressBar;
class QSlider;
class QToolButton;

namespace tideline::app {

class TransportBar : public QToolBar
{
    Q_OBJECT
public:
    explicit TransportBar(const Actions& actions, QWidget* parent = nullptr);

    void setTitle(const QString& name, bool modified);
    void setFrame(const Frame& frame);
    void setStatus(const model::SessionStatus& status);

signals:
    void speedChosen(tideline::model::Speed speed);

protected:
    void changeEvent(QEvent* event) override;

private:
    QToolButton* addButton(QAction* action, Qt::ToolButtonStyle style);
    // One step by default and the other units in its menu; choosing one makes it the default.
    QToolButton* addSteps(const Actions& actions, std::initializer_list<ActionId> units);
    QLabel* addReadout(const QString& name, const QString& widest, bool watermark);
    void addSpeed();

    QLabel* title_ = nullptr;
    QSlider* speed_ = nullptr;
    QLabel* speedText_ = nullptr;
    QLabel* time_ = nullptr;
    QLabel* watermark_ = nullptr;
    QLabel* lag_ = nullptr;
    QProgressBar* progress_ = nullptr;
    QAction* progressAction_ = nullptr;
};

} // namespace tideline::app
