// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader finds in a painted scene: one virtual child a hit region, with name, role, place and
// state.
//
// One adapter for all views, made from the scene that is shown. Call installSceneAccessibility() once before
// the first window.
#pragma once

namespace tideline::widgets {

void installSceneAccessibility();

} // namespace tideline::widgets
