// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: puts bar, views and panels around one lab and leads what one of them says to the others.
//
// Nothing runs before the first paint. GUI thread only.
#pragma once

#include "app/actions.h"
#include "app/lab.h"

#include <QMainWindow>

#include <string>

namespace tideline::app {

class Docks;
class FileActions;
class RunActions;
class TransportBar;
class ViewTabs;

class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    explicit MainWindow(std::string recoveryFile, QWidget* parent = nullptr);
    ~MainWindow() override;

    // Opens what a crash left when the person wants it, else the file, once the window has been painted.
    void openWhenShown(const QString& path);

    Lab& lab() { return lab_; }
    const Actions& actions() const { return actions_; }
    ViewTabs& tabs() { return *tabs_; }
    Docks& docks() { return *docks_; }
    // Puts every panel back to where it was at first.
    void resetLayout();
    void setLightTheme(bool light);

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void connectLab();
    void connectParts();
    void perform(ActionId id);
    bool performFile(ActionId id);
    bool performView(ActionId id);
    void performHelp(ActionId id);
    void restoreWindow();
    void showTitle();
    void showZoom();
    void showPage(const QString& title, const QString& richText);

    Lab lab_;
    Actions actions_{this};
    TransportBar* bar_ = nullptr;
    ViewTabs* tabs_ = nullptr;
    Docks* docks_ = nullptr;
    FileActions* files_ = nullptr;
    RunActions* runs_ = nullptr;
};

} // namespace tideline::app
