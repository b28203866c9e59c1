// SPDX-License-Identifier: GPL-3.0-or-later
// States of groups and members in words, under the names that Kafka's tools print. Pure; any thread.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/color_role.h"

#include <QString>

namespace tideline::widgets {

QString groupStateText(GroupState state);
QString memberStateText(MemberState state);
// Of the words above; a state that needs a look is not plain.
ColorRole groupStateRole(GroupState state);
ColorRole memberStateRole(MemberState state);

// What a group can promise about each record, and which keys make it so.
struct GuaranteeWords
{
    QString name; // "at least once"
    QString keys; // "enable.auto.commit=true, auto.commit.interval.ms=5000"
    QString why;  // one or two sentences
    QString acks; // what the producers of its topics ask for; empty when no producer is known
};

GuaranteeWords guaranteeOf(const Frame& frame, const GroupSpec& spec);

} // namespace tideline::widgets
