// SPDX-License-Identifier: GPL-3.0-or-later
// tideline shot FILE --view V [--at T] [--size WxH] [--theme dark|light] -o x.png: one view of one moment as
// a picture.
#pragma once

#include "engine/lab/frame.h"

#include <QSize>
#include <QString>

#include <string>

namespace tideline::app {

struct ShotOptions
{
    std::string file;
    View view = View::Cluster;
    Micros at = kNever; // µs; past the end means the end
    QSize size{1600, 1000};
    QString theme = QStringLiteral("dark");
    QString output;
};

int shotCommand(const ShotOptions& options, int argc, char** argv);

} // namespace tideline::app
