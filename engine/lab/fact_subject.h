// SPDX-License-Identifier: GPL-3.0-or-later
// subjectOf: the thing that a fact is about, as something that can be selected: a fact that is chosen in the
// journal marks it in every view. Pure; any thread.
#pragma once

#include "engine/lab/directory.h"
#include "engine/lab/fact.h"
#include "engine/lab/view_request.h"

namespace tideline {

// Kind None when the fact is about the whole run.
Selection subjectOf(const FactBody& body, const Directory& names);

} // namespace tideline
