// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of every source file: a licence, a bearable length, no leftovers, one spelling of guards.
#include "tests/app/source_tree.h"

#include <QRegularExpression>
#include <QTest>

using namespace tideline::tests;

namespace {

constexpr qsizetype kLongestFile = 400;
constexpr qsizetype kLongestLine = 132;

QStringList untidy(const SourceFile& file, bool test)
{
    static const QRegularExpression leftovers(QStringLiteral("\\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\\b"));
    static const QRegularExpression names(
        QStringLiteral("\\b(class|struct)\\s+\\w*(Manager|Helper|Util|Utils)\\b"));
    QStringList found;
    const auto say = [&](qsizetype line, const QString& what) {
        found.append(file.name + QLatin1Char(':') + QString::number(line) + QStringLiteral(": ") + what);
    };
    if (file.lines.value(0) != QLatin1String("// SPDX-License-Identifier: GPL-3.0-or-later"))
        say(1, QStringLiteral("the first line is not the licence"));
    if (!test && file.lines.size() > kLongestFile)
        say(kLongestFile, QStringLiteral("longer than %1 lines; split it").arg(kLongestFile));
    if (file.name.endsWith(QLatin1String(".h")) && !file.lines.contains(QStringLiteral("#pragma once")))
        say(1, QStringLiteral("a header without #pragma once"));
    for (qsizetype i = 0; i < file.lines.size(); ++i) {
        if (leftovers.match(file.lines[i]).hasMatch())
            say(i + 1, QStringLiteral("something was left for later"));
        if (names.match(file.lines[i]).hasMatch())
            say(i + 1, QStringLiteral("a name that says nothing"));
        if (file.lines[i].size() > kLongestLine)
            say(i + 1, QStringLiteral("longer than %1 columns").arg(kLongestLine));
        if (file.lines[i].contains(QLatin1Char('\t')))
            say(i + 1, QStringLiteral("a tab"));
    }
    return found;
}

} // namespace

class CodeTidyTest : public QObject
{
    Q_OBJECT
private slots:
    void everyFileIsTidy();
    void untidyFilesAreFound();
};

void CodeTidyTest::everyFileIsTidy()
{
    QStringList found;
    for (const char* layer : {"engine", "model", "widgets", "app", "tests"}) {
        const QList<SourceFile> sources =
            sourcesOf(QStringLiteral(TIDELINE_SOURCE_DIR), QLatin1String(layer));
        QVERIFY2(!sources.isEmpty(), layer);
        for (const SourceFile& file : sources)
            found += untidy(file, file.name.startsWith(QLatin1String("tests/")));
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char('\n'))));
}

void CodeTidyTest::untidyFilesAreFound()
{
    const QString licence = QStringLiteral("// SPDX-License-Identifier: GPL-3.0-or-later");
    QCOMPARE(untidy({QStringLiteral("a.cpp"), {licence, QStringLiteral("int x;")}}, false).size(), 0);
    QCOMPARE(untidy({QStringLiteral("a.cpp"), {QStringLiteral("int x;")}}, false).size(), 1);
    QCOMPARE(untidy({QStringLiteral("a.h"), {licence}}, false).size(), 1);
    QCOMPARE(
        untidy({QStringLiteral("a.cpp"), {licence, QStringLiteral("// TO") + QStringLiteral("DO later")}},
               false)
            .size(),
        1);
    QCOMPARE(untidy({QStringLiteral("a.cpp"),
                     {licence, QStringLiteral("class Thing") + QStringLiteral("Manager")}},
                    false)
                 .size(),
             1);
    QStringList longFile(kLongestFile + 1);
    longFile[0] = licence;
    QCOMPARE(untidy({QStringLiteral("a.cpp"), longFile}, false).size(), 1);
    QCOMPARE(untidy({QStringLiteral("a.cpp"), longFile}, true).size(), 0);
}

QTEST_APPLESS_MAIN(CodeTidyTest)
#include "code_tidy_test.moc"
