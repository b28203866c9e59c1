// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/groups/groups_view.h"

#include "widgets/groups/groups_layout.h"

namespace tideline::widgets {

GroupsView::GroupsView(QWidget* parent)
    : SceneView(parent)
{
    setAccessibleName(tr("Groups"));
}

Scene GroupsView::buildScene(const QSizeF& size, const TextMetrics& metrics) const
{
    return layoutGroups(*frame(), size, metrics);
}

} // namespace tideline::widgets
