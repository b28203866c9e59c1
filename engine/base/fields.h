// SPDX-License-Identifier: GPL-3.0-or-later
// One list of fields per struct, from which hash, equality and printing all come.
//
// A struct ends with TIDELINE_FIELDS(Replica, partition, leo, hw). What is in the list is hashed, compared
// and printed; kFieldCount lets a test prove that nothing is missing from it. At most 32 fields. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace tideline {

template <class T>
concept HasFields = requires { T::kFields; };

// How many fields the list has.
template <HasFields T>
inline constexpr std::size_t kFieldCount = T::kFields;

// visit(name, value) for every field, in the order of the list.
template <class T, class Visit>
    requires HasFields<std::remove_const_t<T>>
constexpr void forEachField(T& object, Visit&& visit)
{
    std::remove_const_t<T>::visitFields(object, visit);
}

// Equality by the list. Found by argument lookup, so a struct with fields needs no operator of its own.
template <HasFields T>
constexpr bool operator==(const T& a, const T& b)
{
    return T::sameFields(a, b);
}

} // namespace tideline

// The preprocessor's own recursion: TIDELINE_EACH(step, a, b) expands to step(a) step(b). The three members
// below are templates, so that a struct costs nothing where its fields are not walked; a tuple of members
// instead made half of the time in which the engine compiles.
#define TIDELINE_PARENS ()
#define TIDELINE_EXPAND(...) TIDELINE_EXPAND3(TIDELINE_EXPAND3(TIDELINE_EXPAND3(__VA_ARGS__)))
#define TIDELINE_EXPAND3(...) TIDELINE_EXPAND2(TIDELINE_EXPAND2(TIDELINE_EXPAND2(__VA_ARGS__)))
#define TIDELINE_EXPAND2(...) TIDELINE_EXPAND1(TIDELINE_EXPAND1(TIDELINE_EXPAND1(__VA_ARGS__)))
#define TIDELINE_EXPAND1(...) __VA_ARGS__
#define TIDELINE_EACH(step, ...) __VA_OPT__(TIDELINE_EXPAND(TIDELINE_EACH_STEP(step, __VA_ARGS__)))
#define TIDELINE_EACH_STEP(step, name, ...)                                                                  \
    step(name) __VA_OPT__(TIDELINE_EACH_NEXT TIDELINE_PARENS(step, __VA_ARGS__))
#define TIDELINE_EACH_NEXT() TIDELINE_EACH_STEP
#define TIDELINE_FIELD_ONE(name) +1
#define TIDELINE_FIELD_VISIT(name) visit(std::string_view(#name), object.name);
#define TIDELINE_FIELD_SAME(name) &&a.name == b.name
#define TIDELINE_FIELDS(Type, ...)                                                                           \
    static constexpr std::size_t kFields = 0 TIDELINE_EACH(TIDELINE_FIELD_ONE, __VA_ARGS__);                 \
    template <class Self, class Visit>                                                                       \
    static constexpr void visitFields([[maybe_unused]] Self& object, [[maybe_unused]] Visit& visit)          \
    {                                                                                                        \
        TIDELINE_EACH(TIDELINE_FIELD_VISIT, __VA_ARGS__)                                                     \
    }                                                                                                        \
    template <class Self>                                                                                    \
    static constexpr bool sameFields([[maybe_unused]] const Self& a, [[maybe_unused]] const Self& b)         \
    {                                                                                                        \
        return true TIDELINE_EACH(TIDELINE_FIELD_SAME, __VA_ARGS__);                                         \
    }
