// SPDX-License-Identifier: GPL-3.0-or-later
// Result<T>: a value, or one sentence that says why there is none.
//
// Bad input is an Error, never an exception that leaves the engine and never an assertion. The sentence names
// place, value, rule and remedy. Invariants of our own code are TIDELINE_ASSERT, which stays on in release
// builds. Any thread.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace tideline {

struct Error
{
    std::string sentence;
};

template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value)
        : state_(std::move(value))
    {}
    Result(Error error)
        : state_(std::move(error))
    {}

    bool ok() const { return std::holds_alternative<T>(state_); }
    T& value() { return std::get<T>(state_); }
    const T& value() const { return std::get<T>(state_); }
    const Error& error() const { return std::get<Error>(state_); }

private:
    std::variant<T, Error> state_;
};

// Prints place and condition to standard error and aborts: the program has a bug and must not go on with a
// wrong state.
[[noreturn]] void assertionFailed(const char* condition, const char* file, int line);

} // namespace tideline

#define TIDELINE_ASSERT(condition)                                                                           \
    (static_cast<bool>(condition) ? static_cast<void>(0)                                                     \
                                  : ::tideline::assertionFailed(#condition, __FILE__, __LINE__))
