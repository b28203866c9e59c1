// SPDX-License-Identifier: GPL-3.0-or-later
// spreadLabels: places for labels at the ends of lines, each as near as possible to its line and none over
// another. Pure.
#pragma once

#include <QtGlobal>

#include <vector>

namespace tideline::widgets {

// `wanted`: the middle each label would like, px, in any order; `height` of a label; all end up within [top,
// bottom] when they fit. Answers with the middles in the order of `wanted`; labels keep the order of their
// lines.
std::vector<qreal> spreadLabels(const std::vector<qreal>& wanted, qreal height, qreal top, qreal bottom);

} // namespace tideline::widgets
