// SPDX-License-Identifier: GPL-3.0-or-later
// FrameClock: the one timer of the window: pulls frames out of the session while there is anything new to
// see.
//
// 1. It ticks (16 ms) only while the run moves or something that was asked for is not answered; a paused
// window has no timer.
// 2. One look is outstanding; a changed request replaces it.
// GUI thread only.
#pragma once

#include "model/session.h"

#include <QObject>
#include <QTimer>

namespace tideline::app {

class FrameClock : public QObject
{
    Q_OBJECT
public:
    explicit FrameClock(model::Session& session, QObject* parent = nullptr);

    // What is looked at from now on; lastVersion is filled in here.
    void setRequest(const ViewRequest& request);
    const ViewRequest& request() const { return request_; }
    // Something was asked of the session: watch until it is done.
    void watch();
    bool watching() const { return timer_.isActive(); }

    const FramePtr& frame() const { return frame_; }
    const model::SessionStatus& status() const { return status_; }

signals:
    // An act was refused, and why.
    void refused(const QString& sentence);
    void frameArrived(const tideline::FramePtr& frame);
    void statusChanged(const tideline::model::SessionStatus& status);
    void lifeFound(const tideline::model::LifeAnswer& answer);

private:
    void tick();
    void look();

    model::Session& session_;
    QTimer timer_;
    ViewRequest request_;
    FramePtr frame_;
    model::SessionStatus status_;
};

} // namespace tideline::app
