// SPDX-License-Identifier: GPL-3.0-or-later
// alter(value): changes any value of the engine's state a little, so that a test can ask who notices.
#pragma once

#include "engine/lab/world.h"
#include "tests/engine/quorum/text_records.h"

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace tideline::tests {

// A value of the type; specialised where nothing is the default.
template <class T>
T sample()
{
    return T();
}
template <>
inline MessageBody sample<MessageBody>()
{
    return MetadataRequest{};
}
template <>
inline Message sample<Message>()
{
    return Message{0, 1, 1, 0, 0, sample<MessageBody>()};
}

inline void alter(std::string& value)
{
    value += 'x';
}
inline void alter(Random& value)
{
    value.next();
}
inline void alter(Chunk& value)
{
    value = Chunk(std::string(value.bytes()) + 'x');
}
inline void alter(BrokerIds& value)
{
    value.push(1);
}
inline void alter(KeyTable& value)
{
    value.intern("x");
}
inline void alter(ProducerBatch& value)
{
    ++value.attempts;
}
inline void alter(Producer::Asked& value)
{
    value.batches.emplace_back();
}
inline void alter(RaftPayload& value)
{
    value = payload(value.get() ? TextRecords::textOf(*value.get()) + 'x' : "x");
}
inline void alter(MessageBody& value)
{
    value = HeartbeatRequest{0, "x", 1};
}

template <class T>
    requires std::is_integral_v<T>
void alter(T& value)
{
    value = static_cast<T>(value ^ T{1}); // no overflow, whatever it is
}
template <class T>
    requires std::is_enum_v<T>
void alter(T& value)
{
    value = static_cast<T>(static_cast<std::underlying_type_t<T>>(value) ^ 1);
}

template <class T>
void alter(std::vector<T>& value);
template <class T>
void alter(std::deque<T>& value);
template <class T, std::size_t N>
void alter(std::array<T, N>& value);
template <class T>
void alter(std::optional<T>& value);
template <class K, class V>
void alter(std::map<K, V>& value);
template <class K>
void alter(std::set<K>& value);
template <class A, class B>
void alter(std::pair<A, B>& value);
template <class... T>
void alter(std::variant<T...>& value);
template <class T>
void alter(Cow<T>& value);
template <class T, std::size_t N>
void alter(CowPages<T, N>& value);
template <HasFields T>
void alter(T& value);

template <class T>
void alter(std::vector<T>& value)
{
    value.push_back(sample<T>());
}
template <class T>
void alter(std::deque<T>& value)
{
    value.push_back(sample<T>());
}
template <class T, std::size_t N>
void alter(std::array<T, N>& value)
{
    alter(value[N - 1]);
}
template <class T>
void alter(std::optional<T>& value)
{
    if (value)
        value.reset();
    else
        value = sample<T>();
}
template <class K, class V>
void alter(std::map<K, V>& value)
{
    value.emplace(sample<K>(), sample<V>());
}
template <class K>
void alter(std::set<K>& value)
{
    value.insert(sample<K>());
}
template <class A, class B>
void alter(std::pair<A, B>& value)
{
    alter(value.second);
}
template <class... T>
void alter(std::variant<T...>& value)
{
    using First = std::variant_alternative_t<0, std::variant<T...>>;
    using Last = std::variant_alternative_t<sizeof...(T) - 1, std::variant<T...>>;
    if (value.index() == 0)
        value = sample<Last>();
    else
        value = sample<First>();
}
template <class T>
void alter(Cow<T>& value)
{
    alter(value.edit());
}
template <class T, std::size_t N>
void alter(CowPages<T, N>& value)
{
    value.push(sample<T>());
}
template <HasFields T>
void alter(T& value)
{
    bool first = true;
    forEachField(value, [&first](std::string_view, auto& field) {
        if (std::exchange(first, false))
            alter(field);
    });
}

} // namespace tideline::tests
