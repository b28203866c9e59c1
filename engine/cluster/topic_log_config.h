// SPDX-License-Identifier: GPL-3.0-or-later
// How a topic's log is configured, as text of the metadata log and as the numbers that a broker works with.
//
// The nearest level that sets a key wins: the topic, else what the brokers were started with. Pure functions;
// any thread.
#pragma once

#include "engine/cluster/topic_configs.h"
#include "engine/log/log_config.h"

#include <string>
#include <utility>
#include <vector>

namespace tideline {

// What of `topic` differs from `server`, as a topic's creation says it: key and value.
std::vector<std::pair<std::string, std::string>> logConfigTexts(const LogConfig& topic,
                                                                const LogConfig& server);

// What holds for the topic's logs. A value that is none is left at the server's.
LogConfig logConfigOf(const control::TopicConfigs& configs, TopicIndex topic, const LogConfig& server);

} // namespace tideline
