// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_figures.h"

#include "widgets/report/report_markup.h"
#include "widgets/report/view_figure.h"

#include <QBuffer>

namespace tideline::widgets::report {

namespace {

constexpr QSize kSize{1280, 760}; // logical pixels, as model/report.cpp asks for
constexpr qreal kScale = 1.5;     // sharp on dense screens, and the page stays small

QByteArray pngBytes(const QImage& image)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

QString figure(const Frame& frame, View view, const QString& caption)
{
    const ViewFigure drawn = viewFigure(frame, view, kSize, Theme::light(), kScale);
    return QStringLiteral("<figure>\n<img alt=\"") + escaped(drawn.description) +
           QStringLiteral("\" src=\"data:image/png;base64,") +
           QString::fromLatin1(pngBytes(drawn.image).toBase64()) + QStringLiteral("\">\n<figcaption>") +
           escaped(caption) + QStringLiteral("</figcaption>\n</figure>\n");
}

} // namespace tideline::widgets::report
