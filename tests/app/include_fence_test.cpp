// SPDX-License-Identifier: GPL-3.0-or-later
// The layers stay apart, and the fence that says so can fail.
#include "tests/app/include_fence.h"

#include <QTest>

using namespace tideline::tests;

class IncludeFenceTest : public QObject
{
    Q_OBJECT
private slots:
    void theLayersStayApart();
    void theFenceFindsBreaches_data();
    void theFenceFindsBreaches();
    void theFenceLetsThrough_data();
    void theFenceLetsThrough();
};

void IncludeFenceTest::theLayersStayApart()
{
    QStringList breaches;
    int files = 0;
    for (const char* layer : {"engine", "model", "widgets", "app"}) {
        const QList<SourceFile> sources =
            sourcesOf(QStringLiteral(TIDELINE_SOURCE_DIR), QLatin1String(layer));
        QVERIFY2(!sources.isEmpty(), layer);
        for (const SourceFile& file : sources)
            breaches += fenceBreaches(file);
        files += static_cast<int>(sources.size());
    }
    QVERIFY(files > 50);
    QVERIFY2(breaches.isEmpty(), qPrintable(breaches.join(QLatin1Char('\n'))));
}

void IncludeFenceTest::theFenceFindsBreaches_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("line");
    QTest::newRow("Qt in the engine") << "engine/a.cpp"
                                      << "#include <QString>";
    QTest::newRow("Qt folder in the engine") << "engine/a.cpp"
                                             << "#include <QtCore/QString>";
    QTest::newRow("upwards from the engine") << "engine/a.cpp"
                                             << "#include \"model/session.h\"";
    QTest::newRow("upwards from the model") << "model/a.cpp"
                                            << "#include \"widgets/scene/scene.h\"";
    QTest::newRow("upwards from widgets") << "widgets/a.cpp"
                                          << "#include \"app/main_window.h\"";
    QTest::newRow("widgets in the model") << "model/a.cpp"
                                          << "#include <QtWidgets/QWidget>";
    QTest::newRow("a colour in the model") << "model/a.cpp"
                                           << "#include <QColor>";
    QTest::newRow("a thread") << "engine/a.cpp"
                              << "#include <thread>";
    QTest::newRow("a clock") << "engine/a.cpp"
                             << "  # include <chrono>";
    QTest::newRow("an atomic") << "engine/a.cpp"
                               << "#include <atomic>";
    QTest::newRow("a distribution") << "engine/a.cpp"
                                    << "std::uniform_int_distribution<int> d(0, 9);";
    QTest::newRow("rand") << "engine/a.cpp"
                          << "int x = rand() % 6;";
    QTest::newRow("shuffle") << "engine/a.cpp"
                             << "std::shuffle(a, b, c);";
    QTest::newRow("hash order") << "engine/a.cpp"
                                << "std::unordered_map<int, int> m;";
}

void IncludeFenceTest::theFenceFindsBreaches()
{
    QFETCH(QString, name);
    QFETCH(QString, line);
    const QStringList breaches = fenceBreaches({name, {QStringLiteral("// first"), line}});
    QCOMPARE(breaches.size(), 1);
    QVERIFY2(breaches.first().startsWith(name + QStringLiteral(":2: ")), qPrintable(breaches.first()));
}

void IncludeFenceTest::theFenceLetsThrough_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("line");
    QTest::newRow("downwards") << "app/a.cpp"
                               << "#include \"engine/lab/engine.h\"";
    QTest::newRow("own layer") << "model/a.cpp"
                               << "#include \"model/session.h\"";
    QTest::newRow("QtCore in the model") << "model/a.cpp"
                                         << "#include <QAbstractItemModel>";
    QTest::newRow("a thread in the model") << "model/a.cpp"
                                           << "#include <thread>";
    QTest::newRow("the counted one") << "engine/base/cow.h"
                                     << "#include <atomic>";
    QTest::newRow("a word in a comment") << "engine/a.cpp"
                                         << "int x = 0; // never std::shuffle";
    QTest::newRow("a name that ends so") << "engine/a.cpp"
                                         << "int x = operand(3) + my::rand(3);";
}

void IncludeFenceTest::theFenceLetsThrough()
{
    QFETCH(QString, name);
    QFETCH(QString, line);
    QCOMPARE(fenceBreaches({name, {line}}), QStringList());
}

QTEST_APPLESS_MAIN(IncludeFenceTest)
#include "include_fence_test.moc"
