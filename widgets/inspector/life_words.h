// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a record's life in words. Pure but for translations.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/color_role.h"

#include <QString>

namespace tideline::widgets {

struct LifeStepWords
{
    QString text; // "appended on broker 1, leader epoch 7"
    ColorRole textRole = ColorRole::Text;
    ColorRole mark = ColorRole::Neutral;
};

LifeStepWords lifeStepWords(const RecordLife::Entry& entry, const RecordLife& life, const Directory& names);

} // namespace tideline::widgets
