// SPDX-License-Identifier: GPL-3.0-or-later
// What stands under each section of the lab tree, as selections in a fixed order. Pure functions; any thread.
#pragma once

#include "engine/lab/frame.h"
#include "model/lab_tree_model.h"

#include <vector>

namespace tideline::model {

// Internal topics such as __consumer_offsets are left out.
std::vector<Selection> labTreeItems(LabTreeSection section, const Frame& frame);
// Members of a group; empty for everything else.
std::vector<Selection> labTreeChildren(const Selection& item, const Frame& frame);

} // namespace tideline::model
