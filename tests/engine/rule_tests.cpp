// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/engine/rule_tests.h"

#include <map>
#include <string>

namespace tideline::tests {

namespace {

std::map<std::string, MakeTest>& ruleTests()
{
    static std::map<std::string, MakeTest> tests;
    return tests;
}

} // namespace

bool addRuleTest(const char* name, MakeTest make)
{
    return ruleTests().emplace(name, make).second;
}

} // namespace tideline::tests

int main(int argc, char** argv)
{
    int failed = 0;
    for (const auto& [name, make] : tideline::tests::ruleTests())
        failed += QTest::qExec(make().get(), argc, argv);
    return failed;
}
