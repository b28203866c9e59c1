// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/say.h"

#include <cstdio>

namespace tideline::app {

void sayWrong(const std::string& sentence)
{
    std::fprintf(stderr, "tideline: %s\n", sentence.c_str());
}

void sayAside(const std::string& sentence)
{
    sayWrong(sentence);
}

bool sayResult(const std::string& text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0)
        return true;
    sayWrong("the result cannot be written to standard output; write it to a place that has room");
    return false;
}

} // namespace tideline::app
