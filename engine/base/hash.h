// SPDX-License-Identifier: GPL-3.0-or-later
// Hasher: feeds values into XXH3 (64 bits) field by field, in the order of their field lists.
//
// Everything is fed as 64-bit little-endian words, sizes before contents, so that the hash is the same on
// every machine and neighbouring fields cannot trade places unseen. A plain value; one thread at a time.
#pragma once

#include "engine/base/cow.h"
#include "engine/base/fields.h"
#include "engine/base/random.h"

#include <array>
#include <cstdint>
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

namespace tideline {

class Hasher
{
public:
    explicit Hasher(std::uint64_t seed = 0)
        : state_(seed)
    {}

    // The sink interface: hasher(word).
    void operator()(std::uint64_t word)
    {
        words_[count_++] = word;
        if (count_ == words_.size())
            flush();
    }
    void bytes(std::string_view bytes);
    // The hash of what was fed so far; feeding may go on.
    std::uint64_t digest();

private:
    void flush();

    std::array<std::uint64_t, 128> words_;
    std::size_t count_ = 0;
    std::uint64_t state_;
};

// The hash of one run of bytes.
std::uint64_t hashBytes(std::string_view bytes, std::uint64_t seed = 0);

template <class T>
    requires std::is_integral_v<T> || std::is_enum_v<T>
void hashValue(Hasher& hasher, T value)
{
    hasher(static_cast<std::uint64_t>(value));
}
inline void hashValue(Hasher& hasher, const std::string& value)
{
    hasher.bytes(value);
}
inline void hashValue(Hasher& hasher, const Random& value)
{
    for (const std::uint64_t word : value.state())
        hasher(word);
}

template <class T>
concept HashesItself = requires(const T& value, Hasher& hasher) { value.hashInto(hasher); };

template <HashesItself T>
void hashValue(Hasher& hasher, const T& value)
{
    value.hashInto(hasher);
}

template <class T>
    requires(HasFields<T> && !HashesItself<T>)
void hashValue(Hasher& hasher, const T& value);
template <class T>
void hashValue(Hasher& hasher, const std::vector<T>& values);
template <class T>
void hashValue(Hasher& hasher, const std::deque<T>& values);
template <class T, std::size_t N>
void hashValue(Hasher& hasher, const std::array<T, N>& values);
template <class T>
void hashValue(Hasher& hasher, const std::optional<T>& value);
template <class A, class B>
void hashValue(Hasher& hasher, const std::pair<A, B>& value);
template <class... T>
void hashValue(Hasher& hasher, const std::variant<T...>& value);
template <class K, class V>
void hashValue(Hasher& hasher, const std::map<K, V>& values);
template <class K>
void hashValue(Hasher& hasher, const std::set<K>& values);
template <class T>
void hashValue(Hasher& hasher, const Cow<T>& value);
template <class T, std::size_t N>
void hashValue(Hasher& hasher, const CowPages<T, N>& values);

template <class T>
    requires(HasFields<T> && !HashesItself<T>)
void hashValue(Hasher& hasher, const T& value)
{
    forEachField(value, [&hasher](std::string_view, const auto& field) { hashValue(hasher, field); });
}

template <class T>
void hashValue(Hasher& hasher, const std::vector<T>& values)
{
    hasher(values.size());
    for (const T& value : values)
        hashValue(hasher, value);
}

template <class T>
void hashValue(Hasher& hasher, const std::deque<T>& values)
{
    hasher(values.size());
    for (const T& value : values)
        hashValue(hasher, value);
}

template <class T, std::size_t N>
void hashValue(Hasher& hasher, const std::array<T, N>& values)
{
    for (const T& value : values)
        hashValue(hasher, value);
}

template <class T>
void hashValue(Hasher& hasher, const std::optional<T>& value)
{
    hasher(value ? 1U : 0U);
    if (value)
        hashValue(hasher, *value);
}

template <class A, class B>
void hashValue(Hasher& hasher, const std::pair<A, B>& value)
{
    hashValue(hasher, value.first);
    hashValue(hasher, value.second);
}

template <class... T>
void hashValue(Hasher& hasher, const std::variant<T...>& value)
{
    hasher(value.index());
    std::visit([&hasher](const auto& alternative) { hashValue(hasher, alternative); }, value);
}

template <class K, class V>
void hashValue(Hasher& hasher, const std::map<K, V>& values)
{
    hasher(values.size());
    for (const auto& [key, value] : values) {
        hashValue(hasher, key);
        hashValue(hasher, value);
    }
}

template <class K>
void hashValue(Hasher& hasher, const std::set<K>& values)
{
    hasher(values.size());
    for (const K& value : values)
        hashValue(hasher, value);
}

template <class T>
void hashValue(Hasher& hasher, const Cow<T>& value)
{
    hashValue(hasher, value.read());
}

template <class T, std::size_t N>
void hashValue(Hasher& hasher, const CowPages<T, N>& values)
{
    hasher(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        hashValue(hasher, values[i]);
}

} // namespace tideline
