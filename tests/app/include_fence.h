// SPDX-License-Identifier: GPL-3.0-or-later
// The fence between the layers, read from the #include lines: libraries alone let too much through.
//
// app -> widgets -> model -> engine; no Qt in the engine, only QtCore classes in the model; in the engine no
// clock, no thread, no chance but base/random.h and nothing whose order is not ours.
#pragma once

#include "tests/app/source_tree.h"

namespace tideline::tests {

// One "file:line: what" for each line that breaks a rule.
QStringList fenceBreaches(const SourceFile& file);

} // namespace tideline::tests
