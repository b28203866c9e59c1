// SPDX-License-Identifier: GPL-3.0-or-later
// A bad window is refused with a sentence that names place, value and rule.
#include "engine/stream/window_spec.h"

#include <QtTest>

using namespace tideline;

class WindowSpecTest : public QObject
{
    Q_OBJECT

private slots:
    void badSpecsAreNamed_data()
    {
        QTest::addColumn<WindowSpec>("spec");
        QTest::addColumn<QString>("part");
        QTest::newRow("size") << WindowSpec::tumbling(0) << "window size 0 ms";
        QTest::newRow("slide") << WindowSpec::sliding(10, 0) << "window slide 0 ms";
        QTest::newRow("offset") << WindowSpec::tumbling(10, 0, 10) << "window offset 10 ms";
        QTest::newRow("offset below") << WindowSpec::tumbling(10, 0, -10) << "window offset -10 ms";
        QTest::newRow("sliding offset") << WindowSpec::sliding(10, 4, 0, 4) << "slide of 4 ms";
        QTest::newRow("too many") << WindowSpec::sliding(100'000'000, 9) << "10000000 windows";
        QTest::newRow("lateness") << WindowSpec::tumbling(10, -1) << "allowed lateness -1 ms";
    }

    void badSpecsAreNamed()
    {
        QFETCH(WindowSpec, spec);
        QFETCH(QString, part);
        const std::optional<Error> error = checkWindowSpec(spec, "pipelines[0] \"revenue\"");
        QVERIFY(error.has_value());
        const QString sentence = QString::fromStdString(error->sentence);
        QVERIFY2(sentence.startsWith("pipelines[0] \"revenue\": ") && sentence.contains(part),
                 qPrintable(sentence));
    }

    void goodSpecsPass()
    {
        QVERIFY(!checkWindowSpec(WindowSpec::tumbling(10, 5, -9), "w"));
        QVERIFY(!checkWindowSpec(WindowSpec::sliding(3, 5, 0, 4), "w"));
        QVERIFY(!checkWindowSpec(WindowSpec::sliding(100'000'000, 10), "w"));
    }
};

QTEST_APPLESS_MAIN(WindowSpecTest)
#include "window_spec_test.moc"
