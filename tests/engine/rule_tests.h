// SPDX-License-Identifier: GPL-3.0-or-later
// Many small test classes in one program: a file ends with TIDELINE_RULE_TEST(ItsClass), rule_tests.cpp has
// main().
//
// One program a folder, because a program under the sanitizers takes longer to link than its rules to run.
// The classes run in the order of their names; the program fails when one of them does.
#pragma once

#include <QtTest>

#include <memory>

namespace tideline::tests {

using MakeTest = std::unique_ptr<QObject> (*)();

// Called before main(), by the macro.
bool addRuleTest(const char* name, MakeTest make);

} // namespace tideline::tests

#define TIDELINE_RULE_TEST(Class)                                                                            \
    static const bool added##Class = ::tideline::tests::addRuleTest(                                         \
        #Class, []() -> std::unique_ptr<QObject> { return std::make_unique<Class>(); });
