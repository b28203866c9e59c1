// SPDX-License-Identifier: GPL-3.0-or-later
// JSON as a scenario needs it: members in the order written, keys written twice still visible, numbers as
// they were written.
//
// Hostile input is bounded before anything is built: 16 MB, 64 levels, a million values. Plain values; any
// thread.
#pragma once

#include "engine/base/error.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tideline {

inline constexpr std::size_t kLargestScenario = 16 * 1024 * 1024; // bytes
inline constexpr std::size_t kDeepestScenario = 64;               // objects and lists inside each other
inline constexpr std::size_t kMostScenarioValues = 1'000'000;

struct JsonMember;

struct JsonNode
{
    enum class Kind : std::uint8_t { Null, Flag, Number, Text, List, Object };

    Kind kind = Kind::Null;
    bool flag = false;
    std::string text; // Text: its characters; Number: its digits, so that nothing is rounded
    std::vector<JsonNode> items;
    std::vector<JsonMember> members;   // in the order written; of a repeated key only the first
    std::vector<std::string> repeated; // keys that were written more than once

    bool isObject() const { return kind == Kind::Object; }
    bool isList() const { return kind == Kind::List; }
    bool isText() const { return kind == Kind::Text; }
    // nullptr when there is no such member.
    const JsonNode* find(std::string_view key) const;
    // As a sentence shows it: "text" in quotes, a number, true, null, (an object), (a list).
    std::string shown() const;
};

struct JsonMember
{
    std::string key;
    JsonNode value;
};

// The error names line and column, both from 1, columns in bytes.
Result<JsonNode> parseJson(std::string_view text);

} // namespace tideline
