// SPDX-License-Identifier: GPL-3.0-or-later
// main() of tests that paint: offscreen, the bundled fonts, nobody's settings, and any Qt warning is a
// failure.
#pragma once

#include <QObject>

#include <memory>

namespace tideline::test {

// Runs the test object as QTest::qExec() does, and fails as well when Qt warned about anything. The object is
// made after the application and goes before it, so that it may hold widgets.
int runGuiTest(int argc, char** argv, std::unique_ptr<QObject> (*make)());

} // namespace tideline::test

#define TIDELINE_GUI_TEST_MAIN(TestClass)                                                                    \
    int main(int argc, char** argv)                                                                          \
    {                                                                                                        \
        return tideline::test::runGuiTest(                                                                   \
            argc, argv, []() -> std::unique_ptr<QObject> { return std::make_unique<TestClass>(); });         \
    }
