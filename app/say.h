// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says on the terminal: results on standard output, everything else on standard error.
#pragma once

#include <string>

namespace tideline::app {

// "tideline: <sentence>" on standard error: something is wrong and the person can mend it.
void sayWrong(const std::string& sentence);
// The same, for what is worth knowing.
void sayAside(const std::string& sentence);
// A result on standard output, as it is; false (and said) when it cannot be written, as on a full disk.
bool sayResult(const std::string& text);

} // namespace tideline::app
