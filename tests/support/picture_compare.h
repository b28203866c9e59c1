// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures against baselines in tests/pictures/baselines/.
//
// Equal, or at most 8 of 255 away in each channel but for 0.05 % of the pixels. A missing baseline is a
// failure. On failure actual, expected and difference are written below <build>/pictures/.
// TIDELINE_UPDATE_PICTURES=1 writes the baseline instead.
#pragma once

#include <QImage>
#include <QString>

namespace tideline::test {

struct PictureDifference
{
    bool sameSize = true;
    qint64 differing = 0; // pixels beyond the tolerance
    int worst = 0;        // largest difference of a channel, 0..255
    bool acceptable(const QSize& size) const;
};

PictureDifference comparePictures(const QImage& actual, const QImage& expected);
// Empty when `actual` is the picture `name`; else one sentence that says what is wrong and where to look.
QString checkPicture(const QImage& actual, const QString& name);
// The same with a folder of baselines and of output: for the test of the comparison itself.
QString checkPicture(const QImage& actual, const QString& name, const QString& baselines,
                     const QString& output, bool update);

} // namespace tideline::test
