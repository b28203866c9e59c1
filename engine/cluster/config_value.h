// SPDX-License-Identifier: GPL-3.0-or-later
// Topic configuration: which keys there are and which values they take (Kafka 4.4's LogConfig).
//
// The tiered-storage keys are known, so that they are not called unknown; nothing follows from them. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tideline::control {

inline const std::string kMinInsyncReplicas = "min.insync.replicas";
inline const std::string kUncleanLeaderElection = "unclean.leader.election.enable";

bool isTopicConfig(const std::string& key);

// Why a topic cannot have this value for this key, in Kafka's words (INVALID_CONFIG); empty when it can.
std::string topicConfigFault(const std::string& key, const std::string& value);

// As Java's Integer.parseInt and Long.parseLong read it after trimming; none when it is not a number or does
// not fit.
std::optional<std::int64_t> parseInt64(std::string_view text);

// A number from 0 to 1, in millionths; none when it is no such number.
std::optional<std::int32_t> parseMillionths(std::string_view text);

// true or false in any case; none otherwise.
std::optional<bool> parseBoolean(std::string_view text);

} // namespace tideline::control
