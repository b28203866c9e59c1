// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/menus.h"

#include "app/actions.h"

#include <QCoreApplication>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <array>

namespace tideline::app {

void buildMenus(QMainWindow& window, const Actions& actions, const QList<QAction*>& faults)
{
    constexpr std::array<const char*, 4> kTitles{
        QT_TRANSLATE_NOOP("Menus", "&File"), QT_TRANSLATE_NOOP("Menus", "&Run"),
        QT_TRANSLATE_NOOP("Menus", "&View"), QT_TRANSLATE_NOOP("Menus", "&Help")};
    std::array<QMenu*, kTitles.size()> menus{};
    for (std::size_t i = 0; i < menus.size(); ++i) {
        if (static_cast<MenuId>(i) == MenuId::View) {
            QMenu* menu = window.menuBar()->addMenu(QCoreApplication::translate("Menus", "F&aults"));
            menu->setToolTipsVisible(true);
            menu->addActions(faults);
        }
        menus[i] = window.menuBar()->addMenu(QCoreApplication::translate("Menus", kTitles[i]));
        menus[i]->setToolTipsVisible(true);
    }
    for (const ActionSpec& spec : Actions::specs()) {
        QMenu* menu = menus[static_cast<std::size_t>(spec.menu)];
        if (spec.separatorBefore)
            menu->addSeparator();
        menu->addAction(actions[spec.id]);
    }
}

} // namespace tideline::app
