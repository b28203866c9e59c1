// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_reader.h"

#include "engine/lab/duration_text.h"
#include "engine/lab/scenario_reader_names.h"
#include "engine/lab/scenario_reader_objects.h"

#include <filesystem>
#include <fstream>

namespace tideline {

namespace {

void setVersion(ScenarioReading& reading, std::string_view where, const ScenarioKey& key,
                const JsonNode& node, Scenario&)
{
    if (node.kind != JsonNode::Kind::Number || node.text != "1")
        reading.refuse(where, key, node, " is not a version of the format that is known here; write 1");
}

template <void (*Read)(ScenarioReading&, const JsonNode&)>
void setPart(ScenarioReading& reading, std::string_view, const ScenarioKey&, const JsonNode& node, Scenario&)
{
    Read(reading, node);
}

JsonNode emptyObject()
{
    JsonNode node;
    node.kind = JsonNode::Kind::Object;
    return node;
}

std::string countedRest(std::size_t unlisted)
{
    return "scenario: " + std::to_string(unlisted) +
           " more mistakes are not listed; correct those above first";
}

ScenarioProblems unreadable(const std::string& path, const std::string& rest)
{
    return {{inQuotes(path) + ": " + rest}};
}

} // namespace

const std::vector<KeyOf<Scenario>>& scenarioKeys()
{
    // Read in this order: what a later one names must be there.
    static const std::vector<KeyOf<Scenario>> kKeys = {
        {{"tideline", ValueKind::Whole, 1, 1, {}, {}, {}}, setVersion},
        textKey<&Scenario::title>("title"),
        textKey<&Scenario::description>("description", 2'000),
        keyOf<&Scenario::seed, readSeed>({"seed", ValueKind::Whole, 0, 0, {}, {}, {}}),
        durationKey<&Scenario::duration>("duration", 1, kLongestDuration),
        specialKey<Scenario>("cluster", ValueKind::Object, setPart<readCluster>),
        specialKey<Scenario>("topics", ValueKind::List, setPart<readTopics>),
        specialKey<Scenario>("producers", ValueKind::List, setPart<readProducers>),
        specialKey<Scenario>("groups", ValueKind::List, setPart<readGroups>),
        specialKey<Scenario>("pipelines", ValueKind::List, setPart<readPipelines>),
        specialKey<Scenario>("queues", ValueKind::List, setPart<readQueues>),
        specialKey<Scenario>("script", ValueKind::List, setPart<readScript>),
    };
    return kKeys;
}

ScenarioRead readScenario(std::string_view json, const ScenarioPlace& place)
{
    Result<JsonNode> parsed = parseJson(json);
    if (!parsed.ok())
        return ScenarioProblems{{parsed.error().sentence}};
    const JsonNode& root = parsed.value();

    ScenarioReading reading;
    reading.place = place;
    Scenario& scenario = reading.scenario;
    if (readObject(reading, "scenario", "a scenario", root, scenarioKeys(), scenario)) {
        if (!root.find("tideline"))
            reading.refuse(
                "scenario",
                "its version is missing, without which a file is no scenario; add \"tideline\": 1");
        if (!root.find("cluster"))
            readCluster(reading, emptyObject());
        for (std::string& sentence : NamesInTime::clashes(scenario))
            reading.sentences.push_back(std::move(sentence));
    }
    if (!reading.sentences.empty()) {
        if (reading.unlisted > 0)
            reading.sentences.push_back(countedRest(reading.unlisted));
        return ScenarioProblems{std::move(reading.sentences)};
    }
    scenario.text = json;
    return std::move(scenario);
}

ScenarioRead readScenarioFile(const std::string& path, const std::vector<std::string>& logFolders)
{
    namespace fs = std::filesystem;
    std::error_code failure;
    if (!fs::exists(path, failure))
        return unreadable(path, "there is no such file; correct the name");
    if (!fs::is_regular_file(path, failure))
        return unreadable(path, "it is not a regular file, which a scenario must be; name another file");
    const std::uintmax_t size = fs::file_size(path, failure);
    if (!failure && size > kLargestScenario)
        return unreadable(path, "its " + std::to_string(size) + " bytes are more than the " +
                                    std::to_string(kLargestScenario) +
                                    " (16 MB) that a scenario may have; make it smaller");
    std::ifstream stream(path, std::ios::binary);
    std::string text(kLargestScenario + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (!stream.is_open() || stream.bad())
        return unreadable(path, "it cannot be read; allow reading it or name another file");
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return readScenario(text, {fs::absolute(path).parent_path().string(), logFolders});
}

} // namespace tideline
