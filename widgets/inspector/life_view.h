// SPDX-License-Identifier: GPL-3.0-or-later
// LifeView: the life of a record as a widget, as high as its story. GUI thread only.
#pragma once

#include "widgets/scene/scene_view.h"

#include <optional>

namespace tideline::widgets {

class LifeView : public SceneView
{
    Q_OBJECT
public:
    explicit LifeView(QWidget* parent = nullptr);

    // Nothing: the view says that the life is being looked for.
    void setLife(std::optional<RecordLife> life);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    Scene buildScene(const QSizeF& size, const TextMetrics& metrics) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitHeight();

    std::optional<RecordLife> life_;
    FontMetrics measure_;
};

} // namespace tideline::widgets
