// SPDX-License-Identifier: GPL-3.0-or-later
// One list of fields per struct, from which hash, equality and printing all come.
//
// A struct says `static constexpr auto fields() { return fieldList(field("leo", &Replica::leo), ...); }`. What is in the list is
// hashed, compared and printed; kFieldCount lets a test prove that nothing is missing from it. Pure; any thread.
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

template <class... F>
constexpr std::tuple<F...> fieldList(F... list)
{
    return {list...};
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

template <HasFields T>
constexpr bool fieldsEqual(const T& a, const T& b)
{
    return std::apply([&](const auto&... f) { return ((a.*(f.member) == b.*(f.member)) && ...); }, T::fields());
}

template <HasFields T>
inline constexpr std::size_t kFieldCount = std::tuple_size_v<decltype(T::fields())>;

} // namespace tideline
