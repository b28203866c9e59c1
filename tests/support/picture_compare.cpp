// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/picture_compare.h"

#include <QDir>

#include <algorithm>

namespace tideline::test {

namespace {

constexpr int kTolerance = 8;           // of 255, each channel
constexpr qint64 kPixelsPerMiss = 2000; // 0.05 %

int channelDistance(QRgb a, QRgb b)
{
    return std::max(
        {std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

// White where the two differ beyond the tolerance, grey where they differ at all.
QImage differencePicture(const QImage& actual, const QImage& expected)
{
    const QSize size = actual.size().boundedTo(expected.size());
    QImage picture(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const int distance = channelDistance(actual.pixel(x, y), expected.pixel(x, y));
            picture.setPixel(x, y,
                             distance > kTolerance ? qRgb(255, 255, 255)
                             : distance > 0        ? qRgb(90, 90, 90)
                                                   : qRgb(0, 0, 0));
        }
    }
    return picture;
}

QString saved(const QImage& image, const QString& path)
{
    if (QDir().mkpath(QFileInfo(path).path()) && image.save(path))
        return {};
    return QStringLiteral("%1 cannot be written").arg(path);
}

} // namespace

bool PictureDifference::acceptable(const QSize& size) const
{
    return sameSize && differing * kPixelsPerMiss <= qint64(size.width()) * size.height();
}

PictureDifference comparePictures(const QImage& actual, const QImage& expected)
{
    PictureDifference difference;
    difference.sameSize = actual.size() == expected.size();
    if (!difference.sameSize)
        return difference;
    for (int y = 0; y < actual.height(); ++y) {
        for (int x = 0; x < actual.width(); ++x) {
            const int distance = channelDistance(actual.pixel(x, y), expected.pixel(x, y));
            difference.worst = std::max(difference.worst, distance);
            difference.differing += distance > kTolerance ? 1 : 0;
        }
    }
    return difference;
}

QString checkPicture(const QImage& actual, const QString& name)
{
    return checkPicture(actual, name, QStringLiteral(TIDELINE_SOURCE_DIR "/tests/pictures/baselines"),
                        QStringLiteral(TIDELINE_BINARY_DIR "/pictures"),
                        qEnvironmentVariableIntValue("TIDELINE_UPDATE_PICTURES") == 1);
}

QString checkPicture(const QImage& actual, const QString& name, const QString& baselines,
                     const QString& output, bool update)
{
    const QString baseline = QStringLiteral("%1/%2.png").arg(baselines, name);
    if (update)
        return saved(actual, baseline);
    const QString stem = QStringLiteral("%1/%2").arg(output, name);
    const QImage expected(baseline);
    if (expected.isNull()) {
        const QString problem = saved(actual, stem + QStringLiteral("-actual.png"));
        return problem.isEmpty() ? QStringLiteral("no baseline %1; what was painted is in %2-actual.png")
                                       .arg(baseline, stem)
                                 : problem;
    }
    const PictureDifference difference = comparePictures(actual, expected);
    if (difference.acceptable(actual.size()))
        return {};
    for (const auto& [image, what] : {std::pair{actual, "actual"},
                                      {expected, "expected"},
                                      {differencePicture(actual, expected), "diff"}}) {
        const QString problem = saved(image, QStringLiteral("%1-%2.png").arg(stem, QLatin1String(what)));
        if (!problem.isEmpty())
            return problem;
    }
    if (!difference.sameSize)
        return QStringLiteral("%1 has another size than its baseline; see %2-actual.png").arg(name, stem);
    return QStringLiteral("%1 differs in %2 pixels, by up to %3 of 255; see %4-diff.png")
        .arg(name)
        .arg(difference.differing)
        .arg(difference.worst)
        .arg(stem);
}

} // namespace tideline::test
