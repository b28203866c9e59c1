// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/check_command.h"

#include "app/exit_status.h"
#include "app/interrupt.h"
#include "app/scenario_input.h"

namespace tideline::app {

int checkCommand(const std::string& file)
{
    if (openInput(file))
        return kWell;
    return interrupted() ? kInterrupted : kBadInput;
}

} // namespace tideline::app
