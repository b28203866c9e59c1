// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON schema and the table of keys say the same: objects, keys, ranges, choices. And mutated scenarios
// never crash the reader.
#include "engine/base/random.h"
#include "engine/lab/scenario_keys.h"
#include "engine/lab/scenario_keys_nearest.h"
#include "engine/lab/scenario_reader.h"
#include "engine/lab/scenario_writer.h"

#include <nlohmann/json.hpp>

#include <QtTest/QtTest>

#include <fstream>
#include <set>
#include <sstream>

using namespace tideline;

namespace {

const std::string kSource = TIDELINE_SOURCE_DIR;

std::string readFile(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::set<std::string> keysOf(const nlohmann::json& definition)
{
    std::set<std::string> keys;
    for (const auto& [key, value] : definition.at("properties").items())
        keys.insert(key);
    return keys;
}

// One small change of the kind that an editor, a disk or a person makes.
std::string mutated(std::string text, Random& random)
{
    static const std::vector<std::string> kPieces = {"{",
                                                     "}",
                                                     "[",
                                                     "]",
                                                     ",",
                                                     ":",
                                                     "\"",
                                                     "-1",
                                                     "1e999",
                                                     "null",
                                                     "true",
                                                     "\"\"",
                                                     "99999999999999999999",
                                                     "\"10 parsecs\"",
                                                     "\xff",
                                                     std::string(1, '\0'),
                                                     "[[[[",
                                                     "\"tideline\"",
                                                     "0.5",
                                                     "{}"};
    const auto at = [&] { return static_cast<std::size_t>(random.below(text.size() + 1)); };
    switch (random.below(5)) {
    case 0:
        text.insert(at(), kPieces[random.below(kPieces.size())]);
        break;
    case 1:
        text.erase(at(), random.below(20));
        break;
    case 2:
        text.resize(at());
        break;
    case 3: {
        const std::string piece = text.substr(at(), random.below(60));
        text.insert(at(), piece);
        break;
    }
    default:
        if (!text.empty())
            text[random.below(text.size())] = static_cast<char>(random.below(256));
    }
    return text;
}

} // namespace

class ScenarioSchemaTest : public QObject
{
    Q_OBJECT

private slots:
    void schemaHasTheSameKeys()
    {
        const auto schema =
            nlohmann::json::parse(readFile(kSource + "/resources/schema/tideline.schema.json"));
        std::set<std::string> objects;
        for (const auto& [name, definition] : schema.at("$defs").items()) {
            if (definition.value("type", "") == "object")
                objects.insert(name);
        }
        std::set<std::string> modelled;
        for (const ScenarioObject& object : scenarioObjects()) {
            const std::string name(object.name);
            modelled.insert(name);
            QVERIFY2(schema["$defs"].contains(name), name.c_str());
            const auto& definition = schema["$defs"][name];
            std::set<std::string> keys;
            for (const ScenarioKey& key : object.keys)
                keys.insert(std::string(key.name));
            QVERIFY2(keys == keysOf(definition), name.c_str());
            QCOMPARE(definition.at("additionalProperties"), nlohmann::json(false));
            for (const ScenarioKey& key : object.keys)
                compareKey(definition.at("properties").at(std::string(key.name)), key);
        }
        QVERIFY(objects == modelled);
    }

    // What is known but not modelled must not hide a key that is modelled, and every Kafka config that is
    // modelled is known.
    void modelledConfigsAreKnown()
    {
        for (const ScenarioObject& object : scenarioObjects()) {
            if (!object.name.ends_with("Config"))
                continue;
            for (const ScenarioKey& key : object.keys)
                QVERIFY2(findKnownKey(key.name) != nullptr, std::string(key.name).c_str());
        }
        QVERIFY(findKnownKey("enable.idempotence")->from == "Kafka producer");
        QVERIFY(findKnownKey("no.such.key") == nullptr);
    }

    void nearest()
    {
        QCOMPARE(editDistance("kitten", "sitting"), std::size_t{3});
        QCOMPARE(editDistance("topcis", "topics"), std::size_t{1}); // two neighbours swapped
        QCOMPARE(editDistance("", "abc"), std::size_t{3});
        QCOMPARE(editDistance(std::string(100'000, 'a'), "a"), std::size_t{63});
        const std::vector<std::string> names = {"orders", "clicks"};
        QVERIFY(nearestName("oders", std::span<const std::string>(names)) == "orders");
        QVERIFY(nearestName("x", std::span<const std::string>()).empty());
        QCOMPARE(inQuotes("a\nb\xff"), std::string("\"a?b?\""));
        QVERIFY(inQuotes(std::string(1'000, 'a')).size() < 70);
    }

    // A mutant is read or refused with sentences of one line; what is read can be written back.
    void mutantsAreReadOrRefused()
    {
        std::vector<std::string> seeds;
        for (const char* name : {"01-quiet-cluster", "03-acks-1-loses-a-record",
                                 "04-consumer-joins-and-leaves", "07-earthquakes"})
            seeds.push_back(readFile(kSource + "/resources/scenarios/" + name + ".tideline"));
        Random random(20180131, 1);
        int good = 0;
        int bad = 0;
        for (int i = 0; i < 3'000; ++i) {
            std::string text = seeds[random.below(seeds.size())];
            QVERIFY(!text.empty());
            for (std::uint64_t changes = random.below(4); changes > 0; --changes)
                text = mutated(text, random);
            const ScenarioRead read = readScenario(text, {"", {kSource + "/resources/logs"}});
            if (const auto* problems = std::get_if<ScenarioProblems>(&read)) {
                ++bad;
                QVERIFY(!problems->sentences.empty());
                for (const std::string& sentence : problems->sentences)
                    QVERIFY2(sentence.find('\n') == std::string::npos &&
                                 sentence.find(": ") != std::string::npos,
                             sentence.c_str());
            } else {
                ++good;
                QVERIFY(writeScenario(text, std::get<Scenario>(read).script).ok());
            }
        }
        QVERIFY(good > 100 && bad > 1'000);
    }

private:
    static void compareKey(const nlohmann::json& property, const ScenarioKey& key)
    {
        const bool number = key.kind == ValueKind::Whole || key.kind == ValueKind::Milliseconds ||
                            key.kind == ValueKind::Seconds;
        if (number && key.high != 0) { // the seed's range is that of an unsigned number
            QCOMPARE(property.at("minimum"), nlohmann::json(key.low));
            QCOMPARE(property.at("maximum"), nlohmann::json(key.high));
        }
        for (const std::string_view choice : key.choices)
            QVERIFY2(property.dump().find("\"" + std::string(choice) + "\"") != std::string::npos,
                     std::string(key.name).c_str());
        const bool text = key.kind == ValueKind::Duration || key.kind == ValueKind::EventDuration;
        if (text)
            QCOMPARE(property.at("$ref"), nlohmann::json("#/$defs/duration"));
    }
};

QTEST_APPLESS_MAIN(ScenarioSchemaTest)
#include "scenario_schema_test.moc"
