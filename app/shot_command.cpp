// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shot_command.h"
#include "app/interrupt.h"

#include "app/engine_run.h"
#include "app/exit_status.h"
#include "app/offscreen_application.h"
#include "app/say.h"
#include "app/scenario_input.h"
#include "engine/lab/engine.h"
#include "widgets/report/view_figure.h"

#include <QBuffer>

namespace tideline::app {

namespace {

std::string pngOf(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes.toStdString();
}

} // namespace

int shotCommand(const ShotOptions& options, int argc, char** argv)
{
    const std::optional<model::OpenedLab> lab = openInput(options.file);
    if (!lab)
        return interrupted() ? kInterrupted : kBadInput;
    Engine engine(lab->scenario, lab->tapes);
    if (!runTo(engine, options.at))
        return kInterrupted;

    ViewRequest request;
    request.view = options.view;
    request.width = options.size.width();
    request.height = options.size.height();
    const OffscreenApplication application(argc, argv);
    const widgets::Theme& theme = *widgets::Theme::byName(options.theme);
    const widgets::ViewFigure figure =
        widgets::viewFigure(engine.frame(request), options.view, options.size, theme);
    if (const std::optional<Error> failed =
            model::writeFile(options.output.toStdString(), pngOf(figure.image), "the picture")) {
        sayWrong(failed->sentence);
        return kBadInput;
    }
    return engine.invariantBroken() ? kInvariantFailed : kWell;
}

} // namespace tideline::app
