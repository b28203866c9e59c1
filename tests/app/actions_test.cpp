// SPDX-License-Identifier: GPL-3.0-or-later
// The window's commands: each has words and keys, none shares its keys, and all are in the menus.
#include "app/actions.h"
#include "app/docks.h"
#include "app/main_window.h"
#include "app/speed_steps.h"
#include "tests/support/gui_main.h"

#include <QMenu>
#include <QMenuBar>
#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <set>

using namespace tideline::app;

class ActionsTest : public QObject
{
    Q_OBJECT
private slots:
    void everyIdHasOneAction();
    void everyActionHasWordsAndKeys();
    void noTwoShareTheirKeys();
    void everyActionIsInAMenu();
    void triggeringSaysWhich();
    void speedsHaveStepsAndWords();

private:
    QTemporaryDir dir_;
};

void ActionsTest::everyIdHasOneAction()
{
    std::set<ActionId> ids;
    for (const ActionSpec& spec : Actions::specs())
        QVERIFY2(ids.insert(spec.id).second, spec.text);
    QCOMPARE(ids.size(), static_cast<std::size_t>(ActionId::Count));
    const Actions actions;
    for (const QAction* action : actions.all())
        QVERIFY(action);
}

void ActionsTest::everyActionHasWordsAndKeys()
{
    MainWindow window(dir_.filePath(QStringLiteral("unsaved.json")).toStdString());
    QList<QAction*> all(window.actions().all().begin(), window.actions().all().end());
    all += window.docks().faultActions();
    for (const QAction* action : all) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY2(!action->toolTip().isEmpty() && action->toolTip() != action->text(),
                 qPrintable(action->text()));
        QVERIFY2(!action->shortcut().isEmpty(), qPrintable(action->text()));
    }
}

void ActionsTest::noTwoShareTheirKeys()
{
    MainWindow window(dir_.filePath(QStringLiteral("unsaved.json")).toStdString());
    std::map<QString, QString> owners;
    QList<QAction*> all(window.actions().all().begin(), window.actions().all().end());
    all += window.docks().faultActions();
    for (const QAction* action : all) {
        if (action->shortcut().isEmpty() || action->shortcutContext() == Qt::WidgetShortcut)
            continue;
        const QString keys = action->shortcut().toString();
        const auto [place, isNew] = owners.emplace(keys, action->text());
        QVERIFY2(isNew || place->second == action->text(),
                 qPrintable(keys + QStringLiteral(": ") + place->second + QStringLiteral(" and ") +
                            action->text()));
    }
    QVERIFY(owners.size() >= Actions::specs().size());
}

void ActionsTest::everyActionIsInAMenu()
{
    MainWindow window(dir_.filePath(QStringLiteral("unsaved.json")).toStdString());
    QSet<QAction*> inMenus;
    for (const QAction* top : window.menuBar()->actions())
        for (QAction* action : top->menu()->actions())
            inMenus.insert(action);
    for (QAction* action : window.actions().all())
        QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
    for (QAction* action : window.docks().faultActions())
        QVERIFY2(inMenus.contains(action), qPrintable(action->text()));
}

void ActionsTest::triggeringSaysWhich()
{
    const Actions actions;
    std::vector<ActionId> heard;
    connect(&actions, &Actions::triggered, this, [&](ActionId id) { heard.push_back(id); });
    actions[ActionId::StepFact]->trigger();
    actions[ActionId::About]->trigger();
    QVERIFY(heard == (std::vector<ActionId>{ActionId::StepFact, ActionId::About}));
}

void ActionsTest::speedsHaveStepsAndWords()
{
    using tideline::model::Speed;
    for (int step = 0; step < speedSteps(); ++step)
        QCOMPARE(stepOfSpeed(speedOfStep(step)), step);
    QCOMPARE(stepOfSpeed({1'500}), stepOfSpeed({1'000}));
    QCOMPARE(speedText({1}), QStringLiteral("0.001×"));
    QCOMPARE(speedText({}), QStringLiteral("1×"));
    QCOMPARE(speedText({Speed::kFastest}), QStringLiteral("1000×"));
    QCOMPARE(speedText({Speed::kUnlimited}), QStringLiteral("max"));
}

TIDELINE_GUI_TEST_MAIN(ActionsTest)
#include "actions_test.moc"
