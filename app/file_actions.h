// SPDX-License-Identifier: GPL-3.0-or-later
// FileActions: opening, saving, and not losing what the person did: at another file, at quitting, and after a
// crash.
//
// GUI thread only.
#pragma once

#include "app/lab.h"

#include <QObject>

class QWidget;

namespace tideline::app {

class FileActions : public QObject
{
    Q_OBJECT
public:
    FileActions(Lab& lab, QWidget* window);

    void open();
    void openShipped();
    // Says what is wrong with it; the running lab stays then.
    bool openPath(const QString& path);
    bool save();
    bool saveAs();
    // Asks about unsaved acts; false: the person wants to stay.
    bool mayDiscard();
    // What a crash left is offered; true when it was opened.
    bool offerRecovery();

private:
    void sayProblems(const QString& title, const std::vector<std::string>& sentences);

    Lab& lab_;
    QWidget* window_;
};

} // namespace tideline::app
