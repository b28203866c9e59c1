// SPDX-License-Identifier: GPL-3.0-or-later
// The window around a lab: it opens, runs, rests, keeps one selection, and loses nothing.
#include "app/docks.h"
#include "app/election_page.h"
#include "app/main_window.h"
#include "app/simplified_page.h"
#include "app/view_tabs.h"
#include "tests/support/gui_main.h"
#include "widgets/cluster/cluster_view.h"
#include "widgets/theme/theme.h"

#include <QDockWidget>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace tideline;
using app::ActionId;
using app::Lab;
using app::MainWindow;

class WindowTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void nothingRunsBeforeTheFirstPaint();
    void aScenarioOpensAndTheWindowRests();
    void aBadFileLeavesTheRunningLab();
    void playingAndSteppingMoveTheClock();
    void pagesAreMadeWhenTheyAreShown();
    void oneSelectionIsSeenEverywhere();
    void actsMakeTheDocumentModified();
    void unsavedActsAreOfferedAgain();
    void refusedActsChangeNothing();
    void panelsCloseAndComeBack();
    void aLowWindowHasTabs();
    void theThemeChanges();
    void whatIsSimplifiedNamesTheCasesThatDiffer();
    void electionsStandSideBySide();

private:
    std::string recovery() const { return dir_->filePath(QStringLiteral("unsaved.json")).toStdString(); }
    QString scenario() const { return dir_->filePath(QStringLiteral("small.tideline")); }
    // Open, with its first frame shown.
    void open(MainWindow& window) const;
    std::unique_ptr<QTemporaryDir> dir_;
};

void WindowTest::init()
{
    dir_ = std::make_unique<QTemporaryDir>();
    QFile file(scenario());
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({ "tideline": 1, "title": "Small", "duration": "30 s",
      "cluster": { "brokers": 3, "config": { "offsets.topic.num.partitions": 1 } },
      "topics": [ { "name": "orders", "partitions": 2, "replication-factor": 3 } ],
      "producers": [ { "name": "sensors", "topic": "orders", "source": { "generator": "orders", "rate": "10/s", "keys": 5 } } ],
      "groups": [ { "name": "billing", "topics": [ "orders" ], "members": 2 } ],
      "pipelines": [ { "name": "counts", "engine": "flink", "from": "orders", "window": { "tumbling": "2 s" } } ] })");
}

void WindowTest::open(MainWindow& window) const
{
    window.show();
    QCOMPARE(window.lab().open(scenario()), std::vector<std::string>());
    QTRY_VERIFY(window.lab().clock().frame() != nullptr);
    QTRY_VERIFY(!window.lab().clock().watching());
}

void WindowTest::nothingRunsBeforeTheFirstPaint()
{
    MainWindow window(recovery());
    window.show();
    QVERIFY(!window.lab().session().status().open);
    window.openWhenShown(scenario());
    QVERIFY(!window.lab().session().status().open);
    QTRY_VERIFY(window.lab().clock().frame() != nullptr);
    QCOMPARE(QString::fromStdString(window.lab().clock().frame()->title), QStringLiteral("Small"));
}

void WindowTest::aScenarioOpensAndTheWindowRests()
{
    MainWindow window(recovery());
    open(window);
    QVERIFY(!window.lab().modified());
    QCOMPARE(window.lab().name(), QStringLiteral("small"));
    QVERIFY(window.windowTitle().contains(QStringLiteral("small")));
    // A paused window with nothing asked for has no timer: it costs nothing.
    QVERIFY(!window.lab().clock().watching());
    QVERIFY(!window.lab().session().outstanding());
}

void WindowTest::aBadFileLeavesTheRunningLab()
{
    MainWindow window(recovery());
    open(window);
    const std::uint64_t run = window.lab().session().status().run;
    QFile bad(dir_->filePath(QStringLiteral("bad.tideline")));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{ \"tideline\": 1, \"topics\": 5 }");
    bad.close();
    QVERIFY(!window.lab().open(bad.fileName()).empty());
    QVERIFY(!window.lab().open(QStringLiteral("/no/such/file.tideline")).empty());
    QCOMPARE(window.lab().session().status().run, run);
    QCOMPARE(window.lab().path(), scenario());
}

void WindowTest::playingAndSteppingMoveTheClock()
{
    MainWindow window(recovery());
    open(window);
    const auto trigger = [&](ActionId id) { window.actions()[id]->trigger(); };
    trigger(ActionId::StepSecond);
    QTRY_COMPARE(window.lab().clock().frame()->now, Micros{1'000'000});
    trigger(ActionId::BackMilli);
    QTRY_COMPARE(window.lab().clock().frame()->now, Micros{999'000});
    trigger(ActionId::Unlimited);
    trigger(ActionId::PlayPause);
    QTRY_VERIFY(window.lab().clock().frame()->ended);
    QCOMPARE(window.lab().clock().frame()->now, Micros{30'000'000});
    QTRY_VERIFY(!window.lab().clock().watching());
    QVERIFY(!window.actions()[ActionId::PlayPause]->isEnabled());
    trigger(ActionId::Restart);
    QTRY_COMPARE(window.lab().clock().frame()->now, Micros{0});
    QVERIFY(window.actions()[ActionId::PlayPause]->isEnabled());
}

void WindowTest::pagesAreMadeWhenTheyAreShown()
{
    MainWindow window(recovery());
    open(window);
    QVERIFY(window.tabs().made(View::Cluster));
    for (const auto& [id, view] :
         {std::pair{ActionId::ShowGroups, View::Groups}, std::pair{ActionId::ShowTime, View::Time},
          std::pair{ActionId::ShowCharts, View::Charts}, std::pair{ActionId::ShowJournal, View::Journal}}) {
        QVERIFY(!window.tabs().made(view));
        window.actions()[id]->trigger();
        QVERIFY(window.tabs().made(view));
        QCOMPARE(static_cast<int>(window.lab().clock().request().view), static_cast<int>(view));
        QTRY_VERIFY(!window.lab().clock().watching());
    }
}

void WindowTest::oneSelectionIsSeenEverywhere()
{
    MainWindow window(recovery());
    open(window);
    Selection broker;
    broker.kind = Selection::Kind::Broker;
    broker.index = 2;
    emit window.docks().selected(broker);
    QVERIFY(window.lab().selection() == broker);
    QVERIFY(window.findChild<widgets::ClusterView*>()->selection() == broker);
    QTRY_VERIFY(window.lab().clock().frame()->inspector.selection == broker);
    QVERIFY(window.lab().clock().frame()->inspector.found);
    emit window.tabs().selected({});
    QVERIFY(window.lab().selection() == Selection{});
}

void WindowTest::actsMakeTheDocumentModified()
{
    MainWindow window(recovery());
    open(window);
    window.actions()[ActionId::StepSecond]->trigger();
    QTRY_COMPARE(window.lab().clock().frame()->now, Micros{1'000'000});
    emit window.docks().commandRequested(KillBroker{2});
    QTRY_VERIFY(window.lab().modified());
    QVERIFY(window.windowTitle().contains(QLatin1Char('*')));
    QVERIFY(QFile::exists(QString::fromStdString(recovery())));

    const QString saved = dir_->filePath(QStringLiteral("saved.tideline"));
    QVERIFY(!window.lab().save(saved));
    QVERIFY(!window.lab().modified());
    QVERIFY(!QFile::exists(QString::fromStdString(recovery())));
    const model::LabRead read = model::openLab(saved.toStdString(), {});
    QVERIFY(std::holds_alternative<model::OpenedLab>(read));
    const std::vector<TimedCommand> expected{{1'000'001, KillBroker{2}}};
    QVERIFY(std::get<model::OpenedLab>(read).scenario.script == expected);
}

void WindowTest::unsavedActsAreOfferedAgain()
{
    {
        Lab lab(recovery());
        QVERIFY(lab.open(scenario()).empty());
        lab.act(KillBroker{1});
        QTRY_VERIFY(lab.modified());
    } // ends without saving, as a crash does
    Lab again(recovery());
    const std::optional<model::UnsavedDocument> left = again.recoverable();
    QVERIFY(left);
    QCOMPARE(left->path, scenario().toStdString());
    QVERIFY(again.recover(*left).empty());
    QVERIFY(again.modified());
    QCOMPARE(again.path(), scenario());
    QVERIFY(!again.save(scenario()));
    QVERIFY(!again.modified());
    QVERIFY(!again.recoverable());
}

void WindowTest::refusedActsChangeNothing()
{
    Lab lab(recovery());
    QVERIFY(lab.open(scenario()).empty());
    QStringList said;
    connect(&lab, &Lab::problem, this, [&](const QString& sentence) { said.append(sentence); });
    lab.act(KillBroker{77});
    QTRY_COMPARE(said.size(), 1);
    QVERIFY2(said.first().contains(QStringLiteral("77")), qPrintable(said.first()));
    QVERIFY(!lab.modified());
    QVERIFY(!lab.recoverable());
}

void WindowTest::panelsCloseAndComeBack()
{
    MainWindow window(recovery());
    window.show();
    for (const ActionId id : {ActionId::LabDock, ActionId::FaultsDock, ActionId::GuaranteesDock,
                              ActionId::InspectorDock, ActionId::TimelineDock}) {
        QVERIFY(window.actions()[id]->isChecked());
        window.actions()[id]->trigger();
        QVERIFY(window.docks().dock(id)->isHidden());
        QVERIFY(!window.actions()[id]->isChecked());
    }
    // It is there for whoever asks for it.
    QAction* metadataLog = window.actions()[ActionId::MetadataLogDock];
    QVERIFY(!metadataLog->isChecked());
    metadataLog->trigger();
    QVERIFY(!window.docks().dock(ActionId::MetadataLogDock)->isHidden());
    window.actions()[ActionId::ResetLayout]->trigger();
    QVERIFY(window.docks().dock(ActionId::MetadataLogDock)->isHidden());
    for (const ActionId id : {ActionId::LabDock, ActionId::TimelineDock}) {
        QVERIFY(!window.docks().dock(id)->isHidden());
        QVERIFY(window.actions()[id]->isChecked());
    }
}

// Where there is little height, the lab and the faults share a place.
void WindowTest::aLowWindowHasTabs()
{
    MainWindow window(recovery());
    QDockWidget* lab = window.docks().dock(ActionId::LabDock);
    window.resize(1600, 1000);
    window.actions()[ActionId::ResetLayout]->trigger();
    QVERIFY(window.tabifiedDockWidgets(lab).isEmpty());
    window.resize(1280, 720);
    window.actions()[ActionId::ResetLayout]->trigger();
    QCOMPARE(window.tabifiedDockWidgets(lab), QList<QDockWidget*>{window.docks().dock(ActionId::FaultsDock)});
    QVERIFY(window.actions()[ActionId::FaultsDock]->isChecked());
    window.resize(1600, 1000);
    window.actions()[ActionId::ResetLayout]->trigger();
    QVERIFY(window.tabifiedDockWidgets(lab).isEmpty());
}

void WindowTest::theThemeChanges()
{
    MainWindow window(recovery());
    window.show();
    window.actions()[ActionId::LightTheme]->trigger();
    QVERIFY(widgets::appliedTheme().kind() == widgets::Theme::Kind::Light);
    window.actions()[ActionId::LightTheme]->trigger();
    QVERIFY(widgets::appliedTheme().kind() == widgets::Theme::Kind::Dark);
}

// The page comes from the file that the tests take their listed differences from.
void WindowTest::whatIsSimplifiedNamesTheCasesThatDiffer()
{
    const QString page = app::simplifiedPage();
    QVERIFY(page.contains(QStringLiteral("<h3>Cluster</h3>")));
    QVERIFY(page.contains(QStringLiteral("kafka/producer-state: r68")));
    QVERIFY(page.count(QStringLiteral("<li>")) >= 10);
}

// Both columns, and that the old one waits for the session.
void WindowTest::electionsStandSideBySide()
{
    Scenario scenario;
    scenario.cluster.brokers = 5;
    scenario.topics = {TopicSpec{"t", 12, 3, 1}};
    const QString page = app::electionPage(app::failoverSettingOf(scenario));
    QVERIFY(page.contains(QStringLiteral("5 brokers and 12 partitions, with 3 voters")));
    QVERIFY(page.contains(QStringLiteral("ZooKeeper, up to Kafka 3.9")));
    QVERIFY(page.contains(QStringLiteral("KRaft quorum")));
    QCOMPARE(page.count(QStringLiteral("without a controller")), 2);
}

TIDELINE_GUI_TEST_MAIN(WindowTest)
#include "window_test.moc"
