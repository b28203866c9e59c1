// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/base/error.h"

#include <cstdio>
#include <cstdlib>

namespace tideline {

void assertionFailed(const char* condition, const char* file, int line)
{
    std::fprintf(stderr, "tideline: broken invariant of the program: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

} // namespace tideline
