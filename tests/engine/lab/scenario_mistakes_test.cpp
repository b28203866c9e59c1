// SPDX-License-Identifier: GPL-3.0-or-later
// What a person is told about a bad scenario: the exact sentences, case by case, from scenario_mistakes.txt.
#include "engine/lab/scenario_reader.h"

#include <QtTest/QtTest>

#include <fstream>
#include <string>
#include <vector>

using namespace tideline;

namespace {

const std::string kSource = TIDELINE_SOURCE_DIR;

struct Mistake
{
    std::string name;
    std::string json;
    std::vector<std::string> sentences;
};

std::vector<Mistake> readMistakes()
{
    std::ifstream file(kSource + "/tests/engine/lab/scenario_mistakes.txt");
    std::vector<Mistake> mistakes;
    std::string line;
    while (std::getline(file, line)) {
        if (line.starts_with("# ")) {
            mistakes.push_back({line.substr(2), {}, {}});
            std::getline(file, mistakes.back().json);
        } else if (line.starts_with("-> ")) {
            mistakes.back().sentences.push_back(line.substr(3));
        }
    }
    return mistakes;
}

std::vector<std::string> sentencesFor(const std::string& json)
{
    const ScenarioRead read = readScenario(json, {"", {kSource + "/resources/logs"}});
    const auto* problems = std::get_if<ScenarioProblems>(&read);
    return problems ? problems->sentences : std::vector<std::string>();
}

QString joined(const std::vector<std::string>& lines)
{
    QString text;
    for (const std::string& line : lines)
        text += QString::fromStdString(line) + "\n";
    return text;
}

} // namespace

class ScenarioMistakesTest : public QObject
{
    Q_OBJECT

private slots:
    void enoughCases() { QVERIFY(readMistakes().size() >= 150); }

    void sentences_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("expected");
        for (const Mistake& mistake : readMistakes())
            QTest::newRow(mistake.name.c_str())
                << QString::fromStdString(mistake.json) << joined(mistake.sentences);
    }

    void sentences()
    {
        QFETCH(QString, json);
        QFETCH(QString, expected);
        QVERIFY(!expected.isEmpty());
        QCOMPARE(joined(sentencesFor(json.toStdString())), expected);
    }

    // Place before the first colon, remedy after the semicolon, on one line.
    void everySentenceHasPlaceAndRemedy()
    {
        for (const Mistake& mistake : readMistakes()) {
            for (const std::string& sentence : mistake.sentences) {
                const std::size_t colon = sentence.find(": ");
                const std::size_t semicolon = sentence.rfind("; ");
                QVERIFY2(colon != std::string::npos && semicolon != std::string::npos && colon < semicolon,
                         sentence.c_str());
            }
        }
    }

    void lineAndColumn()
    {
        QCOMPARE(joined(sentencesFor("{\"tideline\": 1,\n \"title\": }")),
                 QString("line 2, column 11: the text is not JSON (while parsing value - unexpected '}', "
                         "expected '[', '{', or a "
                         "literal); correct it there\n"));
    }

    void brokenCharactersAreNotRepeated()
    {
        const std::vector<std::string> sentences = sentencesFor("{\"tideline\": 1, \"title\": \"\xff\"}");
        QCOMPARE(joined(sentences), QString("line 1, column 27: the text is not JSON (while parsing value - "
                                            "invalid string: ill-formed UTF-8 "
                                            "byte); correct it there\n"));
    }

    // A reader that took it for the end would accept whatever comes behind it.
    void aZeroByteIsNoEnd()
    {
        const std::vector<std::string> sentences =
            sentencesFor(std::string("{\"tideline\": 1}\n") + '\0' + " {{{");
        QCOMPARE(joined(sentences),
                 QString("line 2, column 1: there is a zero byte, which no text has; save the "
                         "file as UTF-8 text\n"));
    }

    void nestedTooDeep()
    {
        const std::string expected =
            "scenario: it nests objects and lists deeper than 64 levels, deeper than a scenario needs; "
            "make it flatter";
        QCOMPARE(sentencesFor(std::string(100'000, '[')), std::vector<std::string>{expected});
        std::string objects = "{\"tideline\":1,\"x\":";
        for (int i = 0; i < 100'000; ++i)
            objects += "{\"a\":";
        QCOMPARE(sentencesFor(objects), std::vector<std::string>{expected});
    }

    void tooLarge()
    {
        QCOMPARE(sentencesFor(std::string(16 * 1024 * 1024 + 1, ' ')),
                 std::vector<std::string>{
                     "scenario: its 16777217 bytes are more than the 16777216 (16 MB) that a scenario may "
                     "have; make it smaller"});
        std::string many = "{\"tideline\":1,\"x\":[0";
        for (int i = 0; i < 1'000'000; ++i)
            many += ",0";
        QCOMPARE(sentencesFor(many + "]}"),
                 std::vector<std::string>{"scenario: it has more than 1000000 values, more than a "
                                          "scenario may have; make it smaller"});
    }

    // Thousands of mistakes are counted, and do not each cost a search for the nearest name.
    void manyMistakes()
    {
        std::string json = "{\"tideline\":1,\"topics\":[{\"name\":\"orders\"}],\"producers\":[";
        for (int i = 0; i < 1'000; ++i)
            json += std::string(i == 0 ? "" : ",") + "{\"name\":\"p" + std::to_string(i) +
                    "\",\"topic\":\"nowhere\"}";
        const std::vector<std::string> sentences = sentencesFor(json + "]}");
        QCOMPARE(sentences.size(), std::size_t{201});
        QCOMPARE(sentences.back(),
                 std::string("scenario: 800 more mistakes are not listed; correct those above first"));
    }

    void files()
    {
        const auto sentence = [](const std::string& path) {
            const ScenarioRead read = readScenarioFile(path, {});
            const auto* problems = std::get_if<ScenarioProblems>(&read);
            return problems ? problems->sentences.front() : std::string();
        };
        QCOMPARE(sentence("/nowhere/a.tideline"),
                 std::string("\"/nowhere/a.tideline\": there is no such file; correct the name"));
        QCOMPARE(
            sentence("/tmp"),
            std::string("\"/tmp\": it is not a regular file, which a scenario must be; name another file"));
        QCOMPARE(sentence("/dev/null"),
                 std::string(
                     "\"/dev/null\": it is not a regular file, which a scenario must be; name another file"));
    }
};

QTEST_APPLESS_MAIN(ScenarioMistakesTest)
#include "scenario_mistakes_test.moc"
