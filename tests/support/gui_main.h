// SPDX-License-Identifier: GPL-3.0-or-later
// main() of tests that paint: offscreen, the bundled fonts, nobody's settings, and any Qt warning is a failure.
#pragma once

class QObject;

namespace tideline::test {

// Runs the test object as QTest::qExec() does, and fails as well when Qt warned about anything.
int runGuiTest(int argc, char** argv, QObject& (*make)());

} // namespace tideline::test

#define TIDELINE_GUI_TEST_MAIN(TestClass)                                                                      \
    int main(int argc, char** argv)                                                                            \
    {                                                                                                          \
        return tideline::test::runGuiTest(argc, argv, []() -> QObject& {                                      \
            static TestClass test;                                                                            \
            return test;                                                                                       \
        });                                                                                                    \
    }
