// SPDX-License-Identifier: GPL-3.0-or-later
// Texts against golden files: what a review reads as a diff.
#pragma once

#include <QString>

namespace tideline::test {

// Empty when `actual` is the content of `path` (below the source tree); else one sentence with the first line
// that differs. TIDELINE_UPDATE_GOLDEN=1 writes the file instead; a missing file is a failure.
QString checkGolden(const QString& actual, const QString& path);

} // namespace tideline::test
