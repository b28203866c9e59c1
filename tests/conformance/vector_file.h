// SPDX-License-Identifier: GPL-3.0-or-later
// A file of recorded vectors, and the rules by which a test holds the engine against it.
//
// A file is JSON Lines: line 1 says where it was recorded, each further line is one case. It is read from
// tests/vectors/, or from the folder named in TIDELINE_VECTORS with the same relative paths. From our own
// folder every case must pass, except the listed differences, which must fail; the file must be there and
// must have its known number of cases. From a foreign folder an absent file is no failure and max(1 case, 2
// %) of the cases may fail. A case that needs a feature that is not built yet is told from its `config`,
// counted and printed. Belongs to one test program; one thread.
//
// A test class owns a VectorTest and has three slots: replay_data() calls addRows(), replay() calls judge(),
// verdict() calls verdict(). A single case is run with `test_name replay:ID`.
#pragma once

#include <nlohmann/json.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tideline::vectors {

using Json = nlohmann::json;

// One line of the file.
struct VectorCase
{
    std::string id;
    Json config;
    Json input; // or the steps of a running cluster, which hold their outcomes too
    Json expect;
};

// A case that is known to differ, and why that is accepted.
struct ListedDifference
{
    std::string id;
    std::string reason;
};

struct VectorFileRules
{
    // Relative to the vector folder, as in "kafka/partitioner.jsonl".
    std::string path;
    // What line 1 must say, as in "Apache Kafka 4.4.0".
    std::string recordedFrom;
    // Fewer cases than this in our own folder is a failure: the file has been cut.
    std::size_t minimumCases = 1;
    // Besides those that resources/simplified.json lists for this path: the page that the program shows.
    std::vector<ListedDifference> listed;
    // Names the feature that this case needs and that is not built yet; empty when there is none. May be
    // null: everything is built.
    std::function<std::string(const VectorCase&)> notBuiltYet;
};

// Where a case first differs from what was recorded.
struct Mismatch
{
    // Index of the input entry whose outcome differs; -1 when the case has one outcome as a whole.
    std::ptrdiff_t entry = -1;
    // Path of the first differing key and both values, as in "records[2].ts: expected 5, got 6".
    std::string difference;
};

// The first key, depth first in key order, at which two values differ; none when they are equal. Each side is
// cut to 400 characters.
std::optional<std::string> firstDifference(const Json& expected, const Json& actual);

// firstDifference as the outcome of input entry `entry`.
std::optional<Mismatch> compare(std::ptrdiff_t entry, const Json& expected, const Json& actual);

// Takes the inputs one after the other: the first whose outcome step(input) differs from what was recorded
// for it.
std::optional<Mismatch> compareEach(const Json& inputs, const Json& expected,
                                    const std::function<Json(const Json&)>& step);

// What `text` says in hexadecimal, two digits a byte; the vectors write all bytes so.
std::string fromHex(const std::string& text);
std::string toHex(const std::string& bytes);

// One file and what came of its cases.
class VectorTest
{
public:
    explicit VectorTest(VectorFileRules rules);

    // Adds the column "index" and a row a case that is built; fails the test when the file does not obey its
    // rules.
    void addRows();
    // Replays the case of the current row. A difference fails the row (in a foreign folder: it is printed and
    // counted).
    void judge(const std::function<std::optional<Mismatch>(const VectorCase&)>& replay);
    // Prints the count of cases not built yet and judges the file as a whole.
    void verdict();

private:
    bool load();
    bool readLine(const std::string& line, std::size_t number);
    std::string describe(const VectorCase& testCase, const Mismatch& mismatch) const;
    const ListedDifference* listed(const std::string& id) const;

    VectorFileRules rules_;
    std::string file_;
    bool foreign_ = false;
    bool absent_ = false;
    std::vector<VectorCase> cases_;
    std::map<std::string, std::size_t> notBuilt_;
    std::vector<std::string> failed_;
};

} // namespace tideline::vectors
