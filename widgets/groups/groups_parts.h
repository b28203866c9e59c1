// SPDX-License-Identifier: GPL-3.0-or-later
// The parts that layoutGroups() puts together, one file each. Pure; any thread.
#pragma once

#include "widgets/charts/scene_pen.h"

namespace tideline::widgets {

// groups_list.cpp: a card a group; returns where the room below begins, px.
qreal addGroupCards(ScenePen& pen, const Frame& frame, const QRectF& room);
// guarantee_panel.cpp: which keys make the guarantee, and what happened to each record.
void addGuarantee(ScenePen& pen, const Frame& frame, const QRectF& room);
// who_reads_panel.cpp: a row a member, a bar a partition.
void addWhoReads(ScenePen& pen, const Frame& frame, const QRectF& rect);
// lag_panel.cpp: records behind over time, worst first.
void addLag(ScenePen& pen, const Frame& frame, const QRectF& rect);
// rebalance_panel.cpp: what each member did during the last rebalance.
void addRebalance(ScenePen& pen, const Frame& frame, const QRectF& rect);

// The group that is shown, nullptr when there is none.
const ClusterFrame::Group* shownGroup(const GroupsFrame& groups);

} // namespace tideline::widgets
