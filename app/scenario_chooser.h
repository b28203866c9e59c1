// SPDX-License-Identifier: GPL-3.0-or-later
// ScenarioChooser: the scenarios that come with the program, each with what it shows.
#pragma once

#include <QDialog>
#include <QStringList>

class QListWidget;

namespace tideline::app {

class ScenarioChooser : public QDialog
{
    Q_OBJECT
public:
    explicit ScenarioChooser(const QStringList& files, QWidget* parent = nullptr);

    // Full name of the chosen file; empty when there is none.
    QString chosen() const;

private:
    QListWidget* list_ = nullptr;
};

} // namespace tideline::app
