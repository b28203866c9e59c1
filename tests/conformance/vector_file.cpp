// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/conformance/vector_file.h"

#include <QtTest>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <utility>

namespace tideline::vectors {
namespace {

std::string shortened(const Json& value)
{
    constexpr std::size_t kLongest = 400;
    std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
    if (text.size() > kLongest)
        text = text.substr(0, kLongest) + "… (" + std::to_string(text.size()) + " characters)";
    return text;
}

std::string named(const std::string& path)
{
    return path.empty() ? "the whole value" : path;
}

std::string differs(const std::string& path, const std::string& expected, const std::string& actual)
{
    return named(path) + ": expected " + expected + ", got " + actual;
}

std::optional<std::string> differenceAt(const std::string& path, const Json& expected, const Json& actual)
{
    if (expected == actual)
        return std::nullopt;
    if (expected.is_object() && actual.is_object()) {
        std::set<std::string> keys;
        for (const auto& item : expected.items())
            keys.insert(item.key());
        for (const auto& item : actual.items())
            keys.insert(item.key());
        for (const std::string& key : keys) {
            const std::string below = path.empty() ? key : path + "." + key;
            if (!expected.contains(key))
                return differs(below, "nothing", shortened(actual[key]));
            if (!actual.contains(key))
                return differs(below, shortened(expected[key]), "nothing");
            if (auto found = differenceAt(below, expected[key], actual[key]))
                return found;
        }
    }
    if (expected.is_array() && actual.is_array()) {
        for (std::size_t i = 0; i < std::min(expected.size(), actual.size()); ++i) {
            if (auto found = differenceAt(path + "[" + std::to_string(i) + "]", expected[i], actual[i]))
                return found;
        }
        return differs(named(path) + " (length)", std::to_string(expected.size()),
                       std::to_string(actual.size()));
    }
    return differs(path, shortened(expected), shortened(actual));
}

// What a file of this many cases may get wrong: max(1 case, 2 %).
std::size_t allowance(std::size_t cases)
{
    return std::max<std::size_t>(1, cases / 50);
}

void fail(const std::string& sentence)
{
    QTest::qFail(sentence.c_str(), __FILE__, __LINE__);
}

using Replay = std::function<std::optional<Mismatch>(const VectorCase&)>;

// A foreign case may lack a key or have one of another type: then it differs, and the others are still
// replayed.
std::optional<Mismatch> replayed(const VectorCase& testCase, const Replay& replay)
{
    try {
        return replay(testCase);
    } catch (const Json::exception& problem) {
        return Mismatch{-1, std::string("the case does not have the form of its file: ") + problem.what()};
    }
}

} // namespace

std::optional<std::string> firstDifference(const Json& expected, const Json& actual)
{
    return differenceAt("", expected, actual);
}

std::optional<Mismatch> compare(std::ptrdiff_t entry, const Json& expected, const Json& actual)
{
    if (auto difference = firstDifference(expected, actual))
        return Mismatch{entry, *difference};
    return std::nullopt;
}

std::optional<Mismatch> compareEach(const Json& inputs, const Json& expected,
                                    const std::function<Json(const Json&)>& step)
{
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (auto mismatch = compare(static_cast<std::ptrdiff_t>(i), expected.at(i), step(inputs[i])))
            return mismatch;
    }
    return std::nullopt;
}

std::string fromHex(const std::string& text)
{
    return QByteArray::fromHex(QByteArray::fromStdString(text)).toStdString();
}

std::string toHex(const std::string& bytes)
{
    return QByteArray::fromStdString(bytes).toHex().toStdString();
}

// What the program itself lists for this file on its page of what is simplified.
static std::vector<ListedDifference> listedOnThePage(const std::string& path)
{
    std::vector<ListedDifference> listed;
    std::ifstream in(TIDELINE_SOURCE_DIR "/resources/simplified.json");
    const Json page = Json::parse(in, nullptr, false);
    if (!page.is_object())
        return listed;
    for (const Json& part : page.at("parts")) {
        for (const Json& entry : part.at("entries")) {
            for (const Json& id : entry.value("cases", Json::object()).value(path, Json::array()))
                listed.push_back({id.get<std::string>(), entry.at("text").get<std::string>()});
        }
    }
    return listed;
}

VectorTest::VectorTest(VectorFileRules rules)
    : rules_(std::move(rules))
{
    for (ListedDifference& difference : listedOnThePage(rules_.path))
        rules_.listed.push_back(std::move(difference));
    const char* folder = std::getenv("TIDELINE_VECTORS");
    foreign_ = folder && *folder;
    file_ = (foreign_ ? std::string(folder) : std::string(TIDELINE_SOURCE_DIR "/tests/vectors")) + "/" +
            rules_.path;
}

bool VectorTest::readLine(const std::string& line, std::size_t number)
{
    const std::string place = file_ + ":" + std::to_string(number);
    const Json value = Json::parse(line, nullptr, false);
    if (!value.is_object()) {
        fail(place + ": the line is no JSON object");
        return false;
    }
    if (number == 1) {
        const std::string recorded = value.value("recorded_from", "");
        // Some files go on about the classes that ran: the version is what they begin with.
        if (recorded.compare(0, rules_.recordedFrom.size(), rules_.recordedFrom) == 0)
            return true;
        fail(place + ": recorded_from is \"" + recorded + "\"; this test expects \"" + rules_.recordedFrom +
             "\"");
        return false;
    }
    if (!value.contains("id") || !value["id"].is_string()) {
        fail(place + ": the case has no id");
        return false;
    }
    // What was recorded from a running cluster keeps each input and its outcome together, as a step.
    cases_.push_back({value["id"].get<std::string>(), value.value("config", Json::object()),
                      value.value("input", value.value("steps", Json())), value.value("expect", Json())});
    return true;
}

bool VectorTest::load()
{
    cases_.clear();
    notBuilt_.clear();
    failed_.clear();
    std::ifstream in(file_);
    if (!in) {
        absent_ = foreign_;
        if (!foreign_)
            fail(file_ + ": the file cannot be read");
        return foreign_;
    }
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && !readLine(line, number))
            return false;
    }
    if (cases_.size() < (foreign_ ? 1 : rules_.minimumCases)) {
        fail(file_ + ": " + std::to_string(cases_.size()) + " cases; at least " +
             std::to_string(rules_.minimumCases) + " are known: restore the file");
        return false;
    }
    return true;
}

void VectorTest::addRows()
{
    QTest::addColumn<int>("index");
    if (!load() || absent_) {
        QTest::newRow("no file") << -1;
        return;
    }
    std::set<std::string> seen;
    std::size_t rows = 0;
    for (std::size_t i = 0; i < cases_.size(); ++i) {
        const VectorCase& testCase = cases_[i];
        if (!seen.insert(testCase.id).second)
            fail(file_ + ": the id " + testCase.id + " is there twice");
        const std::string feature = rules_.notBuiltYet ? rules_.notBuiltYet(testCase) : std::string();
        if (!feature.empty()) {
            ++notBuilt_[feature];
            continue;
        }
        QTest::newRow(testCase.id.c_str()) << static_cast<int>(i);
        ++rows;
    }
    if (rows == 0)
        QTest::newRow("nothing built") << -1;
}

const ListedDifference* VectorTest::listed(const std::string& id) const
{
    if (foreign_)
        return nullptr;
    const auto found = std::find_if(rules_.listed.begin(), rules_.listed.end(),
                                    [&](const ListedDifference& difference) { return difference.id == id; });
    return found == rules_.listed.end() ? nullptr : &*found;
}

std::string VectorTest::describe(const VectorCase& testCase, const Mismatch& mismatch) const
{
    constexpr std::ptrdiff_t kEntriesBefore = 3;
    std::string text =
        "case " + testCase.id + " of " + rules_.path + "\n  config " + shortened(testCase.config);
    if (testCase.input.is_array()) {
        const auto last = std::min<std::ptrdiff_t>(mismatch.entry, std::ssize(testCase.input) - 1);
        for (std::ptrdiff_t i = std::max<std::ptrdiff_t>(0, last - kEntriesBefore); i <= last; ++i)
            text += "\n  input[" + std::to_string(i) + "] " +
                    shortened(testCase.input[static_cast<std::size_t>(i)]);
    }
    return text + "\n  " + mismatch.difference;
}

void VectorTest::judge(const std::function<std::optional<Mismatch>(const VectorCase&)>& replay)
{
    QFETCH(int, index);
    if (index < 0) {
        if (absent_)
            qInfo("%s is absent from TIDELINE_VECTORS: nothing to hold against", rules_.path.c_str());
        return;
    }
    const VectorCase& testCase = cases_[static_cast<std::size_t>(index)];
    const std::optional<Mismatch> mismatch = replayed(testCase, replay);
    const ListedDifference* difference = listed(testCase.id);
    if (!mismatch) {
        if (difference)
            fail("case " + testCase.id + " passes: take it off the list of differences (\"" +
                 difference->reason + "\")");
        return;
    }
    const std::string text = describe(testCase, *mismatch);
    if (difference) {
        qInfo("listed difference: %s\n%s", difference->reason.c_str(), text.c_str());
    } else if (foreign_) {
        failed_.push_back(testCase.id);
        qInfo("%s", text.c_str());
    } else {
        fail(text);
    }
}

void VectorTest::verdict()
{
    for (const auto& [feature, count] : notBuilt_)
        qInfo("%s: %zu of %zu cases not built yet: %s", rules_.path.c_str(), count, cases_.size(),
              feature.c_str());
    const std::size_t allowed = allowance(cases_.size());
    if (!foreign_ && rules_.listed.size() > allowed)
        fail(rules_.path + ": " + std::to_string(rules_.listed.size()) + " listed differences; at most " +
             std::to_string(allowed) + " are allowed");
    for (const ListedDifference& difference : rules_.listed) {
        const bool known = std::any_of(cases_.begin(), cases_.end(), [&](const VectorCase& testCase) {
            return testCase.id == difference.id;
        });
        if (!foreign_ && !cases_.empty() && !known)
            fail(rules_.path + ": the listed difference " + difference.id + " names no case");
    }
    std::string ids;
    for (const std::string& id : failed_)
        ids += " " + id;
    if (!ids.empty())
        qInfo("%s: %zu of %zu cases differ:%s", rules_.path.c_str(), failed_.size(), cases_.size(),
              ids.c_str());
    if (failed_.size() > allowed)
        fail(rules_.path + ": " + std::to_string(failed_.size()) + " cases differ, at most " +
             std::to_string(allowed) + " may:" + ids);
}

} // namespace tideline::vectors
