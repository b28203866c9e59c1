// SPDX-License-Identifier: GPL-3.0-or-later
// Topic names: which are legal, and which two cannot exist together.
//
// A name has 1 to 249 characters out of ASCII letters, digits, '.', '_' and '-', and is neither "." nor "..".
// Names that differ only in '.' and '_' collide, because a metric's name writes both the same way. Pure
// functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace tideline::control {

// Why the name is not legal, in Kafka's words (INVALID_TOPIC_EXCEPTION); empty when it is.
std::string topicNameFault(std::string_view name);

// Why an admin client does not even send the name (INVALID_TOPIC_EXCEPTION); empty when it does.
std::string unsendableTopicName(std::string_view name);

// Names collide when this is the same for both; empty when the name can collide with none.
std::string collisionKey(std::string_view name);

} // namespace tideline::control
