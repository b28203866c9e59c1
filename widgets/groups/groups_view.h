// SPDX-License-Identifier: GPL-3.0-or-later
// GroupsView: the Groups view as a widget. GUI thread only.
#pragma once

#include "widgets/scene/scene_view.h"

namespace tideline::widgets {

class GroupsView : public SceneView
{
    Q_OBJECT
public:
    explicit GroupsView(QWidget* parent = nullptr);

protected:
    Scene buildScene(const QSizeF& size, const TextMetrics& metrics) const override;
};

} // namespace tideline::widgets
