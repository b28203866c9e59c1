// SPDX-License-Identifier: GPL-3.0-or-later
// The yardstick itself: does it see a difference, and does it name the place?
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline::vectors;

class VectorFileTest : public QObject
{
    Q_OBJECT

private slots:
    void firstDifferingKeyIsNamed()
    {
        const Json expected = Json::parse(R"({"a": 1, "b": [{"ts": 5}, {"ts": 6}]})");
        const Json actual = Json::parse(R"({"a": 1, "b": [{"ts": 5}, {"ts": 7}]})");
        QVERIFY(!firstDifference(expected, expected));
        QCOMPARE(*firstDifference(expected, actual), std::string("b[1].ts: expected 6, got 7"));
    }

    void absentAndSurplusKeysDiffer()
    {
        const Json one = Json::parse(R"({"a": 1})");
        const Json two = Json::parse(R"({"a": 1, "b": null})");
        QCOMPARE(*firstDifference(one, two), std::string("b: expected nothing, got null"));
        QCOMPARE(*firstDifference(two, one), std::string("b: expected null, got nothing"));
    }

    void arraysOfDifferentLengthDiffer()
    {
        QCOMPARE(*firstDifference(Json{1, 2}, Json{1, 2, 3}),
                 std::string("the whole value (length): expected 2, got 3"));
    }

    void largeIntegersAreExact()
    {
        const Json expected = Json::parse("9223372036854775807");
        QVERIFY(firstDifference(expected, Json::parse("9223372036854775806")));
    }

    void hexIsReadAndWritten()
    {
        QCOMPARE(fromHex("6b00ff"), std::string("k\0\xff", 3));
        QCOMPARE(toHex(std::string("k\0\xff", 3)), std::string("6b00ff"));
    }

    void compareNamesTheEntry()
    {
        QVERIFY(!compare(3, 1, 1));
        QCOMPARE(compare(3, 1, 2)->entry, std::ptrdiff_t(3));
    }
};

QTEST_APPLESS_MAIN(VectorFileTest)
#include "vector_file_test.moc"
