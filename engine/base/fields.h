// SPDX-License-Identifier: GPL-3.0-or-later
// One list of fields per struct, from which hash, equality and printing all come.
//
// A struct ends with TIDELINE_FIELDS(Replica, partition, leo, hw). What is in the list is hashed, compared and printed;
// kFieldCount lets a test prove that nothing is missing from it. At most 32 fields. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace tideline {

template <class Owner, class Type>
struct Field
{
    std::string_view name;
    Type Owner::* member;
};

template <class Owner, class Type>
constexpr Field<Owner, Type> field(std::string_view name, Type Owner::* member)
{
    return {name, member};
}

template <class T>
concept HasFields = requires { T::fields(); };

// visit(name, value) for every field, in the order of the list.
template <HasFields T, class Visit>
constexpr void forEachField(const T& object, Visit&& visit)
{
    std::apply([&](const auto&... f) { (visit(f.name, object.*(f.member)), ...); }, T::fields());
}

template <HasFields T, class Visit>
constexpr void forEachField(T& object, Visit&& visit)
{
    std::apply([&](const auto&... f) { (visit(f.name, object.*(f.member)), ...); }, T::fields());
}

// Equality by the list. Found by argument lookup, so a struct with fields needs no operator of its own.
template <HasFields T>
constexpr bool operator==(const T& a, const T& b)
{
    return std::apply([&](const auto&... f) { return ((a.*(f.member) == b.*(f.member)) && ...); }, T::fields());
}

template <HasFields T>
inline constexpr std::size_t kFieldCount = std::tuple_size_v<decltype(T::fields())>;

} // namespace tideline

// Expands to field("a", &T::a), field("b", &T::b), ... by the preprocessor's own recursion.
#define TIDELINE_PARENS ()
#define TIDELINE_EXPAND(...) TIDELINE_EXPAND3(TIDELINE_EXPAND3(TIDELINE_EXPAND3(__VA_ARGS__)))
#define TIDELINE_EXPAND3(...) TIDELINE_EXPAND2(TIDELINE_EXPAND2(TIDELINE_EXPAND2(__VA_ARGS__)))
#define TIDELINE_EXPAND2(...) TIDELINE_EXPAND1(TIDELINE_EXPAND1(TIDELINE_EXPAND1(__VA_ARGS__)))
#define TIDELINE_EXPAND1(...) __VA_ARGS__
#define TIDELINE_FIELD_STEP(Type, name, ...)                                                                                     \
    ::tideline::field(#name, &Type::name) __VA_OPT__(, TIDELINE_FIELD_NEXT TIDELINE_PARENS(Type, __VA_ARGS__))
#define TIDELINE_FIELD_NEXT() TIDELINE_FIELD_STEP
#define TIDELINE_FIELDS(Type, ...)                                                                                               \
    static constexpr auto fields() { return std::make_tuple(TIDELINE_EXPAND(TIDELINE_FIELD_STEP(Type, __VA_ARGS__))); }
