// SPDX-License-Identifier: GPL-3.0-or-later
// States of brokers, members, groups and windows in words, with the sign and the roles that say the same.
#pragma once

#include "engine/lab/frame.h"
#include "widgets/scene/scene.h"

#include <QString>

namespace tideline::widgets {

struct StateLook
{
    QString word;
    ColorRole text = ColorRole::TextMuted;
    ColorRole shape = ColorRole::Neutral;
    MarkerShape marker = MarkerShape::Circle;
};

StateLook lookOf(BrokerState state);
StateLook lookOf(MemberState state);
StateLook lookOf(GroupState state);
StateLook lookOf(WindowState state);
// The tinted ground of a window's bar.
ColorRole fillOf(WindowState state);
QString commitText(CommitOrder order);                           // "auto commit", "commit, then process", ...
QString acksText(std::int32_t acks);                             // "acks=all"
QString partitionerText(const ClusterFrame::Producer& producer); // "by key", "sticky", "round robin"
QString healthText(ClusterFrame::Health health);
ColorRole healthRole(ClusterFrame::Health health,
                     int lag); // of a block; lag 0..7 matters while it is healthy
Pattern healthPattern(ClusterFrame::Health health);

} // namespace tideline::widgets
