// SPDX-License-Identifier: GPL-3.0-or-later
// The words with which the journal's model speaks. GUI thread (translations).
#pragma once

#include "model/journal_model.h"

namespace tideline::widgets {

model::JournalWords journalWords();

} // namespace tideline::widgets
