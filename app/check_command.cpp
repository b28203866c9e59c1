// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/check_command.h"

#include "app/exit_status.h"
#include "app/scenario_input.h"

namespace tideline::app {

int checkCommand(const std::string& file)
{
    return openInput(file) ? kWell : kBadInput;
}

} // namespace tideline::app
