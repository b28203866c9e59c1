// SPDX-License-Identifier: GPL-3.0-or-later
// A QApplication that draws without a screen, always the same way; for subcommands that write pictures.
#pragma once

#include <QApplication>

namespace tideline::app {

class OffscreenApplication
{
public:
    OffscreenApplication(int& argc, char** argv);

private:
    QApplication application_;
};

} // namespace tideline::app
