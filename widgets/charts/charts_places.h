// SPDX-License-Identifier: GPL-3.0-or-later
// Where the five charts stand: three above, two below; in three rows where it is narrow. Pure; any thread.
#pragma once

#include <QRectF>
#include <QSizeF>

#include <array>

namespace tideline::widgets {

// `watermarks`: whether the last one has anything to show. If not, it gets no more than a line where it has a
// row of its own.
std::array<QRectF, 5> chartPlaces(const QSizeF& size, bool watermarks);

} // namespace tideline::widgets
