// SPDX-License-Identifier: GPL-3.0-or-later
// Groups living through generations, each assigned as Kafka's client-side assignors assigned them.
#include "engine/clients/range_assignor.h"
#include "tests/conformance/vector_file.h"

#include <QtTest>

using namespace tideline;
using namespace tideline::vectors;

namespace {

std::vector<GroupMember> membersOf(const Json& generation)
{
    std::vector<GroupMember> members;
    for (const Json& entry : generation.at("members")) {
        GroupMember member;
        member.id = entry.at("id").get<std::string>();
        if (entry.contains("inst"))
            member.instanceId = entry.at("inst").get<std::string>();
        member.rack = entry.value("rack", "");
        member.topics = entry.at("topics").get<std::vector<std::string>>();
        members.push_back(std::move(member));
    }
    return members;
}

AssignableTopics topicsOf(const Json& generation)
{
    AssignableTopics topics;
    for (const auto& [name, count] : generation.at("topics").items())
        topics[name].partitionCount = count.get<std::int32_t>();
    const Json allRacks = generation.value("racks", Json::object());
    for (const auto& [name, racks] : allRacks.items())
        topics[name].replicaRacks = racks.get<std::vector<std::vector<std::string>>>();
    return topics;
}

// An empty assignment is an object, not null.
Json jsonOf(const GroupAssignment& assignment)
{
    Json json = Json::object();
    for (const auto& [member, owned] : assignment) {
        json[member] = Json::object();
        for (const auto& [topic, partitions] : owned)
            json[member][topic] = partitions;
    }
    return json;
}

std::optional<Mismatch> replayRange(const VectorCase& testCase)
{
    for (std::size_t i = 0; i < testCase.input.size(); ++i) {
        const Json& generation = testCase.input[i];
        const GroupAssignment assignment = assignRange(membersOf(generation), topicsOf(generation));
        if (auto mismatch = compare(static_cast<std::ptrdiff_t>(i), testCase.expect.at(i).at("assigned"),
                                    jsonOf(assignment)))
            return mismatch;
    }
    return std::nullopt;
}

std::string notBuiltYet(const VectorCase& testCase)
{
    const std::string assignor = testCase.config.value("assignor", "");
    return assignor == "range" ? "" : "assignor " + assignor;
}

} // namespace

class KafkaAssignorsClient : public QObject
{
    Q_OBJECT

private slots:
    void replay_data() { file_.addRows(); }
    void replay() { file_.judge(replayRange); }
    void verdict() { file_.verdict(); }

private:
    VectorTest file_{{.path = "kafka/assignors-client.jsonl",
                      .recordedFrom = "Apache Kafka 4.4.0",
                      .minimumCases = 550,
                      .listed = {},
                      .notBuiltYet = notBuiltYet}};
};

QTEST_APPLESS_MAIN(KafkaAssignorsClient)
#include "kafka_assignors_client.moc"
