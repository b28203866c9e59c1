// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/cluster/topic_name.h"

#include <algorithm>

namespace tideline::control {

namespace {

constexpr std::size_t kLongestName = 249;

bool legal(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

std::string quoted(std::string_view name)
{
    return "'" + std::string(name) + "'";
}

} // namespace

std::string topicNameFault(std::string_view name)
{
    const std::string place = "Topic name is invalid: ";
    if (name.empty())
        return place + "the empty string is not allowed";
    if (name == "." || name == "..")
        return place + quoted(name) + " is not allowed";
    if (name.size() > kLongestName) {
        return place + "the length of " + quoted(name) + " is longer than the max allowed length " +
               std::to_string(kLongestName);
    }
    if (!std::all_of(name.begin(), name.end(), legal)) {
        return place + quoted(name) +
               " contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'";
    }
    return {};
}

std::string unsendableTopicName(std::string_view name)
{
    if (!name.empty())
        return {};
    return "The given topic name " + quoted(name) + " cannot be represented in a request.";
}

std::string collisionKey(std::string_view name)
{
    if (name.find_first_of("._") == std::string_view::npos)
        return {};
    std::string key(name);
    std::replace(key.begin(), key.end(), '.', '_');
    return key;
}

} // namespace tideline::control
