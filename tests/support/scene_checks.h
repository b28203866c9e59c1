// SPDX-License-Identifier: GPL-3.0-or-later
// What is true of every scene, whatever it shows: texts do not touch each other and nothing leaves the view.
#pragma once

#include "widgets/scene/scene.h"

namespace tideline::test {

// Empty when all is well; else the first fault as a sentence.
QString overlapOfTexts(const widgets::Scene& scene, const widgets::TextMetrics& metrics);
QString outsideOfView(const widgets::Scene& scene);
// Every region has a name and is what lies at its own middle, or something inside it does.
QString faultOfRegions(const widgets::Scene& scene);

} // namespace tideline::test
