// SPDX-License-Identifier: GPL-3.0-or-later
// tideline report FILE -o report.html: the whole run as one page that stands alone.
#pragma once

#include <QString>

#include <string>

namespace tideline::app {

struct ReportOptions
{
    std::string file;
    QString output;
};

int reportCommand(const ReportOptions& options, int argc, char** argv);

} // namespace tideline::app
