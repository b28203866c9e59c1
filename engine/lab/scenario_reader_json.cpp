// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/lab/scenario_reader_json.h"

#include "engine/lab/scenario_keys_nearest.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <list>
#include <set>

namespace tideline {

namespace {

std::string lineAndColumn(std::string_view text, std::size_t position)
{
    const std::string_view before = text.substr(0, std::min(position, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
    return "line " + std::to_string(line) + ", column " +
           std::to_string(std::max<std::size_t>(before.size() - lineStart, 1));
}

// nlohmann-json's own message without its tag, its position (ours counts bytes) and the text it last read
// (which may be broken).
std::string syntaxReason(std::string message)
{
    const std::size_t start = message.find("syntax error ");
    if (start == std::string::npos)
        return "number out of range";
    message.erase(0, start + std::string_view("syntax error ").size());
    if (const std::size_t lastRead = message.find("; last read:"); lastRead != std::string::npos) {
        const std::size_t expected = message.rfind("; expected ");
        message =
            message.substr(0, lastRead) +
            (expected != std::string::npos && expected > lastRead ? message.substr(expected) : std::string());
    }
    std::replace(message.begin(), message.end(), ';', ',');
    return message;
}

class TreeBuilder : public nlohmann::json_sax<nlohmann::json>
{
public:
    explicit TreeBuilder(std::string_view text)
        : text_(text)
    {}

    JsonNode& root() { return root_; }
    const std::string& sentence() const { return sentence_; }

    bool null() override { return add(JsonNode{}) != nullptr; }
    bool boolean(bool value) override
    {
        JsonNode* node = add(JsonNode{});
        if (node) {
            node->kind = JsonNode::Kind::Flag;
            node->flag = value;
        }
        return node != nullptr;
    }
    bool number_integer(number_integer_t value) override
    {
        return addText(JsonNode::Kind::Number, std::to_string(value));
    }
    bool number_unsigned(number_unsigned_t value) override
    {
        return addText(JsonNode::Kind::Number, std::to_string(value));
    }
    bool number_float(number_float_t, const string_t& written) override
    {
        return addText(JsonNode::Kind::Number, written);
    }
    bool string(string_t& value) override { return addText(JsonNode::Kind::Text, std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(JsonNode::Kind::Object); }
    bool start_array(std::size_t) override { return open(JsonNode::Kind::List); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override
    {
        key_ = std::move(name);
        // A linear look-up would make an object with very many keys cost their square.
        skipNext_ = !open_.back().seen.insert(key_).second;
        if (skipNext_)
            open_.back().node->repeated.push_back(key_);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::json::exception& error) override
    {
        sentence_ = lineAndColumn(text_, position) + ": the text is not JSON (" + syntaxReason(error.what()) +
                    "); correct it there";
        return false;
    }

private:
    struct Open
    {
        JsonNode* node = nullptr;
        std::set<std::string, std::less<>> seen;
    };

    // Where the next value goes: the root, the end of a list, the member just named, or nowhere that stays (a
    // repeated key).
    JsonNode* add(JsonNode node)
    {
        if (++values_ > kMostScenarioValues) {
            sentence_ = "scenario: it has more than " + std::to_string(kMostScenarioValues) +
                        " values, more than a scenario may have; make it smaller";
            return nullptr;
        }
        if (open_.empty()) {
            root_ = std::move(node);
            return &root_;
        }
        JsonNode& parent = *open_.back().node;
        if (parent.isList())
            return &parent.items.emplace_back(std::move(node));
        if (skipNext_) {
            skipNext_ = false;
            return &dropped_.emplace_back(std::move(node));
        }
        return &parent.members.emplace_back(JsonMember{key_, std::move(node)}).value;
    }

    bool addText(JsonNode::Kind kind, std::string text)
    {
        JsonNode* node = add(JsonNode{});
        if (!node)
            return false;
        node->kind = kind;
        node->text = std::move(text);
        return true;
    }

    bool open(JsonNode::Kind kind)
    {
        if (open_.size() == kDeepestScenario) {
            sentence_ = "scenario: it nests objects and lists deeper than " +
                        std::to_string(kDeepestScenario) +
                        " levels, deeper than a scenario needs; make it flatter";
            return false;
        }
        JsonNode* node = add(JsonNode{});
        if (!node)
            return false;
        node->kind = kind;
        open_.push_back(Open{node, {}});
        return true;
    }

    bool close()
    {
        open_.pop_back();
        return true;
    }

    std::string_view text_;
    JsonNode root_;
    std::vector<Open> open_;
    std::list<JsonNode> dropped_; // values of repeated keys; a list, so that an open one does not move
    std::string key_;
    bool skipNext_ = false;
    std::size_t values_ = 0;
    std::string sentence_;
};

} // namespace

const JsonNode* JsonNode::find(std::string_view key) const
{
    for (const JsonMember& member : members) {
        if (member.key == key)
            return &member.value;
    }
    return nullptr;
}

std::string JsonNode::shown() const
{
    switch (kind) {
    case Kind::Null:
        return "null";
    case Kind::Flag:
        return flag ? "true" : "false";
    case Kind::Number:
        return text.size() <= 40 ? text : text.substr(0, 40) + "...";
    case Kind::Text:
        return inQuotes(text);
    case Kind::List:
        return items.empty() ? "[]" : "(a list)";
    case Kind::Object:
        return members.empty() ? "{}" : "(an object)";
    }
    return {};
}

Result<JsonNode> parseJson(std::string_view text)
{
    if (text.size() > kLargestScenario)
        return Error{"scenario: its " + std::to_string(text.size()) + " bytes are more than the " +
                     std::to_string(kLargestScenario) + " (16 MB) that a scenario may have; make it smaller"};
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return Error{R"(scenario: the file is empty; a scenario is at least { "tideline": 1 })"};
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) // would end the text
        return Error{lineAndColumn(text, zero) +
                     ": there is a zero byte, which no text has; save the file as UTF-8 text"};
    TreeBuilder builder(text);
    if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder))
        return Error{builder.sentence()};
    return std::move(builder.root());
}

} // namespace tideline
