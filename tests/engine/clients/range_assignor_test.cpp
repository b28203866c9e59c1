// SPDX-License-Identifier: GPL-3.0-or-later
// The range assignor against its golden cases RNG-1 to RNG-5, and what rack awareness may and may not change.
#include "engine/base/random.h"
#include "engine/clients/range_assignor.h"

#include <QtTest>

#include <set>

using namespace tideline;

namespace {

GroupMember member(const std::string& id, const std::vector<std::string>& topics,
                   const std::string& rack = "")
{
    return {id, std::nullopt, rack, topics};
}

AssignableTopics topics(const std::map<std::string, std::int32_t>& counts)
{
    AssignableTopics result;
    for (const auto& [name, count] : counts)
        result[name].partitionCount = count;
    return result;
}

using Partitions = std::vector<std::int32_t>;

} // namespace

class RangeAssignorTest : public QObject
{
    Q_OBJECT

private slots:
    void rng1TwoTopicsTwoMembers()
    {
        const auto result = assignRange({member("C0", {"t0", "t1"}), member("C1", {"t0", "t1"})},
                                        topics({{"t0", 3}, {"t1", 3}}));
        const GroupAssignment expected = {{"C0", {{"t0", {0, 1}}, {"t1", {0, 1}}}},
                                          {"C1", {{"t0", {2}}, {"t1", {2}}}}};
        QVERIFY(result == expected);
    }

    void rng2RestGoesToTheFirst()
    {
        const std::vector<GroupMember> three = {member("A", {"t"}), member("B", {"t"}), member("C", {"t"})};
        const GroupAssignment seven = {
            {"A", {{"t", {0, 1, 2}}}}, {"B", {{"t", {3, 4}}}}, {"C", {{"t", {5, 6}}}}};
        QVERIFY(assignRange(three, topics({{"t", 7}})) == seven);
        std::vector<GroupMember> four = three;
        four.push_back(member("D", {"t"}));
        const GroupAssignment few = {
            {"A", {{"t", {0}}}}, {"B", {{"t", {1}}}}, {"C", {{"t", {2}}}}, {"D", {}}};
        QVERIFY(assignRange(four, topics({{"t", 3}})) == few);
    }

    void rng3EachTopicByItsSubscribers()
    {
        const auto result =
            assignRange({member("C0", {"t0"}), member("C1", {"t0", "t1"}), member("C2", {"t1"})},
                        topics({{"t0", 4}, {"t1", 3}}));
        const GroupAssignment expected = {
            {"C0", {{"t0", {0, 1}}}}, {"C1", {{"t0", {2, 3}}, {"t1", {0, 1}}}}, {"C2", {{"t1", {2}}}}};
        QVERIFY(result == expected);
    }

    void rng4IdsAreOrderedAsStrings()
    {
        const auto result =
            assignRange({member("c2", {"t"}), member("c10", {"t"}), member("c1", {"t"})}, topics({{"t", 4}}));
        QVERIFY(result.at("c1").at("t") == (Partitions{0, 1}));
        QVERIFY(result.at("c10").at("t") == (Partitions{2}));
        QVERIFY(result.at("c2").at("t") == (Partitions{3}));
    }

    void rng5StaticMembersComeFirst()
    {
        GroupMember fixed = member("z-mem", {"t"});
        fixed.instanceId = "i1";
        const auto result = assignRange({member("a-dyn", {"t"}), fixed}, topics({{"t", 3}}));
        QVERIFY(result.at("z-mem").at("t") == (Partitions{0, 1}));
        QVERIFY(result.at("a-dyn").at("t") == (Partitions{2}));
    }

    void topicsThatDoNotExistAreLeftOut()
    {
        const auto result = assignRange({member("A", {"gone"})}, topics({{"other", 3}}));
        QVERIFY(result == (GroupAssignment{{"A", {}}}));
    }

    void racksAreFollowedWhenReplicasAreNotEverywhere()
    {
        AssignableTopics crossed = topics({{"t", 3}});
        crossed["t"].replicaRacks = {{"r1"}, {"r2"}, {"r3"}};
        const std::vector<GroupMember> members = {member("A", {"t"}, "r3"), member("B", {"t"}, "r2"),
                                                  member("C", {"t"}, "r1")};
        const auto near = assignRange(members, crossed);
        QVERIFY(near.at("A").at("t") == (Partitions{2}));
        QVERIFY(near.at("C").at("t") == (Partitions{0}));
        crossed["t"].replicaRacks = {{"r1", "r2", "r3"}, {"r2", "r3", "r1"}, {"r3", "r1", "r2"}};
        QVERIFY(assignRange(members, crossed).at("A").at("t") == (Partitions{0}));
    }

    // Whatever the racks: every partition once, shares differ by at most one, and only among subscribers.
    void sharesStayFair()
    {
        for (std::uint64_t seed = 0; seed < 400; ++seed) {
            Random random(seed, 3);
            std::vector<GroupMember> members;
            for (std::uint64_t i = 1 + random.below(6); i > 0; --i)
                members.push_back(
                    member("m" + std::to_string(i), {"t"}, "r" + std::to_string(random.below(4))));
            AssignableTopics all = topics({{"t", static_cast<std::int32_t>(1 + random.below(12))}});
            for (std::int32_t p = 0; p < all["t"].partitionCount; ++p)
                all["t"].replicaRacks.push_back({"r" + std::to_string(random.below(4))});
            std::set<std::int32_t> seen;
            std::size_t fewest = 100;
            std::size_t most = 0;
            for (const auto& [id, owned] : assignRange(members, all)) {
                const Partitions mine = owned.count("t") ? owned.at("t") : Partitions();
                fewest = std::min(fewest, mine.size());
                most = std::max(most, mine.size());
                for (const std::int32_t partition : mine)
                    QVERIFY(seen.insert(partition).second);
            }
            QCOMPARE(seen.size(), static_cast<std::size_t>(all["t"].partitionCount));
            QVERIFY(most - fewest <= 1);
        }
    }
};

QTEST_APPLESS_MAIN(RangeAssignorTest)
#include "range_assignor_test.moc"
